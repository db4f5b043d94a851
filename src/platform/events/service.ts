import { and, asc, desc, eq, gt, inArray, lte, type SQL } from "drizzle-orm";
import type { z } from "@hono/zod-openapi";
import { requireReadable } from "../../core/access/authorise.ts";
import { readerOfCaller } from "../../core/access/caller.ts";
import { redact } from "../../core/keys/attributes.ts";
import type { Ctx } from "../../core/work/context.ts";
import { DomainError, invalid, notFound } from "../../core/errors.ts";
import { findEvent as declaredEvent, eventTypes, heardTypes } from "../../core/events/catalogue.ts";
import { nounOf } from "../../core/events/define.ts";
import { madeAt } from "../../core/ids.ts";
import { databaseOf } from "../../core/storage/database.ts";
import { inSteps, ROWS_AT_ONCE } from "../../core/storage/purge.ts";
import { fitting, type Sized, sizedRows, wholeRows } from "../../core/storage/bounded-rows.ts";
import { isListed, ofSites, scoped } from "../../core/storage/scoped.ts";
import { events } from "../../core/storage/tables.ts";
import type { Env } from "../../env.ts";
import { type EventSchema, type EventsQuery, toEvent } from "./contract.ts";

const KEPT_MS = 30 * 24 * 3_600_000;

/** Events of the sites the key may see; a key limited to sites sees none of the workspace's own. */
const allowed = (ctx: Ctx) => ofSites(events.siteId, ctx.caller.siteIds);

/** Events of what the key may read, by type; `undefined` where it may read all there is. */
function audible(ctx: Ctx): SQL | undefined {
  const types = heardTypes(readerOfCaller(ctx.caller));
  return types.length === eventTypes().length ? undefined : isListed(events.type, types);
}

/** Events that are kept, and that the caller may hear of. */
const visible = (ctx: Ctx) => [gt(events.createdAt, ctx.now - KEPT_MS), allowed(ctx), audible(ctx)];

/** Refuses a caller who asks for a type it may not hear of. A type there is not is told by the query's own check. */
export async function authoriseTypes(ctx: Ctx, types: readonly string[]): Promise<void> {
  for (const event of types.map(declaredEvent)) if (event) requireReadable(ctx.caller, event);
}

/**
 * Events in the order they were committed, after a known one. A poller that keeps `nextAfter` misses none; at the end of
 * the feed that is the tenant's newest event, of whatever type, so that whoever asks for a rare one does not fall behind.
 */
export async function listEvents({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof EventsQuery>;
}): Promise<{ data: z.output<typeof EventSchema>[]; hasMore: boolean; nextAfter: string | null }> {
  const seq = input.after === undefined ? 0 : await seqOf(ctx, input.after);
  const isWanted = [gt(events.seq, seq), input.type ? eq(events.type, input.type) : undefined];
  const where = scoped(ctx, events, ...isWanted, ...visible(ctx));
  const wanted = sizedRows(ctx.db, events, { where, order: [asc(events.seq)], limit: input.limit + 1 });
  const newest = ctx.db
    .select({ id: events.id })
    .from(events)
    .where(scoped(ctx, events, gt(events.createdAt, ctx.now - KEPT_MS)))
    .orderBy(desc(events.seq))
    .limit(1);
  // As of one moment: an event that came between the two would be passed over.
  const [found, [last]] = await ctx.db.batch([wanted, newest]);
  const rows = fitting((found as Sized<typeof events.$inferSelect>[]).slice(0, input.limit));
  const hasMore = found.length > rows.length;
  const shown = (await wholeRows(ctx.db, { table: events, id: events.seq, where }, rows)).map(toEvent);
  const nextAfter = (hasMore ? shown.at(-1)?.id : last?.id) ?? input.after ?? null;
  return { data: shown.map((event) => withoutHidden(ctx, event)), hasMore, nextAfter };
}

interface EventId {
  eventId: string;
}

/** An event that is kept, of a site the key may see; `null` when there is none. Throws 403 for a type it may not hear of. */
async function heardEvent(ctx: Ctx, { eventId }: EventId) {
  const isKept = gt(events.createdAt, ctx.now - KEPT_MS);
  const isIt = scoped(ctx, events, eq(events.id, eventId), isKept, allowed(ctx));
  const [row] = await ctx.db.select().from(events).where(isIt);
  const declared = row && declaredEvent(row.type);
  if (!declared) return null;
  requireReadable(ctx.caller, declared);
  return row;
}

/** Refuses an event of what the caller may not read. Of one that does not exist there is nothing to refuse. */
export async function requireHeard(ctx: Ctx, input: EventId): Promise<void> {
  await heardEvent(ctx, input);
}

/** One of the events that the feed shows the caller. */
export async function findEvent({ ctx, input }: { ctx: Ctx; input: EventId }): Promise<z.output<typeof EventSchema>> {
  const row = await heardEvent(ctx, input);
  if (!row) throw notFound("Event");
  return withoutHidden(ctx, toEvent(row));
}

/** An event's data under the same attribute limits as its resource. */
function withoutHidden(ctx: Ctx, event: z.output<typeof EventSchema>): z.output<typeof EventSchema> {
  return { ...event, data: redact(ctx.caller, nounOf(event.type), event.data as Record<string, unknown>) };
}

/** Where the feed goes on after an event. One that is no longer kept may have been followed by others that are not either. */
async function seqOf(ctx: Ctx, eventId: string): Promise<number> {
  const [row] = await ctx.db
    .select({ seq: events.seq, createdAt: events.createdAt })
    .from(events)
    .where(scoped(ctx, events, eq(events.id, eventId)));
  const at = row ? row.createdAt : madeAt(eventId);
  if (at !== null && at <= ctx.now - KEPT_MS) throw await cursorExpired(ctx);
  if (!row) throw invalid("after", "is not an event of the last 30 days");
  return row.seq;
}

async function cursorExpired(ctx: Ctx): Promise<DomainError> {
  const [oldest] = await ctx.db
    .select({ id: events.id })
    .from(events)
    .where(scoped(ctx, events, ...visible(ctx)))
    .orderBy(asc(events.seq))
    .limit(1);
  const message = "Events older than 30 days are no longer kept. Leave `after` out to start with the oldest that is.";
  return new DomainError("cursor_expired", message, { oldestEvent: oldest?.id ?? null });
}

/** Drops events older than the feed reaches back, oldest first. Answers whether there may be more. */
export function purgeEvents(env: Env, now: number): Promise<boolean> {
  const db = databaseOf(env, 0);
  // Only the oldest are looked at: they are first by number, and no index tells the age of all.
  const oldest = db.select({ seq: events.seq }).from(events).orderBy(asc(events.seq)).limit(ROWS_AT_ONCE);
  const isOld = and(lte(events.createdAt, now - KEPT_MS), inArray(events.seq, oldest));
  return inSteps(async () => (await db.delete(events).where(isOld).returning({ seq: events.seq })).length);
}
