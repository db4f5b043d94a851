import { eq } from "drizzle-orm";
import { boundsOf, readerOfCaller } from "../../core/access/caller.ts";
import { findEvent } from "../../core/events/catalogue.ts";
import { mayRead } from "../../core/keys/reader.ts";
import { ofSites, scoped } from "../../core/storage/scoped.ts";
import { events } from "../../core/storage/tables.ts";
import type { Ctx } from "../../core/work/context.ts";
import { envelopeOf, visibleData } from "../message.ts";
import { keyBehind } from "../standing.ts";
import type { DeliveryRow } from "../wire.ts";
import { type DeliveryId, findDelivery } from "./deliveries.ts";
import { findEndpoint } from "./find.ts";

/**
 * A delivery with what it carries, as the endpoint is sent it, less what the caller may not see. `null` of an event that
 * is no longer kept, or of what the caller may not hear of.
 */
export async function deliveryWithPayload(
  ctx: Ctx,
  input: DeliveryId,
): Promise<{ row: DeliveryRow; payload: object | null }> {
  const [endpoint, row] = await Promise.all([findEndpoint(ctx, input), findDelivery(ctx, input)]);
  const { siteIds } = ctx.caller;
  const isIt = scoped(ctx, events, eq(events.seq, row.eventSeq), ofSites(events.siteId, siteIds));
  const [[event], key] = await Promise.all([
    ctx.db.select().from(events).where(isIt),
    keyBehind(ctx.db, endpoint, ctx.now),
  ]);
  const declared = findEvent(row.eventType);
  if (!event || !declared || !mayRead(readerOfCaller(ctx.caller), declared)) return { row, payload: null };
  const data = visibleData(event, key === "ours" ? null : key);
  return { row, payload: { ...envelopeOf(event), data: visibleData({ ...event, data }, boundsOf(ctx.caller)) } };
}
