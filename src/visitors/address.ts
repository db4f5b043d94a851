import { type PublicSite, whereItIsPublished } from "./site.ts";

/** What an address needs of a page. */
export interface Addressed {
  locale: string;
  slug: string;
  parentId: string | null;
}

/** The page a language begins with, where there is one of this name at its top. */
export const START_SLUG = "home";

/** Where a page lies: the site's own language at the top, others below their tag; start pages at the end of neither. */
export function addressOf({ base, site }: PublicSite, { locale, slug, parentId }: Addressed): string {
  const language = locale === site.locale ? "" : `/${locale}`;
  return `${base}${language}/${slug === START_SLUG && parentId === null ? "" : slug}`;
}

/**
 * A page has one address for search engines and readers of feeds: under the site's own domain, where it has one, whatever
 * host it was asked for at.
 */
export function canonicalOf(site: PublicSite, page: Addressed, origin: string): string {
  const { domain } = site.site;
  if (domain) return `https://${domain}${addressOf({ ...site, base: "" }, page)}`;
  return origin + addressOf(whereItIsPublished(site), page);
}

/**
 * What the addresses in a site's own files begin with: the host they were asked for at, for a map may list no other; the
 * site's own domain as the canonical addresses have it, though it was asked for without encryption.
 */
export const originOf = ({ base, site: { domain } }: PublicSite, { url }: Request): string =>
  base === "" && domain ? `https://${domain}` : new URL(url).origin;

/** An address as readers far from the site need it. */
export const absoluteOf = (site: PublicSite, origin: string, address: string | null): string | null =>
  address && new URL(address, homeOf(site, origin)).href;

/** The address the site begins at, in its own language or another, made in the same way. */
export const homeOf = (site: PublicSite, origin: string, locale = site.site.locale): string =>
  canonicalOf(site, { locale, slug: START_SLUG, parentId: null }, origin);

/** The language and slug of a path below the site. */
export function parsePath({ site }: PublicSite, path: string): { locale: string; slug: string } {
  const [first = "", ...rest] = path.split("/");
  const isLanguage = first !== site.locale && site.locales.includes(first);
  const segments = isLanguage ? rest : [first, ...rest];
  return { locale: isLanguage ? first : site.locale, slug: segments.join("/").replace(/\/$/, "") };
}
