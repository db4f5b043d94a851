import { SubmissionSchema } from "./content/forms/submissions/contract.ts";
import { JOBS } from "./content/jobs/readable.ts";
import { LoyaltyEntrySchema } from "./content/loyalty/ledger/contract.ts";
import { LOYALTY_EVENTS } from "./content/loyalty/ledger/events.ts";
import { PageSchema } from "./content/pages/contract.ts";
import { PAGE_EVENTS } from "./content/pages/events.ts";
import { PREVIEWS } from "./content/previews/readable.ts";
import { CampaignSchema } from "./content/push/campaigns/contract.ts";
import { PUSH_EVENTS } from "./content/push/campaigns/events.ts";
import { SITE_RESOURCES } from "./content/resources.ts";
import { SiteSchema } from "./content/sites/contract.ts";
import { SITE_EVENTS } from "./content/sites/events.ts";
import { StockLevelSchema } from "./content/shop/stock/contract.ts";
import { STOCK_EVENTS } from "./content/shop/stock/events.ts";
import { registerEvents, registerSilent } from "./core/events/catalogue.ts";
import { registerContracts } from "./core/events/data-schema.ts";
import type { DeclaredEvent } from "./core/events/define.ts";
import { readableOf } from "./content/resource/events.ts";
import { USAGE_EVENTS } from "./core/limits/usage-events.ts";
import { KeySchema } from "./platform/api-keys/contract.ts";
import { KEY_EVENTS } from "./platform/api-keys/events.ts";
import { FEATURES } from "./platform/entitlements/readable.ts";
import { PostSchema } from "./platform/posts/contract.ts";
import { POST_EVENTS } from "./platform/posts/events.ts";
import { SEO_REPORTS } from "./platform/seo/readable.ts";
import { MEMBERS } from "./platform/users/readable.ts";
import { DeliverySchema, WebhookSchema } from "./platform/webhooks/contract.ts";
import { WorkspaceSchema } from "./platform/workspaces/contract.ts";
import { WORKSPACE_EVENTS } from "./platform/workspaces/events.ts";
import { DELIVERY_EVENTS, WEBHOOK_EVENTS } from "./webhooks/events.ts";

/** Those of the resources that are declared once, by name. */
const RESOURCE_EVENTS = [...SITE_RESOURCES]
  .sort((a, b) => (a.name < b.name ? -1 : 1))
  .map(({ events }) => events as Record<string, DeclaredEvent>);

/** Every event there is, by kind, in the order the description lists them. What is not here cannot be emitted. */
export const EVENT_SETS: readonly Record<string, DeclaredEvent>[] = [
  SITE_EVENTS,
  PAGE_EVENTS,
  ...RESOURCE_EVENTS,
  STOCK_EVENTS,
  LOYALTY_EVENTS,
  PUSH_EVENTS,
  POST_EVENTS,
  KEY_EVENTS,
  USAGE_EVENTS,
  WORKSPACE_EVENTS,
  WEBHOOK_EVENTS,
  DELIVERY_EVENTS,
];

registerEvents(...EVENT_SETS);

registerContracts({
  ...Object.fromEntries(SITE_RESOURCES.map(({ name, schema }) => [name, schema])),
  // What is told of a form is what was sent by it.
  form: SubmissionSchema,
  site: SiteSchema,
  page: PageSchema,
  stock: StockLevelSchema,
  loyalty: LoyaltyEntrySchema,
  push: CampaignSchema,
  post: PostSchema,
  api_key: KeySchema,
  workspace: WorkspaceSchema,
  webhook: WebhookSchema,
  delivery: DeliverySchema,
});

/** What the audit log tells of besides, by the type of its targets. What is named nowhere cannot be audited. */
registerSilent({
  ...Object.fromEntries(SITE_RESOURCES.map((resource) => [resource.name, readableOf(resource)])),
  preview: PREVIEWS,
  user: MEMBERS,
  job: JOBS,
  feature: FEATURES,
  seo_report: SEO_REPORTS,
});
