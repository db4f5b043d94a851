import { and, eq, exists, gt, inArray, isNull, lt, lte, notExists, notInArray, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Ctx } from "../../../core/work/context.ts";
import { type Database, databaseOf } from "../../../core/storage/database.ts";
import { insertSelect } from "../../../core/storage/names.ts";
import { isListed } from "../../../core/storage/scoped.ts";
import type { Env } from "../../../env.ts";
import { deleteBelow, deleteObjects, ownersOf, pageOf } from "../bucket.ts";
import { deployments, discardedObjects, frozenPages, renders } from "../table.ts";

/** Deployments kept of a site, the live one among them: so far back a rollback reaches. */
export const KEPT_DEPLOYMENTS = 20;

/** Readers may still be at a deployment a moment after it is given up. */
const READERS_MS = 10 * 60_000;

/** A frozen page beside another. */
const kept = alias(frozenPages, "kept");

/** Objects deleted in one run of the cron. */
const BATCH = 1_000;

/**
 * Stages that the site's old deployments go, in the commit of number `number`; `null` for a dry run. Of their pages the
 * addresses stay, so that old links are redirected or told that the page is gone. The pages of what was `live` until now
 * stay until the next publish: after a rollback it may be an old one, and is read elsewhere for a second more.
 */
export function stageCollection(ctx: Ctx, siteId: string, number: number | null, live: number): void {
  const { db } = ctx;
  const isUnpublished = and(
    eq(deployments.siteId, siteId),
    isNull(deployments.number),
    notInArray(deployments.status, ["scheduled", "building"]),
  );
  const unpublished = sql`(SELECT ${deployments.id} FROM ${deployments} WHERE ${isUnpublished}
    ORDER BY ${deployments.createdAt} DESC LIMIT -1 OFFSET ${KEPT_DEPLOYMENTS})`;
  ctx.unit.stage(db.delete(deployments).where(inArray(deployments.id, unpublished)));
  if (number === null || number <= KEPT_DEPLOYMENTS) return;
  const first = number - KEPT_DEPLOYMENTS + 1;
  const oldestRead = Math.min(first, live || first);
  const isPast = and(eq(frozenPages.siteId, siteId), lte(frozenPages.endNumber, oldestRead));
  const isOld = sql`${isPast} AND ${frozenPages.page} <> '{}'`;
  const isSamePage = and(eq(kept.siteId, frozenPages.siteId), eq(kept.pageId, frozenPages.pageId));
  const isKept = or(isNull(kept.endNumber), gt(kept.endNumber, oldestRead));
  const isShown = db
    .select({ one: sql`1` })
    .from(kept)
    .where(and(isSamePage, isKept, eq(kept.rendered, frozenPages.rendered)));
  const isSameAddress = and(isSamePage, eq(kept.locale, frozenPages.locale), eq(kept.slug, frozenPages.slug));
  const isRemembered = db
    .select({ one: sql`1` })
    .from(kept)
    .where(and(isSameAddress, gt(kept.firstNumber, frozenPages.firstNumber), lte(kept.firstNumber, oldestRead)));
  ctx.unit.stage(
    insertSelect(
      discardedObjects,
      { key: frozenPages.rendered, dueAt: ctx.now + READERS_MS },
      sql`FROM ${frozenPages} WHERE ${isOld} AND ${frozenPages.rendered} IS NOT NULL AND ${notExists(isShown)}`,
      { onConflict: "ignore" },
    ),
    // An address is remembered once, by a row that all deployments kept can see.
    db.delete(frozenPages).where(and(isPast, exists(isRemembered))),
    db.update(frozenPages).set({ page: {}, title: "", rendered: null, rendering: null }).where(isOld),
    db.delete(deployments).where(and(eq(deployments.siteId, siteId), lt(deployments.number, first))),
  );
}

/** Deletes the objects whose time has come. What is begun is finished by the next run, should this one die. */
export async function collectObjects(env: Env, now: number): Promise<void> {
  const db = databaseOf(env, 0);
  const due = db.select({ key: discardedObjects.key }).from(discardedObjects);
  const claimed = await db
    .update(discardedObjects)
    .set({ dueAt: 0 })
    .where(inArray(discardedObjects.key, due.where(lte(discardedObjects.dueAt, now)).limit(BATCH)))
    .returning({ key: discardedObjects.key });
  if (claimed.length === 0) return;
  const keys = claimed.map(({ key }) => key);
  const uploads = keys.filter((key) => key.endsWith("/"));
  await deleteObjects(
    env,
    keys.filter((key) => !key.endsWith("/")),
  );
  for (const prefix of uploads) await deleteBelow(env, prefix, (found) => unused(db, prefix, found));
  // First what the claim leads to, then the claim: a run that dies between is repeated.
  const ids = uploads.map((key) => ownersOf(key).deploymentId);
  await db.delete(renders).where(isListed(renders.deploymentId, ids));
  await db.delete(discardedObjects).where(isListed(discardedObjects.key, keys));
}

/** Those of an upload's objects that no page refers to: all of them, unless its deployment has come after all. */
async function unused(db: Database, prefix: string, keys: string[]): Promise<string[]> {
  const { siteId } = ownersOf(prefix);
  const named = keys.map((key) => [key, pageOf(key)]);
  const rows = await db.all<{ key: string }>(sql`SELECT named.value ->> 0 AS key
    FROM json_each(${JSON.stringify(named)}) named
    WHERE NOT EXISTS (SELECT 1 FROM ${frozenPages} WHERE ${frozenPages.siteId} = ${siteId}
      AND ${frozenPages.pageId} = named.value ->> 1 AND ${frozenPages.rendered} = named.value ->> 0)`);
  return rows.map(({ key }) => key);
}
