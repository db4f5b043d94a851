import { and, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../../core/work/context.ts";
import { notFound } from "../../core/errors.ts";
import { webhookEndpoints } from "../../core/events/tables.ts";
import { ofSites, scoped } from "../../core/storage/scoped.ts";
import type { EndpointRow } from "../lease.ts";

/** An endpoint as a request names it; `siteId` where the request is about one site's endpoints. */
export interface EndpointId {
  endpointId: number;
  siteId?: string | undefined;
}

/**
 * The endpoints a caller may see: a key limited to sites those of its sites, a key of access type `integrations` those
 * set up by its kind, which are told no more than such keys may know.
 */
export function visibleEndpoints(ctx: Ctx, siteId?: string): SQL {
  const { siteIds, accessType } = ctx.caller;
  return scoped(
    ctx,
    webhookEndpoints,
    isNull(webhookEndpoints.deletedAt),
    siteId === undefined ? undefined : eq(webhookEndpoints.siteId, siteId),
    ofSites(webhookEndpoints.siteId, siteIds),
    accessType === "integrations" ? eq(webhookEndpoints.accessType, "integrations") : undefined,
  );
}

export async function findEndpoint(ctx: Ctx, { endpointId, siteId }: EndpointId): Promise<EndpointRow> {
  const [row] = await ctx.db
    .select()
    .from(webhookEndpoints)
    .where(and(eq(webhookEndpoints.id, endpointId), visibleEndpoints(ctx, siteId)));
  if (!row) throw notFound("Webhook");
  return row;
}

/** Whether the caller's key has set an endpoint up, or stands behind it. */
export async function isOwnEndpoint(ctx: Ctx, endpointId: number): Promise<boolean> {
  const { keyId, actor } = ctx.caller;
  if (keyId === null || !Number.isSafeInteger(endpointId)) return false;
  const isOwn = or(eq(webhookEndpoints.keyId, keyId), eq(webhookEndpoints.actor, actor));
  const [row] = await ctx.db
    .select({ id: webhookEndpoints.id })
    .from(webhookEndpoints)
    .where(scoped(ctx, webhookEndpoints, eq(webhookEndpoints.id, endpointId), isOwn));
  return row !== undefined;
}

/** Nothing is made due at an endpoint that has been switched off since it was read. */
export function requireActive(ctx: Ctx, endpointId: number): void {
  const { id, isActive, deletedAt } = webhookEndpoints;
  const isIt = and(eq(id, endpointId), eq(isActive, true), isNull(deletedAt));
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${webhookEndpoints} WHERE ${isIt})`);
}
