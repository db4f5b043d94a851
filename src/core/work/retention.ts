import { and, asc, inArray, lte, sql } from "drizzle-orm";
import type { Env } from "../../env.ts";
import { databaseOf } from "../storage/database.ts";
import { trash, versions } from "../storage/history/table.ts";
import { inSteps, ROWS_AT_ONCE } from "../storage/purge.ts";
import { KEPT_VERSION_MS } from "./keeping.ts";

/** Things of the trash that one statement drops, each with fifty versions at most. */
const THINGS_AT_ONCE = 100;

/** Drops versions that were replaced too long ago, oldest first. Answers whether there may be more. */
export function purgeVersions(env: Env, now: number): Promise<boolean> {
  const db = databaseOf(env, 0);
  // Only the oldest are looked at: they are first by number, and no index tells the age of all.
  const oldest = db.select({ seq: versions.seq }).from(versions).orderBy(asc(versions.seq)).limit(ROWS_AT_ONCE);
  const isOld = and(lte(versions.replacedAt, now - KEPT_VERSION_MS), inArray(versions.seq, oldest));
  return inSteps(async () => (await db.delete(versions).where(isOld).returning({ seq: versions.seq })).length);
}

/** Drops what has lain in the trash for too long, with its versions. Answers whether there may be more. */
export function purgeTrash(env: Env, now: number): Promise<boolean> {
  const db = databaseOf(env, 0);
  const due = db
    .select({ id: trash.id })
    .from(trash)
    .where(lte(trash.purgeAt, now))
    .orderBy(asc(trash.purgeAt), asc(trash.id))
    .limit(THINGS_AT_ONCE);
  const { workspaceId, environment, itemId } = versions;
  const owners = sql`SELECT ${trash.workspaceId}, ${trash.environment}, ${trash.id} FROM ${trash} WHERE ${inArray(trash.id, due)}`;
  return inSteps(async () => {
    const [, dropped] = await db.batch([
      db.delete(versions).where(sql`(${workspaceId}, ${environment}, ${itemId}) IN (${owners})`),
      db.delete(trash).where(inArray(trash.id, due)).returning({ id: trash.id }),
    ]);
    return dropped.length;
  });
}
