import type { OrderSchema } from "../content/shop/orders/contract.ts";
import type { ProductSchema } from "../content/shop/products/contract.ts";
import type { z } from "@hono/zod-openapi";
import type { Page } from "../content/pages/contract.ts";
import type { Site } from "../content/sites/contract.ts";
import type { EventType } from "../core/events/catalogue.ts";
import type { KeySchema } from "../platform/api-keys/contract.ts";
import type { PostSchema } from "../platform/posts/contract.ts";
import type { WebhookSchema } from "../platform/webhooks/contract.ts";
import type { WorkspaceSchema } from "../platform/workspaces/contract.ts";

const AT = "2026-01-15T10:30:00Z";
const AT_MS = "2026-01-15T10:30:00.000Z";
const SITE_ID = "site_01KAGW6PSZ0000000000000000";

const site: Site = {
  id: SITE_ID,
  name: "Blue Door Bakery",
  slug: "blue-door-bakery",
  domain: null,
  status: "draft",
  locale: "en",
  locales: ["en"],
  settings: {},
  designTokens: {},
  version: 1,
  createdAt: AT_MS,
  updatedAt: AT_MS,
  publishedAt: null,
};
const liveSite: Site = { ...site, status: "published", version: 2, publishedAt: AT_MS };

const page: Page = {
  id: "page_01KAGW6PSZ0000000000000000",
  siteId: SITE_ID,
  title: "Contact",
  slug: "contact",
  status: "draft",
  locale: "en",
  translationOf: null,
  blocks: [{ type: "HeroSection", props: { title: "Fresh bread, every morning" } }],
  seo: { title: null, description: null, ogImage: null, noIndex: false },
  navigation: { label: null, order: 0, hidden: false },
  parentId: null,
  publishAt: null,
  version: 1,
  createdAt: AT_MS,
  updatedAt: AT_MS,
  publishedAt: null,
};

const post: z.output<typeof PostSchema> = {
  id: 1,
  title: "Hello",
  slug: "hello",
  excerpt: null,
  content: "<p>First post</p>",
  status: "draft",
  tags: ["news"],
  site_id: null,
  author_id: null,
  published_at: null,
  created_at: AT,
  updated_at: AT,
};

const apiKey: z.output<typeof KeySchema> = {
  id: 1,
  name: "Mobile App Key",
  contact_email: null,
  prefix: "optimo_live_abc123",
  environment: "live",
  status: "active",
  is_active: true,
  scopes: ["posts:read", "users:read"],
  rights: null,
  site_ids: null,
  access_type: "admin",
  attributes: null,
  channels: null,
  allowed_ips: null,
  rate_limit_tier: "pro",
  monthly_cap: null,
  expires_at: null,
  grace_period_ends_at: null,
  rotated_from: null,
  last_used_at: null,
  last_used_ip: null,
  last_used_user_agent: null,
  unused_scopes: [],
  created_at: AT,
  updated_at: AT,
};

const workspace: z.output<typeof WorkspaceSchema> = {
  id: 1,
  name: "Acme Corporation",
  slug: "acme-corp",
  tier: "pro",
  settings: {},
  created_at: AT,
  updated_at: AT,
};

const webhook: z.output<typeof WebhookSchema> = {
  id: 1,
  url: "https://your-app.com/webhooks",
  description: null,
  events: ["post.created", "post.updated"],
  site_id: null,
  is_active: false,
  inactive_reason: "gone",
  success_count: 150,
  failure_count: 1,
  consecutive_failures: 1,
  failing_since: AT,
  last_delivery_at: AT,
  previous_secret_expires_at: null,
  created_by: "key:1",
  created_at: AT,
  updated_at: AT,
};

const product: z.output<typeof ProductSchema> = {
  id: "prod_01KAGW6PSZ0000000000000000",
  siteId: SITE_ID,
  title: "Sourdough loaf",
  slug: "sourdough-loaf",
  description: null,
  price: 650,
  currency: "EUR",
  images: [],
  category: "Bread",
  sku: null,
  stock: 20,
  type: "physical",
  active: true,
  variants: [],
  version: 1,
  createdAt: AT_MS,
  updatedAt: AT_MS,
};

const order: z.output<typeof OrderSchema> = {
  id: "ord_01KAGW6PSZ0000000000000000",
  siteId: SITE_ID,
  number: 1042,
  status: "pending",
  customerName: "Ada Baker",
  customerEmail: "ada@example.com",
  customerPhone: null,
  shippingAddress: null,
  items: [
    {
      productId: product.id,
      variantId: null,
      title: product.title,
      sku: null,
      quantity: 2,
      unitPrice: 650,
      total: 1_300,
    },
  ],
  currency: "EUR",
  subtotal: 1_300,
  discount: 0,
  total: 1_300,
  couponCode: null,
  note: null,
  version: 1,
  createdAt: AT_MS,
  updatedAt: AT_MS,
};

const threshold = {
  feature: "api_calls",
  threshold: 80,
  used: 4_000,
  limit: 5_000,
  period: "2026-01",
  reset_at: "2026-02-01T00:00:00.000Z",
};
const spike = { hour: "2026-01-15T10:00:00.000Z", calls: 600, hourly_mean: 12.5 };

/** What one made-up event of each type carries: the resource as its own GET answers it. */
const SAMPLES: Record<EventType, object> = {
  "site.created": site,
  "site.updated": { ...site, version: 2 },
  "site.published": liveSite,
  "site.rolled_back": { ...liveSite, version: 4 },
  "page.created": page,
  "page.updated": { ...page, version: 2 },
  "page.deleted": page,
  "page.published": { ...page, status: "published", version: 2, publishedAt: AT_MS },
  "post.created": post,
  "post.updated": { ...post, status: "published", published_at: AT },
  "post.deleted": post,
  "product.created": product,
  "product.updated": { ...product, price: 690, version: 2 },
  "product.deleted": product,
  "order.created": order,
  "order.updated": { ...order, status: "paid", version: 2 },
  "api_key.created": apiKey,
  "api_key.updated": apiKey,
  "api_key.rotated": { ...apiKey, id: 2, rotated_from: 1 },
  "api_key.revoked": apiKey,
  "api_key.expiring": { ...apiKey, expires_at: "2026-01-22T10:30:00Z" },
  "usage.threshold_reached": threshold,
  "usage.spike": spike,
  "workspace.created": workspace,
  "workspace.updated": workspace,
  "webhook.disabled": webhook,
};

/** What a webhook of this type might carry as `data`. */
export function sampleOf(type: EventType | "webhook.test"): unknown {
  if (type === "webhook.test") return { message: "This is a test of your webhook endpoint." };
  return SAMPLES[type];
}
