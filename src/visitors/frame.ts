import { BLOG } from "../content/deployments/documents.ts";
import { liveMenu } from "../content/live/menu.ts";
import type { Database } from "../core/storage/database.ts";
import { type Addressed, addressOf, START_SLUG } from "./address.ts";
import { contentOf } from "./content.ts";
import { type Found, hasBlog, legalPages, shownLanguages, translationsOf } from "./find.ts";
import type { Frame } from "../rendering/page/page.ts";
import { imageOf, propsOf, textOf } from "../rendering/text/props.ts";
import { contactOf } from "../rendering/page/footer.ts";
import { wordsFor } from "../rendering/page/words.ts";
import type { PublicSite } from "./site.ts";

/** A page has one address for search engines: under the site's own domain, where it has one. */
export function canonicalOf(site: PublicSite, page: Addressed, origin: string): string {
  const { domain } = site.site;
  return domain ? `https://${domain}${addressOf({ ...site, base: "" }, page)}` : origin + addressOf(site, page);
}

const blogEntry = (site: PublicSite, isCurrent: boolean) => ({
  label: wordsFor(site.site.locale).blog,
  href: addressOf(site, { locale: site.site.locale, slug: BLOG, parentId: null }),
  isCurrent,
});

const startOf = (locale: string): Addressed => ({ locale, slug: START_SLUG, parentId: null });

/** What a frame is around: a document, or `null` for the list of articles and for a page that says there is none. */
interface Framed {
  locale: string;
  origin: string;
  page: Found | null;
  isBlog?: boolean;
}

/** What stands around a page. */
export async function frameOf(
  db: Database,
  site: PublicSite,
  { locale, origin, page, isBlog = page?.kind === "post" }: Framed,
): Promise<Frame> {
  const [{ menu, hasArticles, legal, languages }, translations] = await Promise.all([
    contentOf(site, ["frame", locale], async () => ({
      menu: await liveMenu(db, site, locale),
      hasArticles: await hasBlog(db, site),
      legal: await legalPages(db, site, locale),
      languages: await shownLanguages(db, site),
    })),
    page?.kind === "page" ? translationsOf(db, site, page) : [],
  ]);
  const hasEntry = hasArticles && locale === site.site.locale && !menu.some(({ slug }) => slug === BLOG);
  const settings = propsOf(site.site.settings);
  return {
    siteName: site.site.name,
    icon: imageOf(settings, "favicon"),
    contact: contactOf(site.site.settings),
    timeZone: textOf(settings, "timezone") || null,
    legal: legal.map(({ title, ...it }) => ({ label: title, href: addressOf(site, it) })),
    languages: languages.map((it) => ({
      locale: it,
      href: addressOf(site, translations.find(({ locale }) => locale === it) ?? startOf(it)),
    })),
    base: site.base,
    locale,
    navigation: [
      ...menu.map(({ id, label, slug }) => ({
        label,
        href: addressOf(site, { locale, slug, parentId: null }),
        isCurrent: id === page?.id,
      })),
      ...(hasEntry ? [blogEntry(site, isBlog)] : []),
    ],
    translations: translations.map((it) => ({
      locale: it.locale,
      href: addressOf(site, it),
      address: canonicalOf(site, it, origin),
    })),
    canonical: page && canonicalOf(site, page, origin),
    feed: hasArticles ? `${site.base}/feed.xml` : null,
  };
}
