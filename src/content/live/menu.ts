import { and, eq, sql } from "drizzle-orm";
import { frozenField, pagesOfDeployment } from "../deployments/frozen.ts";
import { frozenPages } from "../deployments/table.ts";
import type { Database } from "../../core/storage/database.ts";
import type { Live } from "./site.ts";

/** An entry of the navigation with those below it. */
export interface MenuItem {
  id: string;
  label: string;
  slug: string;
  locale: string;
  children: MenuItem[];
}

interface Row {
  id: string;
  parentId: string | null;
  label: string | null;
  title: string;
  slug: string;
  locale: string;
}

/** Entries a site can have; more than anybody could read. */
export const MAX_MENU_ITEMS = 1_000;

/** The published navigation in one language: what is not hidden, in its order, below what it stands under. */
export async function liveMenu(db: Database, live: Live, locale: string | undefined): Promise<MenuItem[]> {
  const { pageId: id, title, slug, locale: language } = frozenPages;
  const isListed = sql`NOT coalesce(${frozenField("navigation.hidden")}, 0)`;
  const rows: Row[] = await db
    .select({
      id,
      parentId: frozenField<string | null>("parentId"),
      label: frozenField<string | null>("navigation.label"),
      title,
      slug,
      locale: language,
    })
    .from(frozenPages)
    .where(and(pagesOfDeployment(live), eq(language, locale ?? live.site.locale), isListed))
    .orderBy(frozenField("navigation.order"), id)
    .limit(MAX_MENU_ITEMS);
  const items = new Map(
    rows.map(({ id, label, title, slug, locale }) => [
      id,
      { id, label: label ?? title, slug, locale, children: [] as MenuItem[] },
    ]),
  );
  const top: MenuItem[] = [];
  for (const { id, parentId } of rows) {
    const siblings = parentId === null ? top : items.get(parentId)?.children;
    // What stands below a hidden or unpublished page is not reached through the menu.
    siblings?.push(items.get(id) as MenuItem);
  }
  return top;
}
