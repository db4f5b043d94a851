import { and, eq, inArray, isNull, ne, type SQL } from "drizzle-orm";
import type { Ctx } from "../core/work/context.ts";
import { webhookEndpoints } from "../core/events/tables.ts";
import { mayRead, readerOf } from "../core/keys/reader.ts";
import { eventTypes, heardTypes } from "../core/events/catalogue.ts";
import { type DeclaredEvent, nounOf } from "../core/events/define.ts";
import type { Database } from "../core/storage/database.ts";
import { isListed } from "../core/storage/scoped.ts";
import { requireUnchanged } from "../core/storage/version.ts";
import { endOf, isInReach, isStanding, standsFor } from "../core/tenancy/api-keys/standing.ts";
import { apiKeys, type KeyRow } from "../core/tenancy/api-keys/table.ts";
import type { EndpointRow } from "./lease.ts";

/** The key behind an endpoint, as the table has it: `ours` for an endpoint without one, `null` when none works any more. */
export async function keyBehind(
  db: Database,
  { keyId, workspaceId }: Pick<EndpointRow, "keyId" | "workspaceId">,
  at: number,
): Promise<KeyRow | "ours" | null> {
  if (keyId === null) return "ours";
  const isBehind = and(eq(apiKeys.id, keyId), standsFor(apiKeys, workspaceId, at));
  const [key] = await db.select().from(apiKeys).where(isBehind);
  return key ?? null;
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
 * Of what each endpoint of a workspace subscribes to, the types that it is told of: those that the key behind it may hear
 * of. One query, however many endpoints.
 */
export async function heardEventsOf(
  { db, now }: Pick<Ctx, "db" | "now">,
  endpoints: readonly EndpointRow[],
): Promise<string[][]> {
  const ids = [...new Set(endpoints.map(({ keyId }) => keyId).filter((id) => id !== null))];
  const isBehind = and(isListed(apiKeys.id, ids), standsFor(apiKeys, endpoints[0]?.workspaceId ?? 0, now));
  const keys = ids.length === 0 ? [] : await db.select().from(apiKeys).where(isBehind);
  const heard = new Map(keys.map((key) => [key.id, heardTypes(readerOf(key))]));
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
  const { keyId, accessType, workspaceId } = ctx.caller;
  if (keyId === null) return { keyId, accessType, pausesAt: null };
  const line: KeyRow[] = [];
  for (let next: number | null = keyId; next !== null; next = line.at(-1)?.rotatedTo ?? null) {
    const [key] = await ctx.db.select().from(apiKeys).where(eq(apiKeys.id, next));
    if (!key) break;
    line.push(key);
  }
  const last = line.findLast((key) => isStanding(key, ctx.now) && isInReach(key, workspaceId));
  if (!last) return { keyId, accessType, pausesAt: ctx.now };
  requireUnchanged(ctx.unit, apiKeys, last);
  return { keyId: last.id, accessType: last.accessType, pausesAt: endOf(last) };
}

/** Stages when active endpoints pause. */
function stagePause(ctx: Ctx, some: SQL | undefined, at: number | null): void {
  const isActive = and(eq(webhookEndpoints.isActive, true), isNull(webhookEndpoints.deletedAt));
  ctx.unit.stage(ctx.db.update(webhookEndpoints).set({ pausesAt: at }).where(and(some, isActive)));
}

/** Stages the word to the active endpoints behind a key of when it ends; in workspaces it does not reach it has. */
export function stageEnd(ctx: Ctx, key: KeyRow): void {
  const isBehind = eq(webhookEndpoints.keyId, key.id);
  stagePause(ctx, isBehind, key.isActive ? endOf(key) : ctx.now);
  if (!key.accountAccess) stagePause(ctx, and(isBehind, ne(webhookEndpoints.workspaceId, key.workspaceId)), ctx.now);
}

/** Stages the pause of what the keys of a workspace that ends stand behind in the others of its account. */
export function stageEndOfKeys(ctx: Ctx, workspaceId: number): void {
  const ofWorkspace = and(eq(apiKeys.workspaceId, workspaceId), isNull(apiKeys.revokedAt));
  const keyIds = ctx.db.select({ id: apiKeys.id }).from(apiKeys).where(ofWorkspace);
  stagePause(ctx, inArray(webhookEndpoints.keyId, keyIds), ctx.now);
}

/** Stages the move of a key's endpoints, those that are switched off as well, to the one it is replaced by. */
export function stageSuccession(ctx: Ctx, keyId: number, successor: KeyRow): void {
  const { id, accessType } = successor;
  ctx.unit.stage(
    ctx.db.update(webhookEndpoints).set({ keyId: id, accessType }).where(eq(webhookEndpoints.keyId, keyId)),
  );
  stageEnd(ctx, successor);
}
