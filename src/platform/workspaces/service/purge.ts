import { and, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Env } from "../../../env.ts";
import { forgetAnalytics } from "../../../analytics/object/client.ts";
import { forgetArchives } from "../../../content/archive/bucket.ts";
import { forgetPublished } from "../../../content/deployments/service/forget.ts";
import { forgetMedia } from "../../../content/media/service/collect.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { notFound } from "../../../core/errors.ts";
import { forgetKey } from "../../../core/access/key-object-client.ts";
import { forgetLedgers } from "../../../core/limits/ledger-object.ts";
import { forgetSchedulers } from "../../../core/work/scheduler.ts";
import { databaseOf } from "../../../core/storage/database.ts";
import { name } from "../../../core/storage/names.ts";
import { isListed } from "../../../core/storage/scoped.ts";
import { apiKeys, familyOf } from "../../../core/tenancy/api-keys/table.ts";
import { sites } from "../../../core/tenancy/sites/table.ts";
import { workspaces } from "../../../core/tenancy/workspaces/table.ts";
import { ofAccount, type WorkspaceRow } from "./find.ts";
import { OWN_ENDPOINTS, OWN_KEYS, OWN_SITES, OWNED, type Owned } from "./owned.ts";

const BATCH = 500;
/** Batches of one run: a run ends well before a scheduled Worker's time is up, the next one goes on. */
const MAX_BATCHES = 40;

/** Requests, alarms and messages under way when a workspace is deleted may still write: a last run comes after them. */
const SETTLE_MS = 120_000;

/** Deletes these rows and counts them in the same commit, so that the progress is right wherever a run dies. */
async function deleteRows(env: Env, workspaceId: number, table: SQLiteTable, areThese: SQL): Promise<number> {
  const db = databaseOf(env, workspaceId);
  const purgedRows = sql`${workspaces.purgedRows} + (SELECT count(*) FROM ${table} WHERE ${areThese})`;
  const [, deleted] = await db.batch([
    db.update(workspaces).set({ purgedRows }).where(eq(workspaces.id, workspaceId)),
    db.delete(table).where(areThese).returning({ one: sql`1` }),
  ]);
  return deleted.length;
}

/** Some rows are named first: counting and deleting mean the same ones. */
async function deleteSome(env: Env, workspaceId: number, { table, where, key }: Owned): Promise<number> {
  const columns = key?.map(name) ?? [sql`rowid`];
  const list = sql.join(columns, sql`, `);
  const some = sql`SELECT ${list} FROM ${table} WHERE ${where(workspaceId)} LIMIT ${BATCH}`;
  const [named] = await databaseOf(env, workspaceId).all<{ keys: string }>(
    sql`SELECT json_group_array(json_array(${list})) AS keys FROM (${some})`,
  );
  // Most tables have nothing of most workspaces: those cost a look and no commit.
  if (!named || named.keys === "[]") return 0;
  const parts = columns.map((_, index) => sql`value ->> ${sql.raw(String(index))}`);
  const these = sql`SELECT ${sql.join(parts, sql`, `)} FROM json_each(${named.keys})`;
  return deleteRows(env, workspaceId, table, sql`(${list}) IN (${these})`);
}

/** Keys go last, and with each its entry in KV and what its objects hold. */
async function deleteKeys(env: Env, workspaceId: number): Promise<number> {
  const { id, hash, familyId } = apiKeys;
  const keys = databaseOf(env, workspaceId).select({ id, hash, familyId }).from(apiKeys);
  const found = await keys.where(OWN_KEYS.where(workspaceId)).limit(10);
  if (found.length === 0) return 0;
  await Promise.all(found.map((key) => Promise.all([env.KEY_INDEX.delete(key.hash), forgetKey(env, familyOf(key))])));
  const ids = found.map((key) => key.id);
  return deleteRows(env, workspaceId, apiKeys, isListed(id, ids));
}

