import { sql } from "drizzle-orm";
import type { Ctx } from "../../../core/work/context.ts";
import { type Database, databaseOf } from "../../../core/storage/database.ts";
import type { Env } from "../../../env.ts";
import { deleteBelow, deleteObjects } from "../bucket.ts";

/** Deployments kept of a site, the live one among them: so far back a rollback reaches. */
export const KEPT_DEPLOYMENTS = 20;

/** Readers may still be at a deployment a moment after it is given up. */
const READERS_MS = 10 * 60_000;

/** Objects deleted in one run of the cron. */
const BATCH = 1_000;

/**
 * Stages that the site's old deployments go, in the commit of number `number`; `null` for a dry run. Of their pages the
 * addresses stay, so that old links are redirected or told that the page is gone. The pages of what was `live` until now
 * stay until the next publish: after a rollback it may be an old one, and is read elsewhere for a second more.
 */
export function stageCollection(ctx: Ctx, siteId: string, number: number | null, live: number): void {
  ctx.unit.stage(sql`DELETE FROM deployments WHERE id IN (SELECT id FROM deployments
    WHERE site_id = ${siteId} AND number IS NULL AND status NOT IN ('scheduled', 'building')
    ORDER BY created_at DESC LIMIT -1 OFFSET ${KEPT_DEPLOYMENTS})`);
  if (number === null || number <= KEPT_DEPLOYMENTS) return;
  const first = number - KEPT_DEPLOYMENTS + 1;
  const oldestRead = Math.min(first, live || first);
  const isPast = sql`f.site_id = ${siteId} AND f.end_number <= ${oldestRead}`;
  const isOld = sql`${isPast} AND f.page <> '{}'`;
  const isKeptBy = sql`k.site_id = f.site_id AND k.page_id = f.page_id AND (k.end_number IS NULL OR k.end_number > ${oldestRead})`;
  ctx.unit.stage(
    sql`INSERT OR IGNORE INTO discarded_objects (key, due_at) SELECT f.rendered, ${ctx.now + READERS_MS} FROM frozen_pages f
      WHERE ${isOld} AND f.rendered IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM frozen_pages k WHERE ${isKeptBy} AND k.rendered = f.rendered)`,
    // An address is remembered once, by a row that all deployments kept can see.
    sql`DELETE FROM frozen_pages AS f WHERE ${isPast} AND EXISTS (SELECT 1 FROM frozen_pages k
      WHERE k.site_id = f.site_id AND k.page_id = f.page_id AND k.locale = f.locale AND k.slug = f.slug
      AND k.first_number > f.first_number AND k.first_number <= ${oldestRead})`,
    sql`UPDATE frozen_pages AS f SET page = '{}', title = '', rendered = NULL, rendering = NULL WHERE ${isOld}`,
    sql`DELETE FROM deployments WHERE site_id = ${siteId} AND number < ${first}`,
  );
}

/** Deletes the objects whose time has come. What is begun is finished by the next run, should this one die. */
export async function collectObjects(env: Env, now: number): Promise<void> {
  const db = databaseOf(env, 0);
  const claimed = await db.all<{ key: string }>(sql`UPDATE discarded_objects SET due_at = 0
    WHERE key IN (SELECT key FROM discarded_objects WHERE due_at <= ${now} LIMIT ${BATCH}) RETURNING key`);
  if (claimed.length === 0) return;
  const keys = claimed.map(({ key }) => key);
  const uploads = keys.filter((key) => key.endsWith("/"));
  await deleteObjects(
    env,
    keys.filter((key) => !key.endsWith("/")),
  );
  for (const prefix of uploads) await deleteBelow(env, prefix, (found) => unused(db, prefix, found));
  // First what the claim leads to, then the claim: a run that dies between is repeated.
  const ids = uploads.map((key) => key.split("/").at(-2));
  await db.run(sql`DELETE FROM renders WHERE deployment_id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`);
  await db.run(sql`DELETE FROM discarded_objects WHERE key IN (SELECT value FROM json_each(${JSON.stringify(keys)}))`);
}

/** Those of an upload's objects that no page refers to: all of them, unless its deployment has come after all. */
async function unused(db: Database, prefix: string, keys: string[]): Promise<string[]> {
  const siteId = prefix.split("/")[1];
  const named = keys.map((key) => [key, key.slice(prefix.length, key.lastIndexOf("-"))]);
  const rows = await db.all<{ key: string }>(sql`SELECT k.value ->> 0 AS key FROM json_each(${JSON.stringify(named)}) k
    WHERE NOT EXISTS (SELECT 1 FROM frozen_pages f WHERE f.site_id = ${siteId} AND f.page_id = k.value ->> 1
      AND f.rendered = k.value ->> 0)`);
  return rows.map(({ key }) => key);
}
