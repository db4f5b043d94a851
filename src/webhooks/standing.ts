import { and, eq, isNull } from "drizzle-orm";
import type { Ctx } from "../core/work/context.ts";
import { webhookEndpoints } from "../core/events/tables.ts";
import { mayRead, readerOf } from "../core/keys/reader.ts";
import { eventTypes, heardTypes } from "../core/events/catalogue.ts";
import { type DeclaredEvent, nounOf } from "../core/events/define.ts";
import type { Database } from "../core/storage/database.ts";
import { isListed } from "../core/storage/scoped.ts";
import { requireUnchanged } from "../core/storage/version.ts";
import { endOf, isStanding } from "../core/tenancy/api-keys/standing.ts";
import { apiKeys, type KeyRow } from "../core/tenancy/api-keys/table.ts";
import type { EndpointRow, Lease } from "./lease.ts";

const keyOf = async (db: Database, keyId: number): Promise<KeyRow | null> =>
  (await db.select().from(apiKeys).where(eq(apiKeys.id, keyId)))[0] ?? null;

/** The key behind an endpoint taken with a lease: `ours` for an endpoint without one, `null` when none works any more. */
export function keyBehind({ endpoint, key, takenAt }: Lease): KeyRow | "ours" | null {
  if (endpoint.keyId === null) return "ours";
  return key && isStanding(key, takenAt) ? key : null;
}

/** Whether the key behind an endpoint may hear of an event: `isHeard` of one that has been handed over already. */
export const hears = (key: KeyRow | "ours" | null, event: DeclaredEvent | null, siteId: string | null): boolean => {
  if (key === "ours") return true;
  if (key === null || event === null) return false;
  const seesSite = key.siteIds === null || (siteId !== null && key.siteIds.includes(siteId));
  return seesSite && mayRead(readerOf(key), event);
};

const matches = (pattern: string, type: string): boolean =>
  pattern === "*" || pattern === type || pattern === `${nounOf(type)}.*`;

/**
 * Of what each endpoint subscribes to, the types that it is told of: those that the key behind it may hear of. One query,
 * however many endpoints.
 */
export async function heardEventsOf(
  { db, now }: Pick<Ctx, "db" | "now">,
  endpoints: readonly EndpointRow[],
): Promise<string[][]> {
  const ids = [...new Set(endpoints.map(({ keyId }) => keyId).filter((id) => id !== null))];
  const keys = ids.length === 0 ? [] : await db.select().from(apiKeys).where(isListed(apiKeys.id, ids));
  const heard = new Map(keys.map((key) => [key.id, isStanding(key, now) ? heardTypes(readerOf(key)) : []]));
  return endpoints.map(({ keyId, events }) => {
    const types = keyId === null ? eventTypes() : (heard.get(keyId) ?? []);
    return types.filter((type) => events.some((pattern) => matches(pattern, type)));
  });
}

/**
 * What makes the caller stand behind an endpoint from this commit on. A key that has been rotated is followed to its
 * last successor that works, so that what it sets up in its grace does not end with that.
 */
export async function stageStanding(ctx: Ctx): Promise<Pick<EndpointRow, "keyId" | "accessType" | "pausesAt">> {
  const { keyId, accessType } = ctx.caller;
  if (keyId === null) return { keyId, accessType, pausesAt: null };
  const line: KeyRow[] = [];
  for (let next: number | null = keyId; next !== null; next = line.at(-1)?.rotatedTo ?? null) {
    const key = await keyOf(ctx.db, next);
    if (!key) break;
    line.push(key);
  }
  const last = line.findLast((key) => isStanding(key, ctx.now));
  if (!last) return { keyId, accessType, pausesAt: ctx.now };
  requireUnchanged(ctx.unit, apiKeys, last);
  return { keyId: last.id, accessType: last.accessType, pausesAt: endOf(last) };
}

/** Stages the word to the active endpoints behind a key that it ends at another moment than it did. */
export function stageEnd(ctx: Ctx, keyId: number, at: number | null): void {
  const isActive = and(eq(webhookEndpoints.isActive, true), isNull(webhookEndpoints.deletedAt));
  const isBehind = and(eq(webhookEndpoints.keyId, keyId), isActive);
  ctx.unit.stage(ctx.db.update(webhookEndpoints).set({ pausesAt: at }).where(isBehind));
}

/** Stages the move of a key's endpoints, those that are switched off as well, to the one it is replaced by. */
export function stageSuccession(ctx: Ctx, keyId: number, successor: KeyRow): void {
  const { id, accessType } = successor;
  ctx.unit.stage(
    ctx.db.update(webhookEndpoints).set({ keyId: id, accessType }).where(eq(webhookEndpoints.keyId, keyId)),
  );
  stageEnd(ctx, id, endOf(successor));
}
