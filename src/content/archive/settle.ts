import { and, isNotNull, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { name, names } from "../../core/storage/names.ts";
import { isListed } from "../../core/storage/scoped.ts";
import { runBatch } from "../../core/storage/statements.ts";
import type { Ctx } from "../../core/work/context.ts";
import { pages } from "../pages/table.ts";

const original = alias(pages, "original");
const below = alias(pages, "below");

/** Takes back what pages of these sites say of others that are not there, or that stand in a circle. */
export const settlePages = async (ctx: Ctx, siteIds: readonly string[]): Promise<void> => {
  await runBatch(ctx.db, [withoutPlace(siteIds), withoutOriginal(siteIds)]);
};

/** Pages that no way from the top leads to go to the top. */
const withoutPlace = (
  siteIds: readonly string[],
): SQL => sql`WITH RECURSIVE reached(${names(pages.id, pages.siteId)}) AS (
    SELECT ${pages.id}, ${pages.siteId} FROM ${pages} WHERE ${isListed(pages.siteId, siteIds)} AND ${pages.parentId} IS NULL
    UNION SELECT ${below.id}, ${below.siteId} FROM reached JOIN ${pages} AS ${below} ON ${below.parentId} = reached.${name(pages.id)}
      WHERE ${below.siteId} = reached.${name(pages.siteId)})
  UPDATE ${pages} SET ${name(pages.parentId)} = NULL, ${name(pages.version)} = ${pages.version} + 1
  WHERE ${and(isListed(pages.siteId, siteIds), isNotNull(pages.parentId))} AND ${pages.id} NOT IN (SELECT ${name(pages.id)} FROM reached)`;

/** A page translates an original of its own website in another language, or none. */
const withoutOriginal = (
  siteIds: readonly string[],
): SQL => sql`UPDATE ${pages} SET ${name(pages.translationOf)} = NULL,
    ${name(pages.version)} = ${pages.version} + 1
  WHERE ${and(isListed(pages.siteId, siteIds), isNotNull(pages.translationOf))} AND NOT EXISTS (
    SELECT 1 FROM ${pages} AS ${original} WHERE ${original.id} = ${pages.translationOf} AND ${original.siteId} = ${pages.siteId}
      AND ${original.translationOf} IS NULL AND ${original.locale} <> ${pages.locale})`;
