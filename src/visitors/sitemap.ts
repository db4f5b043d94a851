import type { ReadDatabase } from "../core/storage/database.ts";
import { xmlText } from "../rendering/text/xml.ts";
import { addressOf } from "./address.ts";
import { bookableAddresses } from "./bookable.ts";
import { countAddresses, publishedAddresses } from "./find.ts";
import { countShopAddresses, shopAddresses } from "./shop/addresses.ts";
import type { PublicSite } from "./site.ts";

/** Addresses one file may list (sitemaps.org). */
const MAX_ADDRESSES = 50_000;

/** The name of a part of a large site's map. */
export const SITEMAP_PART = /^sitemap-([1-9]\d{0,3})\.xml$/;

const document = (root: string, entries: string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join("\n")}\n</${root}>\n`;

/** One part of the site's map; `null` where there is none of this number. */
export async function sitemapPart(
  db: ReadDatabase,
  site: PublicSite,
  origin: string,
  number: number,
): Promise<string | null> {
  const offset = (number - 1) * MAX_ADDRESSES;
  const documents = await countAddresses(db, site);
  const [published, sold] = await Promise.all([
    publishedAddresses(db, site, { limit: MAX_ADDRESSES, offset }),
    shopAddresses(db, site, {
      // What the documents leave room for.
      limit: MAX_ADDRESSES - Math.min(Math.max(documents - offset, 0), MAX_ADDRESSES),
      offset: Math.max(offset - documents, 0),
    }),
  ]);
  const found = [...published, ...sold];
  // The few of these stand at the end of the last part, the only one with room.
  const room = MAX_ADDRESSES - found.length;
  const isLast = room > 0 && (found.length > 0 || number === 1);
  const addresses = isLast ? [...found, ...(await bookableAddresses(db, site)).slice(0, room)] : found;
  if (addresses.length === 0 && number > 1) return null;
  const entries = addresses.map(
    (it) =>
      `<url><loc>${xmlText(origin + addressOf(site, it))}</loc>${it.updatedAt ? `<lastmod>${it.updatedAt}</lastmod>` : ""}</url>`,
  );
  return document("urlset", entries);
}

/** The site's map or, of a site with more addresses than one may list, the index of its parts. */
export async function sitemap(db: ReadDatabase, site: PublicSite, origin: string): Promise<string | null> {
  const [documents, sold] = await Promise.all([countAddresses(db, site), countShopAddresses(db, site)]);
  const parts = Math.ceil((documents + sold) / MAX_ADDRESSES);
  if (parts <= 1) return sitemapPart(db, site, origin, 1);
  const base = xmlText(`${origin}${site.base}`);
  const entries = Array.from({ length: parts }, (_, index) => `<loc>${base}/sitemap-${index + 1}.xml</loc>`);
  return document(
    "sitemapindex",
    entries.map((entry) => `<sitemap>${entry}</sitemap>`),
  );
}
