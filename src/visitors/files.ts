import { type Database, databaseOf } from "../core/storage/database.ts";
import type { Env } from "../env.ts";
import { addressOf } from "./address.ts";
import { contentOf, etagOf } from "./content.ts";
import { atomFeed, jsonFeed } from "./feeds.ts";
import { publishedAddresses } from "./find.ts";
import { iconOf } from "../rendering/page/icon.ts";
import { pixelScript } from "../rendering/page/pixel.ts";
import { styleOf } from "../rendering/style/style.ts";
import { xmlText } from "../rendering/text/xml.ts";
import { answer, type Content, isKnown } from "./respond.ts";
import type { PublicSite } from "./site.ts";

async function sitemap(db: Database, site: PublicSite, origin: string): Promise<string> {
  const addresses = await publishedAddresses(db, site);
  const entries = addresses.map(
    (it) => `<url><loc>${xmlText(origin + addressOf(site, it))}</loc><lastmod>${it.updatedAt}</lastmod></url>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join("\n")}\n</urlset>\n`;
}

type Make = (db: Database, site: PublicSite, origin: string) => string | Promise<string>;

/** Files every site has. */
const FILES: Record<string, { type: Content["type"]; make: Make }> = {
  "site.css": { type: "css", make: (_, site) => styleOf(site.site.designTokens) },
  "favicon.svg": { type: "svg", make: (_, { site }) => iconOf(site.name, site.designTokens) },
  "pixel.js": { type: "js", make: (_, site) => pixelScript(site.siteId) },
  "sitemap.xml": { type: "xml", make: sitemap },
  "robots.txt": {
    type: "txt",
    make: (_, site, origin) => `User-agent: *\nAllow: /\nSitemap: ${origin}${site.base}/sitemap.xml\n`,
  },
  "feed.xml": { type: "atom", make: atomFeed },
  "feed.json": { type: "feed", make: jsonFeed },
};

/** The file of this name; `null` when it is the name of none. */
export async function serveFile(env: Env, request: Request, site: PublicSite, name: string): Promise<Response | null> {
  const file = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
  if (!file) return null;
  const etag = etagOf(site);
  // Nothing is made for somebody who has it.
  if (isKnown(request, etag)) return answer(request, { type: file.type, body: "", etag });
  const { origin } = new URL(request.url);
  const make = async () => file.make(databaseOf(env, 0), site, origin);
  const body = await contentOf(site, ["file", origin, site.base, name], make);
  return answer(request, { type: file.type, body, etag });
}
