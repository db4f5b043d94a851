import { and, eq, inArray, lte } from "drizzle-orm";
import { databaseOf } from "../../../core/storage/database.ts";
import { isListed } from "../../../core/storage/scoped.ts";
import type { Env } from "../../../env.ts";
import { deleteBelow, fileKey, siteKey } from "../bucket.ts";
import { mediaUploads } from "../table.ts";

/** Uploads and deleted files collected in one run of the cron. */
const BATCH = 200;

interface Discarded {
  id: string;
  siteId: string;
  workspaceId: number;
}

/**
 * Gives up an upload that came to nothing: its claim, so that nobody makes a file of it any more, its bytes, then its room.
 * One whose claim is gone has become a file, be it by somebody else's hand: that one keeps its bytes. What this fails to
 * do, the cron does.
 */
export async function discard(env: Env, { id, siteId, workspaceId }: Discarded): Promise<void> {
  try {
    const db = databaseOf(env, workspaceId);
    const isIt = eq(mediaUploads.id, id);
    const claimed = await db.update(mediaUploads).set({ dueAt: 0 }).where(isIt).returning({ id: mediaUploads.id });
    if (claimed.length === 0) return;
    await deleteBelow(env, fileKey(siteId, id));
    await db.delete(mediaUploads).where(and(isIt, eq(mediaUploads.dueAt, 0)));
  } catch {
    // The answer on its way to the caller is the better one.
  }
}

/**
 * Deletes what lies in the bucket and is no file: uploads that never came to be, and deleted files. First their claim:
 * an upload that is still under way finds it gone and becomes no file. Then the bytes, then the row; a run that dies
 * between is repeated.
 */
export async function collectMedia(env: Env, now: number): Promise<void> {
  const db = databaseOf(env, 0);
  const due = db
    .select({ id: mediaUploads.id })
    .from(mediaUploads)
    .where(lte(mediaUploads.dueAt, now))
    .orderBy(mediaUploads.dueAt)
    .limit(BATCH);
  const claimed = await db
    .update(mediaUploads)
    .set({ dueAt: 0 })
    .where(inArray(mediaUploads.id, due))
    .returning({ id: mediaUploads.id, siteId: mediaUploads.siteId });
  for (const { id, siteId } of claimed) await deleteBelow(env, fileKey(siteId, id));
  const ids = claimed.map(({ id }) => id);
  if (ids.length > 0)
    await db.delete(mediaUploads).where(and(isListed(mediaUploads.id, ids), eq(mediaUploads.dueAt, 0)));
}

/** Deletes all that sites have uploaded. Can be repeated. */
export async function forgetMedia(env: Env, siteIds: readonly string[]): Promise<void> {
  for (const siteId of siteIds) await deleteBelow(env, siteKey(siteId));
}
