import { sql } from "drizzle-orm";
import { boundsOf } from "../../core/access/caller.ts";
import type { Ctx } from "../../core/work/context.ts";
import { notFound } from "../../core/errors.ts";
import { findEvent } from "../../core/events/catalogue.ts";
import { ofSites } from "../../core/storage/scoped.ts";
import { events } from "../../core/storage/tables.ts";
import { visibleData } from "../message.ts";
import { requireAudible } from "./settings.ts";

const LIMIT = 3;
/** Events looked through for some of the wanted type. */
const LOOKED_THROUGH = 1_000;

/**
 * What a webhook of this type carries as `data`: of the latest events there were, newest first, or one made-up item
 * while there was none. Automation tools show it to whoever maps fields.
 */
export async function samplesOf({
  ctx,
  input: { event, siteId },
}: {
  ctx: Ctx;
  input: { event: string; siteId?: string };
}): Promise<unknown[]> {
  const declared = findEvent(event);
  if (!declared) throw notFound("Event type");
  const { type, sample } = declared;
  const { workspaceId, environment, siteIds } = ctx.caller;
  requireAudible(ctx, type);
  const isOfSites = ofSites(events.siteId, siteId === undefined ? siteIds : [siteId]) ?? sql`1`;
  const rows = await ctx.db.all<{ data: string }>(
    sql`SELECT data FROM (SELECT seq, type, site_id, data FROM events WHERE workspace_id = ${workspaceId}
      AND environment = ${environment} ORDER BY seq DESC LIMIT ${LOOKED_THROUGH}) AS events
      WHERE type = ${type} AND ${isOfSites} ORDER BY seq DESC LIMIT ${LIMIT}`,
  );
  const bounds = boundsOf(ctx.caller);
  const found = rows.map(({ data }) => JSON.parse(data) as unknown);
  return (found.length > 0 ? found : [sample]).map((data) => visibleData({ type, data }, bounds));
}
