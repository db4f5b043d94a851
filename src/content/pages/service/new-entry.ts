import { and, eq } from "drizzle-orm";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { type Navigation, NavigationSchema } from "../parts.ts";
import { isPlaced, pages } from "../table.ts";
import type { PageRow } from "./find.ts";

/**
 * The entry of a new page that came without one. While nobody has arranged the menu all pages are in it; once somebody has,
 * a new page does not push itself among its first level.
 */
export async function newEntry(
  ctx: Ctx,
  { siteId, locale, parentId }: Pick<PageRow, "siteId" | "locale" | "parentId">,
): Promise<Navigation> {
  const isOfMenu = and(eq(pages.siteId, siteId), eq(pages.locale, locale), isPlaced(pages.navigation));
  const entry = NavigationSchema.parse({});
  if (parentId !== null) return entry;
  const placed = await ctx.db
    .select({ id: pages.id })
    .from(pages)
    .where(scoped(ctx, pages, isOfMenu))
    .limit(1);
  return { ...entry, hidden: placed.length > 0 };
}
