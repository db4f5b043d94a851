import { sql } from "drizzle-orm";
import { pagesOfDeployment } from "../deployments/documents.ts";
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
const MAX_ITEMS = 1_000;

/** The published navigation in one language: what is not hidden, in its order, below what it stands under. */
export async function liveMenu(db: Database, live: Live, locale: string | undefined): Promise<MenuItem[]> {
  const rows = await db.all<Row>(sql`SELECT f.page_id AS id, f.page ->> 'parentId' AS parentId,
    f.page ->> '$.navigation.label' AS label, f.title, f.slug, f.locale FROM frozen_pages f
    WHERE ${pagesOfDeployment(live)} AND f.locale = ${locale ?? live.site.locale}
    AND NOT coalesce(f.page ->> '$.navigation.hidden', 0)
    ORDER BY f.page ->> '$.navigation.order', f.page_id LIMIT ${MAX_ITEMS}`);
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
