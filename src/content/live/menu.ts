import { and, eq, sql } from "drizzle-orm";
import { frozenField, pagesOfDeployment } from "../deployments/frozen.ts";
import { frozenPages } from "../deployments/table.ts";
import type { ReadDatabase } from "../../core/storage/database.ts";
import { parentsOf, type Place } from "./places.ts";
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

/**
 * The published navigation in one language: what is not hidden, in its order, below what it stands under. A translation
 * whose parent is named in another language stands below that parent's translation or, where there is none, one level up.
 */
export async function liveMenu(db: ReadDatabase, live: Live, locale = live.site.locale): Promise<MenuItem[]> {
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
    .where(and(pagesOfDeployment(live), eq(language, locale), isListed))
    .orderBy(frozenField("navigation.order"), id)
    .limit(MAX_MENU_ITEMS);
  const items = new Map(
    rows.map(({ id, label, title, slug, locale }) => [
      id,
      { id, label: label ?? title, slug, locale, children: [] as MenuItem[] },
    ]),
  );
  const isElsewhere = rows.some(({ parentId }) => parentId !== null && !items.has(parentId));
  const places = isElsewhere ? await parentsOf(db, live) : [];
  const top: MenuItem[] = [];
  for (const { id, parentId } of rows) {
    const parent = parentId === null || items.has(parentId) ? parentId : parentIn(locale, parentId, places);
    const siblings = parent === null ? top : items.get(parent)?.children;
    // What stands below a hidden or unpublished page is not reached through the menu.
    siblings?.push(items.get(id) as MenuItem);
  }
  return top;
}

/** The page of this language that stands for a parent named in any; `null` for the top. */
function parentIn(locale: string, parentId: string, places: Place[]): string | null {
  const named = places.find(({ id }) => id === parentId);
  if (!named || named.locale === locale) return parentId;
  const translated = places.find((it) => it.locale === locale && it.original === named.original);
  if (translated || named.parentId === null) return translated?.id ?? null;
  return parentIn(locale, named.parentId, places);
}
