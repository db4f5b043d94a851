import { eq, or, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import { analyticsDays, analyticsEvents, orderOrigins } from "../../../analytics/table.ts";
import { customBlockUses } from "../../../content/blocks/custom/table.ts";
import { bookingCalendars } from "../../../content/booking/calendar/table.ts";
import { deployments, frozenPages, renders } from "../../../content/deployments/table.ts";
import { formFiles } from "../../../content/forms/submissions/table.ts";
import { mediaUploads, mediaUses } from "../../../content/media/table.ts";
import { entries } from "../../../content/loyalty/ledger/table.ts";
import { jobs } from "../../../content/jobs/table.ts";
import { pages } from "../../../content/pages/table.ts";
import { campaignRecipients } from "../../../content/push/campaigns/table.ts";
import { posts } from "../../../content/posts/table.ts";
import { previews } from "../../../content/previews/table.ts";
import { orderNumbers } from "../../../content/shop/orders/table.ts";
import { SITE_RESOURCES } from "../../../content/resources.ts";
import { webhookDeliveries, webhookEndpoints, webhookReplays } from "../../../core/events/tables.ts";
import { collectionCounts } from "../../../core/storage/counts.ts";
import { trash, versions } from "../../../core/storage/history/table.ts";
import { isListed } from "../../../core/storage/scoped.ts";
import { auditLog, events, idempotencyRecords } from "../../../core/storage/tables.ts";
import { apiKeys, keyUsage } from "../../../core/tenancy/api-keys/table.ts";
import { sites } from "../../../core/tenancy/sites/table.ts";
import { pushKeys } from "../../../push/table.ts";
import { customUsage } from "../../entitlements/table.ts";
import { seoIssues, seoReports } from "../../seo/table.ts";
import { mails } from "../../../mail/table.ts";
import { users } from "../../../core/tenancy/users/table.ts";

/** A table and which of its rows are a workspace's. */
export interface Owned {
  table: SQLiteTable;
  where(workspaceId: number): SQL;
  /** The primary key of a table that has no row id. */
  key?: SQLiteColumn[];
}

type OfWorkspace = SQLiteTable & { workspaceId: SQLiteColumn };

/** A table whose rows name their workspace. */
const own = (table: OfWorkspace): Owned => ({ table, where: (workspaceId) => eq(table.workspaceId, workspaceId) });

/** Whether a column names something that is the workspace's. */
const through =
  (column: SQLiteColumn, owner: OfWorkspace & { id: SQLiteColumn }) =>
  (workspaceId: number): SQL =>
    sql`${column} IN (SELECT ${owner.id} FROM ${owner} WHERE ${owner.workspaceId} = ${workspaceId})`;

const { scope, name } = collectionCounts;

/** Counters are kept of sites, of the workspace and of each of its environments. */
const isCounter = (workspaceId: number): SQL => {
  const scopes = ["", ":live", ":sandbox"].map((environment) => `${workspaceId}${environment}`);
  return or(through(scope, sites)(workspaceId), isListed(scope, scopes)) as SQL;
};

/** Everything a workspace owns except its sites, webhook endpoints and keys, in the order in which it is deleted. */
export const OWNED: readonly Owned[] = [
  { table: idempotencyRecords, where: through(idempotencyRecords.keyId, apiKeys) },
  { table: analyticsEvents, where: through(analyticsEvents.siteId, sites) },
  {
    table: analyticsDays,
    where: through(analyticsDays.siteId, sites),
    key: [analyticsDays.siteId, analyticsDays.day, analyticsDays.part],
  },
  {
    table: orderOrigins,
    where: through(orderOrigins.siteId, sites),
    key: [orderOrigins.siteId, orderOrigins.orderId],
  },
  { table: frozenPages, where: through(frozenPages.siteId, sites) },
  { table: renders, where: through(renders.deploymentId, deployments) },
  own(versions),
  own(trash),
  own(pages),
  own(customBlockUses),
  // Whose end is noted among the uploads.
  own(formFiles),
  own(mediaUploads),
  own(mediaUses),
  own(entries),
  {
    table: orderNumbers,
    where: (workspaceId) => eq(orderNumbers.workspaceId, workspaceId),
    key: [orderNumbers.siteId],
  },
  {
    table: campaignRecipients,
    where: (workspaceId) => eq(campaignRecipients.workspaceId, workspaceId),
    key: [campaignRecipients.campaignId, campaignRecipients.subscriberId],
  },
  { table: pushKeys, where: (workspaceId) => eq(pushKeys.workspaceId, workspaceId), key: [pushKeys.siteId] },
  {
    table: bookingCalendars,
    where: (workspaceId) => eq(bookingCalendars.workspaceId, workspaceId),
    key: [bookingCalendars.siteId],
  },
  ...SITE_RESOURCES.map(({ table }) => own(table)),
  own(deployments),
  own(previews),
  own(jobs),
  own(mails),
  { table: collectionCounts, where: isCounter, key: [scope, name] },
  own(keyUsage),
  own(posts),
  own(seoReports),
  own(seoIssues),
  own(customUsage),
  own(users),
  {
    table: webhookDeliveries,
    where: through(webhookDeliveries.endpointId, webhookEndpoints),
    key: [webhookDeliveries.endpointId, webhookDeliveries.eventSeq],
  },
  own(webhookReplays),
  own(events),
  own(auditLog),
];

/** What the others are found by goes last, once nothing can be added to them any more. */
export const OWN_ENDPOINTS: Owned = own(webhookEndpoints);
export const OWN_SITES: Owned = own(sites);
export const OWN_KEYS: Owned = own(apiKeys);
