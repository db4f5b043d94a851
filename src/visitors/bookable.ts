import { eq, sql } from "drizzle-orm";
import { services } from "../content/booking/services/table.ts";
import { reservationTables } from "../content/reservation/tables/table.ts";
import { reservationSettingsOf } from "../content/reservation/settings/settings.ts";
import type { ReadDatabase } from "../core/storage/database.ts";
import { sites } from "../core/tenancy/sites/table.ts";
import type { Addressed } from "./address.ts";
import { BOOK_ROOT } from "./booking/root.ts";
import { shownLanguages } from "./find.ts";
import type { Root } from "./live/page.ts";
import { takesReservations } from "../content/reservation/settings/services.ts";
import { RESERVE_ROOT } from "./reservation/root.ts";
import type { PublicSite } from "./site.ts";

const has = (table: typeof services | typeof reservationTables, siteId: string) =>
  sql<number>`EXISTS (SELECT 1 FROM ${table} WHERE ${table.siteId} = ${siteId} AND ${table.active} = 1)`;

/** The pages on which something can be booked now. One read, which only files for search engines and models ask for. */
async function bookableRoots(db: ReadDatabase, { siteId }: PublicSite): Promise<Root[]> {
  const [found] = await db
    .select({ settings: sites.settings, books: has(services, siteId), seats: has(reservationTables, siteId) })
    .from(sites)
    .where(eq(sites.id, siteId));
  if (!found) return [];
  const seats = found.seats === 1 && takesReservations(reservationSettingsOf(found));
  return [...(found.books === 1 ? [BOOK_ROOT] : []), ...(seats ? [RESERVE_ROOT] : [])];
}

const at = (locale: string, { slug }: Root): Addressed => ({ locale, slug, parentId: null });

/** Where something can be booked, in each of the site's languages; of what is free nobody knows when it was changed. */
export async function bookableAddresses(
  db: ReadDatabase,
  site: PublicSite,
): Promise<(Addressed & { updatedAt: null })[]> {
  const roots = await bookableRoots(db, site);
  if (roots.length === 0) return [];
  const shown = await shownLanguages(db, site);
  const languages = shown.length > 0 ? shown : [site.site.locale];
  return roots.flatMap((root) => languages.map((locale) => ({ ...at(locale, root), updatedAt: null })));
}

/** The same in one language, by what the pages are headed by. */
export async function bookableEntries(db: ReadDatabase, site: PublicSite, locale: string) {
  const roots = await bookableRoots(db, site);
  return roots.map((root) => ({ ...at(locale, root), title: root.title(locale), description: null }));
}
