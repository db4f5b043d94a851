import { type SQL, sql } from "drizzle-orm";
import type { Env } from "../../../env.ts";
import { databaseOf } from "../../../core/storage/database.ts";
import { deleteBelow, siteKey } from "../bucket.ts";
import { discardedObjects, renders } from "../table.ts";

/** What waits to be deleted below the keys of sites: `0` is the character after `/`. */
const waitingOf = (siteIds: readonly string[]): SQL => sql`FROM json_each(${JSON.stringify(siteIds.map(siteKey))}) given
  JOIN ${discardedObjects} ON ${discardedObjects.key} >= given.value
    AND ${discardedObjects.key} < rtrim(given.value, '/') || '0'`;

/** Deletes all that sites have published, and what is known of uploads that never came to be. Can be repeated. */
export async function forgetPublished(env: Env, workspaceId: number, siteIds: readonly string[]): Promise<void> {
  for (const siteId of siteIds) await deleteBelow(env, siteKey(siteId));
  const db = databaseOf(env, workspaceId);
  const waiting = waitingOf(siteIds);
  // A publish that died has no deployment: what it has rendered is found by its upload, `sites/{siteId}/{deploymentId}/`.
  const upload = sql`rtrim(replace(${discardedObjects.key}, given.value, ''), '/')`;
  await db.batch([
    db.delete(renders).where(sql`${renders.deploymentId} IN (SELECT ${upload} ${waiting})`),
    db.delete(discardedObjects).where(sql`${discardedObjects.key} IN (SELECT ${discardedObjects.key} ${waiting})`),
  ]);
}
