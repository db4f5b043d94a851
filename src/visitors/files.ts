import { now } from "../core/clock.ts";
import type { ReadDatabase } from "../core/storage/database.ts";
import type { Env } from "../env.ts";
import { originOf, parsePath } from "./address.ts";
import { ASSETS, assetAt, assetsOf, immutable } from "./assets.ts";
import { contentOf, etagOf } from "./content.ts";
import { pushWorker } from "../rendering/push/script.ts";
import { atomFeed, jsonFeed } from "./feeds.ts";
import { llmsText } from "./llms.ts";
import { answer, type Content, isKnown } from "./respond.ts";
import { type PublicSite, shownIn, whereItIsPublished } from "./site.ts";
import { SITEMAP_PART, sitemap, sitemapPart } from "./sitemap.ts";

type Make = (db: ReadDatabase, site: PublicSite, origin: string) => string | null | Promise<string | null>;

/** Files every site has. */
const FILES: Record<string, { type: Content["type"]; make: Make }> = {
  "sitemap.xml": { type: "xml", make: sitemap },
  "robots.txt": {
    type: "txt",
    make: (_, site, origin) => `User-agent: *\nAllow: /\nSitemap: ${origin}${site.base}/sitemap.xml\n`,
  },
  // Where the site begins: a service worker is in charge of what lies below it.
  "push-worker.js": { type: "js", make: (_, { siteId }) => pushWorker(siteId) },
};

/** Files every language of a site has. */
const BY_LANGUAGE: Record<string, { type: Content["type"]; make: typeof atomFeed }> = {
  "llms.txt": { type: "txt", make: llmsText },
  "feed.xml": { type: "atom", make: atomFeed },
  "feed.json": { type: "feed", make: jsonFeed },
};

const own = <Value>(files: Record<string, Value>, name: string): Value | null =>
  (Object.hasOwn(files, name) && files[name]) || null;

/** What pages load, under the names it has for whoever does not know its content. */
const byName = (name: keyof typeof ASSETS): { type: Content["type"]; make: Make } => {
  const { type, make } = ASSETS[name];
  return { type, make: (_, site) => make(site) };
};

/** A file of this name; those a sitemap is divided into have numbers, and those of a language stand below it. */
function fileOf(site: PublicSite, name: string): { type: Content["type"]; make: Make } | null {
  const { locale, slug } = parsePath(site, name);
  const spoken = own(BY_LANGUAGE, slug);
  if (spoken) return { ...spoken, make: (db, site, origin) => spoken.make(db, site, { origin, locale }) };
  const part = SITEMAP_PART.exec(name)?.[1];
  if (part) return { type: "xml", make: (db, site, origin) => sitemapPart(db, site, origin, Number(part)) };
  return Object.hasOwn(ASSETS, name) ? byName(name as keyof typeof ASSETS) : own(FILES, name);
}

/** How long what is told of a shop in a file is kept: products come and go without a publish. */
const SHOP_TTL_MS = 300_000;

/** Of a site with a shop, what a file is made of beside the deployment: the time it was made in. */
const ageOf = ({ hasShop }: PublicSite): number[] => (hasShop ? [Math.floor(now() / SHOP_TTL_MS)] : []);

/** The file of this name; `null` when it is the name of none. */
export async function serveFile(env: Env, request: Request, site: PublicSite, name: string): Promise<Response | null> {
  const asset = assetAt(name);
  if (asset && (await assetsOf(site))[asset.name] === asset.address) {
    const { type, make } = ASSETS[asset.name];
    return answer(request, immutable(type, make(site)));
  }
  // What a page of an earlier deployment names is answered as it is now, and not for good.
  const file = fileOf(site, asset?.name ?? name);
  if (!file) return null;
  const etag = etagOf(site, undefined, ageOf(site));
  // Nothing is made for somebody who has it.
  if (isKnown(request, etag)) return answer(request, { type: file.type, body: "", etag });
  const published = whereItIsPublished(site);
  const origin = originOf(published, request);
  const make = async () => file.make(shownIn(env, site), published, origin);
  const body = await contentOf(site, ["file", origin, site.base, asset?.name ?? name, ageOf(site)], make);
  if (body === null) return null;
  return answer(request, { type: file.type, body, etag });
}
