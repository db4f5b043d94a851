import { and, eq, isNotNull, isNull } from "drizzle-orm";
import type { Env } from "../../../env.ts";
import { deleteBelow, siteKey } from "../../../content/deployments/bucket.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { notFound } from "../../../core/errors.ts";
import { databaseOf } from "../../../core/storage/database.ts";
import { workspaces } from "../../../core/tenancy/workspaces/table.ts";
import { ofAccount, type WorkspaceRow } from "./find.ts";

const BATCH = 500;
/** Batches of one run: a run ends well before a scheduled Worker's time is up, the next one goes on. */
const MAX_BATCHES = 40;

/** Requests, alarms and messages under way when a workspace is deleted may still write: a last run comes after them. */
const SETTLE_MS = 120_000;

const KEYS = "SELECT id FROM api_keys WHERE workspace_id = ?1";
const ENDPOINTS = "SELECT id FROM webhook_endpoints WHERE workspace_id = ?1";
const SITES = "SELECT id FROM sites WHERE workspace_id = ?1";

/** The workspace's id as text; D1 binds numbers as REAL, which would read `123.0`. */
const ID = "CAST(CAST(?1 AS INTEGER) AS TEXT)";

/** Everything a workspace owns except its sites, webhook endpoints and keys. */
const OWNED: { table: string; where: string }[] = [
  { table: "idempotency_records", where: `key_id IN (${KEYS})` },
  { table: "analytics_events", where: `site_id IN (${SITES})` },
  { table: "frozen_pages", where: `site_id IN (${SITES})` },
  { table: "renders", where: "deployment_id IN (SELECT id FROM deployments WHERE workspace_id = ?1)" },
  { table: "pages", where: "workspace_id = ?1" },
  { table: "products", where: "workspace_id = ?1" },
  { table: "coupons", where: "workspace_id = ?1" },
  { table: "orders", where: "workspace_id = ?1" },
  { table: "deployments", where: "workspace_id = ?1" },
  {
    table: "collection_counts",
    where: `scope IN (${SITES}) OR scope IN (${ID}, ${ID} || ':live', ${ID} || ':sandbox')`,
  },
  { table: "key_usage", where: "workspace_id = ?1" },
  { table: "posts", where: "workspace_id = ?1" },
  { table: "seo_reports", where: "workspace_id = ?1" },
  { table: "seo_issues", where: "workspace_id = ?1" },
  { table: "custom_usage", where: "workspace_id = ?1" },
  { table: "users", where: "workspace_id = ?1" },
  { table: "webhook_deliveries", where: `endpoint_id IN (${ENDPOINTS})` },
  { table: "webhook_replays", where: "workspace_id = ?1" },
  { table: "events", where: "workspace_id = ?1" },
  { table: "audit_log", where: "workspace_id = ?1" },
];
/** What the others are found by goes last, once nothing can be added to them any more. */
const OWN_SITES = { table: "sites", where: "workspace_id = ?1" };
const OWN_ENDPOINTS = { table: "webhook_endpoints", where: "workspace_id = ?1" };
const OWN_KEYS = { table: "api_keys", where: "workspace_id = ?1" };

/** Tables without a row id are addressed by their primary key. */
const KEY_OF: Record<string, string> = {
  collection_counts: "(scope, name)",
  webhook_deliveries: "(endpoint_id, event_seq)",
};

/** Runs a deletion and counts it in the same commit, so that the progress is right wherever a run dies. */
async function counted(env: Env, workspaceId: number, deletion: D1PreparedStatement): Promise<number> {
  const count = "UPDATE workspaces SET purged_rows = purged_rows + changes() WHERE id = ?";
  const [deleted] = await env.DB.batch([deletion, env.DB.prepare(count).bind(workspaceId)]);
  return deleted?.results.length ?? 0;
}

function deleteSome(
  env: Env,
  workspaceId: number,
  { table, where }: { table: string; where: string },
): Promise<number> {
  const key = KEY_OF[table] ?? "rowid";
  const columns = key.replace(/[()]/g, "");
  const some = `SELECT ${columns} FROM ${table} WHERE ${where} LIMIT ${BATCH}`;
  const deletion = env.DB.prepare(`DELETE FROM ${table} WHERE ${key} IN (${some}) RETURNING 1`);
  return counted(env, workspaceId, deletion.bind(workspaceId));
}

/** Keys go last, and with each its entry in KV. */
async function deleteKeys(env: Env, workspaceId: number): Promise<number> {
  const { results } = await env.DB.prepare("SELECT id, hash FROM api_keys WHERE workspace_id = ? LIMIT 50")
    .bind(workspaceId)
    .all<{ id: number; hash: string }>();
  if (results.length === 0) return 0;
  await Promise.all(results.map(({ hash }) => env.KEY_INDEX.delete(hash)));
  const ids = JSON.stringify(results.map(({ id }) => id));
  const deletion = env.DB.prepare("DELETE FROM api_keys WHERE id IN (SELECT value FROM json_each(?)) RETURNING 1");
  return counted(env, workspaceId, deletion.bind(ids));
}

/** Sites, each with what it has published. */
async function deleteSites(env: Env, workspaceId: number): Promise<number> {
  const { results } = await env.DB.prepare("SELECT id FROM sites WHERE workspace_id = ? LIMIT 20")
    .bind(workspaceId)
    .all<{ id: string }>();
  if (results.length === 0) return 0;
  for (const { id } of results) await deleteBelow(env, siteKey(id));
  const ids = JSON.stringify(results.map(({ id }) => id));
  const below = "d.key >= 'sites/' || s.value || '/' AND d.key < 'sites/' || s.value || '0'";
  const waiting = `FROM json_each(?) s JOIN discarded_objects d ON ${below}`;
  // A publish that died has no deployment: what it has rendered is found by its upload, `sites/{siteId}/{deploymentId}/`.
  const uploads = `SELECT rtrim(substr(d.key, length(s.value) + 8), '/') ${waiting}`;
  await env.DB.batch([
    env.DB.prepare(`DELETE FROM renders WHERE deployment_id IN (${uploads})`).bind(ids),
    env.DB.prepare(`DELETE FROM discarded_objects WHERE key IN (SELECT d.key ${waiting})`).bind(ids),
  ]);
  const deletion = env.DB.prepare("DELETE FROM sites WHERE id IN (SELECT value FROM json_each(?)) RETURNING 1");
  return counted(env, workspaceId, deletion.bind(ids));
}

async function purge(env: Env, row: WorkspaceRow, now: number): Promise<void> {
  const isSettled = now - (row.deletedAt ?? now) >= SETTLE_MS;
  const steps = OWNED.map((owned) => () => deleteSome(env, row.id, owned));
  if (isSettled)
    steps.push(
      () => deleteSome(env, row.id, OWN_ENDPOINTS),
      () => deleteSites(env, row.id),
      () => deleteKeys(env, row.id),
    );
  let batches = 0;
  for (const step of steps) {
    do {
      batches += 1;
      if (batches > MAX_BATCHES) return;
    } while ((await step()) > 0);
  }
  if (!isSettled) return;
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
    ({ table, where }) => `(SELECT count(*) FROM ${table} WHERE ${where})`,
  );
  const found = await ctx.env.DB.prepare(`SELECT ${counts.join(" + ")} AS n`)
    .bind(workspaceId)
    .first<{ n: number }>();
  return { row, remaining: found?.n ?? 0 };
}
