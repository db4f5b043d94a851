import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { Env } from "../../../env.ts";
import type { Ctx } from "../../../core/context.ts";
import { notFound } from "../../../core/errors.ts";
import { databaseOf } from "../../../core/storage/database.ts";
import { workspaces } from "../table.ts";
import { ofAccount, type WorkspaceRow } from "./find.ts";

const BATCH = 500;
/** Batches of one run: a run ends well before a scheduled Worker's time is up, the next one goes on. */
const MAX_BATCHES = 40;

const KEYS = "SELECT id FROM api_keys WHERE workspace_id = ?1";
const SITES = "SELECT id FROM sites WHERE workspace_id = ?1";

/** Everything a workspace owns: what hangs on sites and keys first, then the sites and keys themselves. */
const OWNED: { table: string; where: string }[] = [
  { table: "idempotency_records", where: `key_id IN (${KEYS})` },
  { table: "analytics_events", where: `site_id IN (${SITES})` },
  { table: "frozen_pages", where: `site_id IN (${SITES})` },
  { table: "pages", where: "workspace_id = ?1" },
  { table: "deployments", where: "workspace_id = ?1" },
  { table: "collection_counts", where: `scope IN (${SITES}) OR scope IN (?1 || '', ?1 || ':live', ?1 || ':sandbox')` },
  { table: "key_usage", where: "workspace_id = ?1" },
  { table: "posts", where: "workspace_id = ?1" },
  { table: "seo_reports", where: "workspace_id = ?1" },
  { table: "seo_issues", where: "workspace_id = ?1" },
  { table: "custom_usage", where: "workspace_id = ?1" },
  { table: "users", where: "workspace_id = ?1" },
  { table: "events", where: "workspace_id = ?1" },
  { table: "audit_log", where: "workspace_id = ?1" },
  { table: "sites", where: "workspace_id = ?1" },
];

/** Tables without a row id are addressed by their primary key. */
const KEY_OF: Record<string, string> = { collection_counts: "(scope, name)" };

async function deleteSome(
  env: Env,
  workspaceId: number,
  { table, where }: { table: string; where: string },
): Promise<number> {
  const key = KEY_OF[table] ?? "rowid";
  const columns = key.replace(/[()]/g, "");
  const { meta } = await env.DB.prepare(
    `DELETE FROM ${table} WHERE ${key} IN (SELECT ${columns} FROM ${table} WHERE ${where} LIMIT ${BATCH}) RETURNING 1`,
  )
    .bind(workspaceId)
    .all()
    .then(({ results }) => ({ meta: { rows: results.length } }));
  return meta.rows;
}

/** Keys go last, and with each its entry in KV. */
async function deleteKeys(env: Env, workspaceId: number): Promise<number> {
  const { results } = await env.DB.prepare("SELECT id, hash FROM api_keys WHERE workspace_id = ? LIMIT 50")
    .bind(workspaceId)
    .all<{ id: number; hash: string }>();
  await Promise.all(results.map(({ hash }) => env.KEY_INDEX.delete(hash)));
  if (results.length > 0) {
    const ids = JSON.stringify(results.map(({ id }) => id));
    await env.DB.prepare("DELETE FROM api_keys WHERE id IN (SELECT value FROM json_each(?))").bind(ids).run();
  }
  return results.length;
}

async function purge(env: Env, row: WorkspaceRow, now: number): Promise<void> {
  const db = databaseOf(env, row.id);
  let deleted = 0;
  let batches = 0;
  const steps = [...OWNED.map((owned) => () => deleteSome(env, row.id, owned)), () => deleteKeys(env, row.id)];
  for (const step of steps) {
    for (;;) {
      if (batches++ >= MAX_BATCHES) break;
      const count = await step();
      deleted += count;
      if (count === 0) break;
    }
  }
  const isDone = batches <= MAX_BATCHES;
  await db
    .update(workspaces)
    .set({
      purgedRows: sql`${workspaces.purgedRows} + ${deleted}`,
      ...(isDone && { purgedAt: now, settings: {}, name: "(deleted)" }),
    })
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
  const counts = [...OWNED, { table: "api_keys", where: "workspace_id = ?1" }].map(
    ({ table, where }) => `(SELECT count(*) FROM ${table} WHERE ${where})`,
  );
  const found = await ctx.env.DB.prepare(`SELECT ${counts.join(" + ")} AS n`)
    .bind(workspaceId)
    .first<{ n: number }>();
  return { row, remaining: found?.n ?? 0 };
}
