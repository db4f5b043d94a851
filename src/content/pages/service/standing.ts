import { and, eq, inArray, ne, sql } from "drizzle-orm";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { pages } from "../table.ts";
import type { PageRow } from "./find.ts";
import { ancestorsOf } from "./relatives.ts";

type Placed = Pick<PageRow, "id" | "siteId" | "locale" | "parentId" | "translationOf">;

const isThere = (ctx: Ctx, { siteId }: Placed, id: string) =>
  scoped(ctx, pages, eq(pages.siteId, siteId), eq(pages.id, id));

/** The parent that a page had, if it can still have it: it is there, and not below the page. */
export async function standingParent(ctx: Ctx, was: Placed): Promise<string | null> {
  const { id, parentId } = was;
  if (parentId === null) return null;
  const stands = sql`EXISTS (SELECT 1 FROM ${pages} WHERE ${isThere(ctx, was, parentId)})
    AND ${id} NOT IN (${ancestorsOf(parentId)})`;
  const [found] = await ctx.db.select({ stands: sql<number>`${stands}`.as("stands") }).from(sql`(SELECT 1)`);
  if (found?.stands !== 1) return null;
  ctx.unit.require(stands);
  return parentId;
}

/**
 * The page that a page translated, if it can still do so: it is there, in another language, and has no other translation in
 * this one. An original that has become a translation itself leads to its own original.
 */
export async function standingOriginal(ctx: Ctx, was: Placed): Promise<string | null> {
  const { id, locale, translationOf } = was;
  if (translationOf === null) return null;
  const [found] = await ctx.db
    .select({ id: pages.id, translationOf: pages.translationOf })
    .from(pages)
    .where(isThere(ctx, was, translationOf));
  const original = found?.translationOf ?? found?.id;
  if (original === undefined || original === id) return null;
  const isOriginal = and(isThere(ctx, was, original), ne(pages.locale, locale), sql`${pages.translationOf} IS NULL`);
  const isTaken = and(eq(pages.translationOf, original), eq(pages.locale, locale), ne(pages.id, id));
  const stands = sql`EXISTS (SELECT 1 FROM ${pages} WHERE ${isOriginal})
    AND NOT EXISTS (SELECT 1 FROM ${pages} WHERE ${isTaken})
    AND NOT EXISTS (SELECT 1 FROM ${pages} WHERE ${eq(pages.translationOf, id)})`;
  const [answer] = await ctx.db.select({ stands: sql<number>`${stands}`.as("stands") }).from(sql`(SELECT 1)`);
  if (answer?.stands !== 1) return null;
  ctx.unit.require(stands);
  return original;
}

/**
 * The original of the pages that translated a page until it was deleted, if the page can take its place again: one of them
 * is it, and none of its group is in the page's language. `null` when they have gone, or joined others.
 */
export async function standingGroup(ctx: Ctx, was: Placed, translations: readonly string[]): Promise<string | null> {
  if (translations.length === 0) return null;
  const some = translations.slice(0, 90);
  const [oldest] = await ctx.db
    .select({ id: pages.id, translationOf: pages.translationOf })
    .from(pages)
    .where(scoped(ctx, pages, eq(pages.siteId, was.siteId), inArray(pages.id, some)))
    .orderBy(pages.seq)
    .limit(1);
  const original = oldest?.translationOf ?? oldest?.id;
  if (original === undefined || !translations.includes(original)) return null;
  const isOriginal = and(isThere(ctx, was, original), sql`${pages.translationOf} IS NULL`);
  const isTaken = and(
    eq(pages.locale, was.locale),
    sql`(${pages.id} = ${original} OR ${pages.translationOf} = ${original})`,
  );
  const stands = sql`EXISTS (SELECT 1 FROM ${pages} WHERE ${isOriginal})
    AND NOT EXISTS (SELECT 1 FROM ${pages} WHERE ${isTaken})`;
  const [answer] = await ctx.db.select({ stands: sql<number>`${stands}`.as("stands") }).from(sql`(SELECT 1)`);
  if (answer?.stands !== 1) return null;
  ctx.unit.require(stands);
  return original;
}
