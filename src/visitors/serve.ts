import { html } from "hono/html";
import { deploymentContent } from "../content/deployments/live.ts";
import type { Page } from "../content/pages/contract.ts";
import { type Database, databaseOf } from "../core/storage/database.ts";
import type { Env } from "../env.ts";
import { addressOf, parsePath } from "./address.ts";
import { findDestination, menuRows, publishedAddresses, translationsOf } from "./find.ts";
import { document, type Frame, renderPage } from "./render/page.ts";
import { pixelScript } from "./render/pixel.ts";
import { styleOf } from "./render/style.ts";
import { answer } from "./respond.ts";
import type { PublicSite } from "./site.ts";

/** Changes whenever pages are rendered in another way, so that nobody keeps an old rendering of an unchanged page. */
const RENDERING = 1;

const etagOf = (site: PublicSite): string => `"${site.siteId}-${site.number}-${RENDERING}"`;

const contentOf = <Value>(site: PublicSite, question: unknown[], make: () => Promise<Value>): Promise<Value> =>
  deploymentContent(JSON.stringify([site.siteId, site.number, RENDERING, ...question]), make);

/** A page has one address for search engines: under the site's own domain, where it has one. */
function canonicalOf(site: PublicSite, page: Page, origin: string): string {
  const { domain } = site.site;
  return domain ? `https://${domain}${addressOf({ ...site, base: "" }, page)}` : origin + addressOf(site, page);
}

async function frameOf(
  db: Database,
  site: PublicSite,
  locale: string,
  origin: string,
  page: Page | null,
): Promise<Frame> {
  const [menu, translations] = await Promise.all([
    menuRows(db, site, locale),
    page ? translationsOf(db, site, page) : Promise.resolve([]),
  ]);
  return {
    siteName: site.site.name,
    base: site.base,
    locale,
    navigation: menu.map(({ id, title, label, slug }) => ({
      label: label ?? title,
      href: addressOf(site, { locale, slug, parentId: null }),
      isCurrent: id === page?.id,
    })),
    translations: translations.map((it) => ({ locale: it.locale, href: addressOf(site, it) })),
    canonical: page ? canonicalOf(site, page, origin) : null,
  };
}

const MESSAGES = {
  404: { title: "Page not found", text: "There is no page at this address." },
  410: { title: "Page removed", text: "This page is no longer there." },
};

async function errorPage(
  db: Database,
  request: Request,
  site: PublicSite,
  locale: string,
  status: 404 | 410,
): Promise<Response> {
  const { title, text } = MESSAGES[status];
  const frame = await frameOf(db, site, locale, new URL(request.url).origin, null);
  const head = { title, description: null, image: null, isHidden: true };
  const body = document(frame, head, html`<h1>${title}</h1><p class="lead">${text}</p>`);
  return answer(request, { type: "html", body, status });
}

const xmlText = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

async function sitemap(db: Database, request: Request, site: PublicSite): Promise<Response> {
  const { origin } = new URL(request.url);
  const addresses = await contentOf(site, ["sitemap"], () => publishedAddresses(db, site));
  const entries = addresses.map(
    (it) => `<url><loc>${xmlText(origin + addressOf(site, it))}</loc><lastmod>${it.updatedAt}</lastmod></url>`,
  );
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join("\n")}\n</urlset>\n`;
  return answer(request, { type: "xml", body, etag: etagOf(site) });
}

/** Files every site has. */
const FILES: Record<string, (db: Database, request: Request, site: PublicSite) => Response | Promise<Response>> = {
  "site.css": (_, request, site) =>
    answer(request, { type: "css", body: styleOf(site.site.designTokens), etag: etagOf(site) }),
  "pixel.js": (_, request, site) => answer(request, { type: "js", body: pixelScript(site.siteId), etag: etagOf(site) }),
  "sitemap.xml": sitemap,
  "robots.txt": (_, request, site) => {
    const body = `User-agent: *\nAllow: /\nSitemap: ${new URL(request.url).origin}${site.base}/sitemap.xml\n`;
    return answer(request, { type: "txt", body, etag: etagOf(site) });
  },
};

/** What a visitor of a site gets at a path below it. */
export async function serveSite(env: Env, request: Request, site: PublicSite, path: string): Promise<Response> {
  const db = databaseOf(env, 0);
  const file = Object.hasOwn(FILES, path) ? FILES[path] : undefined;
  if (file) return file(db, request, site);
  const { locale, slug } = parsePath(site, path);
  const { origin } = new URL(request.url);
  const make = () => destination(db, site, locale, slug, origin);
  const shown = await contentOf(site, [origin, site.base, locale, slug], make);
  if (typeof shown === "string") return answer(request, { type: "html", body: shown, etag: etagOf(site) });
  if ("location" in shown) {
    return answer(request, { type: "txt", body: "", status: 301, headers: { Location: shown.location } });
  }
  return errorPage(db, request, site, locale, shown.status);
}

/** What a deployment has at an address: a document, the address it has moved to, or the reason why there is nothing. */
async function destination(
  db: Database,
  site: PublicSite,
  locale: string,
  slug: string,
  origin: string,
): Promise<string | { location: string } | { status: 404 | 410 }> {
  const found = await findDestination(db, site, locale, slug);
  if (found.kind === "moved") return { location: addressOf(site, found.page) };
  if (found.kind !== "page") return { status: found.kind === "gone" ? 410 : 404 };
  return renderPage(await frameOf(db, site, locale, origin, found.page), found.page);
}
