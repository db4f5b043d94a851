import { and, desc, eq } from "drizzle-orm";
import { requireReadable } from "../../core/access/authorise.ts";
import { boundsOf } from "../../core/access/caller.ts";
import type { Ctx } from "../../core/work/context.ts";
import { notFound } from "../../core/errors.ts";
import { findEvent } from "../../core/events/catalogue.ts";
import { ofSites, scoped } from "../../core/storage/scoped.ts";
import { events } from "../../core/storage/tables.ts";
import { visibleData } from "../message.ts";
import { requireAudible } from "./settings.ts";

const LIMIT = 3;
/** Events looked through for some of the wanted type. */
const LOOKED_THROUGH = 1_000;

/** Refuses samples of what the caller may not read. Of a type that does not exist there is nothing to refuse. */
export function requireSamples(ctx: Ctx, event: string): void {
  const declared = findEvent(event);
  if (!declared) return;
  requireAudible(ctx, event);
  requireReadable(ctx.caller, declared);
}

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
  const { siteIds } = ctx.caller;
  requireSamples(ctx, type);
  const latest = ctx.db
    .select({ seq: events.seq, type: events.type, siteId: events.siteId, data: events.data })
    .from(events)
    .where(scoped(ctx, events))
    .orderBy(desc(events.seq))
    .limit(LOOKED_THROUGH)
    .as("latest");
  const found = await ctx.db
    .select({ data: latest.data })
    .from(latest)
    .where(and(eq(latest.type, type), ofSites(latest.siteId, siteId === undefined ? siteIds : [siteId])))
    .orderBy(desc(latest.seq))
    .limit(LIMIT);
  const bounds = boundsOf(ctx.caller);
  return (found.length > 0 ? found : [{ data: sample }]).map(({ data }) => visibleData({ type, data }, bounds));
}
