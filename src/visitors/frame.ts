import { BLOG } from "../content/deployments/documents.ts";
import { liveMenu, type MenuItem } from "../content/live/menu.ts";
import type { ReadDatabase } from "../core/storage/database.ts";
import { absoluteOf, type Addressed, addressOf, canonicalOf, homeOf, START_SLUG } from "./address.ts";
import { assetsOf } from "./assets.ts";
import { contentOf } from "./content.ts";
import { blogLanguages, type Found, legalPages, shownLanguages, translationsOf } from "./find.ts";
import type { Frame, NavigationEntry } from "../rendering/page/page.ts";
import { sharedPicture } from "../rendering/document.ts";
import { sitePictures } from "../rendering/page/site-pictures.ts";
import { propsOf, textOf } from "../rendering/text/props.ts";
import { contactOf } from "../rendering/page/footer.ts";
import { wordsFor } from "../rendering/page/words.ts";
import { businessOf } from "../content/sites/business.ts";
import { shopWordsFor } from "../rendering/shop/words.ts";
import type { Place } from "./live/page.ts";
import { SHOP_SLUG } from "./shop/root.ts";
import { trailTo } from "./trail.ts";
import type { PublicSite } from "./site.ts";

const FEEDS = [
  { type: "application/atom+xml", file: "feed.xml" },
  { type: "application/feed+json", file: "feed.json" },
];

const blogAt = (locale: string): Addressed => ({ locale, slug: BLOG, parentId: null });

const blogEntry = (site: PublicSite, locale: string, isCurrent: boolean): NavigationEntry => ({
  label: wordsFor(locale).blog,
  href: addressOf(site, blogAt(locale)),
  isCurrent,
  children: [],
});

/** The address of a path below the shop in a language, for a link on one of the site's pages. */
export const shopAddress = (site: PublicSite, locale: string, path = ""): string =>
  addressOf(site, livePath(locale, path === "" ? SHOP_SLUG : `${SHOP_SLUG}/${path}`));

const livePath = (locale: string, slug: string = SHOP_SLUG): Addressed => ({ locale, slug, parentId: null });

const shopEntry = (site: PublicSite, locale: string, isCurrent: boolean): NavigationEntry => ({
  label: shopWordsFor(locale).shop,
  href: addressOf(site, livePath(locale)),
  isCurrent,
  children: [],
});

/** An entry of the menu with those below it. */
function entryOf(
  site: PublicSite,
  item: MenuItem,
  current: string | null,
  parentId: string | null = null,
): NavigationEntry {
  const { id, label, slug, locale, children } = item;
  return {
    label,
    href: addressOf(site, { locale, slug, parentId }),
    isCurrent: id === current,
    children: children.map((it) => entryOf(site, it, current, id)),
  };
}

const startOf = (locale: string): Addressed => ({ locale, slug: START_SLUG, parentId: null });

/** What a frame is around: a document, or `null` for the list of articles and for a page that says there is none. */
export interface Framed {
  locale: string;
  origin: string;
  page: Found | null;
  isBlog?: boolean;
  /** Of a page that says what there is now: where it lies. */
  place?: Place | undefined;
  /** Pieces in the visitor's cart, on a page on which things can be bought. */
  inCart?: number | undefined;
}

/** The time zone that a site's days are of, as its owner has named it. */
export const timeZoneOf = ({ site }: PublicSite): string | null => textOf(propsOf(site.settings), "timezone") || null;

/** What stands around a page. */
export async function frameOf(
  db: ReadDatabase,
  site: PublicSite,
  { locale, origin, page, isBlog = page?.kind === "post", place, inCart }: Framed,
): Promise<Frame> {
  const [{ menu, blogs, legal, languages }, versions, assets, trail] = await Promise.all([
    contentOf(site, ["frame", locale], async () => ({
      menu: await liveMenu(db, site, locale),
      blogs: await blogLanguages(db, site),
      legal: await legalPages(db, site, locale),
      languages: await shownLanguages(db, site),
    })),
    page?.kind === "page" ? translationsOf(db, site, page) : [],
    assetsOf(site),
    page || isBlog || place ? trailTo(db, site, { locale, origin, page, isBlog, place: place ?? null }) : [],
  ]);
  const hasArticles = blogs.includes(locale);
  const ofPlace = place ? languages.map((it) => livePath(it, place.slug)) : versions;
  const translations = page === null && isBlog ? blogs.map((it) => blogAt(it)) : ofPlace;
  const at = place ? livePath(locale, place.slug) : (page ?? (isBlog ? blogAt(locale) : null));
  const isPublic = at !== null && !place?.isPrivate;
  const hasShopEntry = site.hasShop && !menu.some(({ slug }) => slug === SHOP_SLUG);
  const hasEntry = hasArticles && !menu.some(({ slug }) => slug === BLOG);
  const fallback = translations.find((it) => it.locale === site.site.locale) ?? translations[0];
  const pictures = sitePictures(site.site.settings, site.site.pictures);
  const social = sharedPicture(pictures.socialImage);
  const business = businessOf(site.site.settings);
  return {
    siteName: site.site.name,
    pictures,
    social: { ...social, image: absoluteOf(site, origin, social.image) },
    contact: contactOf(site.site.settings, business),
    home: homeOf(site, origin),
    trail,
    business,
    logo: absoluteOf(site, origin, pictures.logo?.address ?? null),
    timeZone: timeZoneOf(site),
    legal: legal.map(({ title, ...it }) => ({ label: title, href: addressOf(site, it) })),
    languages: languages.map((it) => ({
      locale: it,
      href: addressOf(site, translations.find(({ locale }) => locale === it) ?? startOf(it)),
    })),
    base: site.base,
    assets,
    locale,
    navigation: [
      ...menu.map((it) => entryOf(site, it, page?.id ?? null)),
      ...(hasShopEntry ? [shopEntry(site, locale, place?.root.slug === SHOP_SLUG)] : []),
      ...(hasEntry ? [blogEntry(site, locale, isBlog)] : []),
    ],
    translations: (place?.isPrivate ? [] : translations).map((it) => ({
      locale: it.locale,
      href: addressOf(site, it),
      address: canonicalOf(site, it, origin),
    })),
    fallback: fallback ? canonicalOf(site, fallback, origin) : null,
    canonical: isPublic ? canonicalOf(site, at, origin) + (place?.query ?? "") : null,
    cart:
      inCart === undefined
        ? null
        : { href: shopAddress(site, locale, "cart"), label: shopWordsFor(locale).cart, count: inCart },
    preview: site.draft?.note ?? null,
    feeds: hasArticles ? FEEDS.map(({ type, file }) => ({ type, href: homeOf(site, origin, locale) + file })) : [],
  };
}
