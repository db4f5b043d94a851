import { and, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { name } from "../../core/storage/names.ts";
import { runBatch } from "../../core/storage/statements.ts";
import type { Ctx } from "../../core/work/context.ts";
import { pages } from "../pages/table.ts";

const original = alias(pages, "original");
const below = alias(pages, "below");

/** Takes back what pages say of others that are not there, or that stand in a circle. Answers how many it was. */
export async function settlePages(ctx: Ctx, siteIds: readonly string[]): Promise<number> {
  let changed = 0;
  for (const siteId of siteIds) {
    const results = await runBatch(ctx.db, [withoutPlace(siteId), withoutOriginal(siteId)]);
    changed += results.reduce((sum, { meta }) => sum + Number(meta.changes ?? 0), 0);
  }
  return changed;
}

/** Pages that no way from the top leads to go to the top. */
const withoutPlace = (siteId: string): SQL => sql`WITH RECURSIVE reached(${name(pages.id)}) AS (
    SELECT ${pages.id} FROM ${pages} WHERE ${pages.siteId} = ${siteId} AND ${pages.parentId} IS NULL
    UNION SELECT ${below.id} FROM reached JOIN ${pages} AS ${below} ON ${below.parentId} = reached.${name(pages.id)}
      WHERE ${below.siteId} = ${siteId})
  UPDATE ${pages} SET ${name(pages.parentId)} = NULL, ${name(pages.version)} = ${pages.version} + 1
  WHERE ${and(eq(pages.siteId, siteId), isNotNull(pages.parentId))} AND ${pages.id} NOT IN (SELECT ${name(pages.id)} FROM reached)`;

/** A page translates an original of its own website in another language, or none. */
const withoutOriginal = (siteId: string): SQL => sql`UPDATE ${pages} SET ${name(pages.translationOf)} = NULL,
    ${name(pages.version)} = ${pages.version} + 1
  WHERE ${and(eq(pages.siteId, siteId), isNotNull(pages.translationOf))} AND NOT EXISTS (
    SELECT 1 FROM ${pages} AS ${original} WHERE ${original.id} = ${pages.translationOf} AND ${original.siteId} = ${siteId}
      AND ${original.translationOf} IS NULL AND ${original.locale} <> ${pages.locale})`;