/** Sites, each with what it has published and uploaded. */
async function deleteSites(env: Env, workspaceId: number): Promise<number> {
  const query = databaseOf(env, workspaceId).select({ id: sites.id }).from(sites);
  const found = await query.where(OWN_SITES.where(workspaceId)).limit(20);
  if (found.length === 0) return 0;
  const ids = found.map(({ id }) => id);
  await forgetPublished(env, workspaceId, ids);
  await forgetMedia(env, ids);
  await forgetAnalytics(env, ids);
  return deleteRows(env, workspaceId, sites, isListed(sites.id, ids));
}

/** Which of these tables still have rows of a workspace, in their order; asked of all of them at once. */
async function leftOf(env: Env, workspaceId: number, all: readonly Owned[]): Promise<Owned[]> {
  const areThere = all.map(({ table, where }) => sql`EXISTS (SELECT 1 FROM ${table} WHERE ${where(workspaceId)})`);
  const [found] = await databaseOf(env, workspaceId).all<{ left: string }>(
    sql`SELECT json_array(${sql.join(areThere, sql`, `)}) AS left`,
  );
  const isLeft: number[] = JSON.parse(found?.left ?? "[]");
  return all.filter((_, index) => isLeft[index] === 1);
}

function deleteFrom(env: Env, workspaceId: number, owned: Owned): Promise<number> {
  if (owned === OWN_SITES) return deleteSites(env, workspaceId);
  if (owned === OWN_KEYS) return deleteKeys(env, workspaceId);
  return deleteSome(env, workspaceId, owned);
}

async function purge(env: Env, row: WorkspaceRow, now: number): Promise<void> {
  const isSettled = now - (row.deletedAt ?? now) >= SETTLE_MS;
  const all = isSettled ? [...OWNED, OWN_ENDPOINTS, OWN_SITES, OWN_KEYS] : OWNED;
  let batches = 0;
  for (let left = await leftOf(env, row.id, all); left.length > 0; left = await leftOf(env, row.id, all)) {
    for (const owned of left) {
      do {
        batches += 1;
        if (batches > MAX_BATCHES) return;
      } while ((await deleteFrom(env, row.id, owned)) > 0);
    }
  }
  if (!isSettled) return;
  // Its keys' objects hand nothing back any more, and nothing is due: neither object is asked again.
  await forgetLedgers(env, row.id);
  await forgetSchedulers(env, row.id);
  await forgetArchives(env, row.id);
  await databaseOf(env, row.id)
    .update(workspaces)
    .set({ purgedAt: now, settings: {}, name: "(deleted)" })
    .where(eq(workspaces.id, row.id));
}

/** Goes on purging deleted workspaces. What is gone is gone, so a run that dies is simply continued by the next. */
export async function purgeDeletedWorkspaces(env: Env, now: number): Promise<void> {
  const waiting = await databaseOf(env, 0)
    .select()
    .from(workspaces)
    .where(and(isNotNull(workspaces.deletedAt), isNull(workspaces.purgedAt)))
    .limit(5);
  for (const row of waiting) await purge(env, row, now);
}

/** How far the purge of a deleted workspace has come. */
export async function deletionProgress(
  ctx: Ctx,
  workspaceId: number,
): Promise<{ row: WorkspaceRow; remaining: number }> {
  const [row] = await ctx.db
    .select()
    .from(workspaces)
    .where(ofAccount(ctx, eq(workspaces.id, workspaceId), isNotNull(workspaces.deletedAt)));
  if (!row) throw notFound("Workspace deletion");
  if (row.purgedAt !== null) return { row, remaining: 0 };
  const counts = [...OWNED, OWN_ENDPOINTS, OWN_SITES, OWN_KEYS].map(
    ({ table, where }) => sql`(SELECT count(*) FROM ${table} WHERE ${where(workspaceId)})`,
  );
  const [left] = await ctx.db.select({ n: sql<number>`${sql.join(counts, sql` + `)}` }).from(sql`(SELECT 1)`);
  return { row, remaining: left?.n ?? 0 };
}
