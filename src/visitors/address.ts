import type { PublicSite } from "./site.ts";

const START = new Set(["home", "index"]);

/** Where a page lies: the site's own language at the top, others below their tag; start pages at the end of neither. */
export function addressOf({ base, site }: PublicSite, { locale, slug }: { locale: string; slug: string }): string {
  const language = locale === site.locale ? "" : `/${locale}`;
  return `${base}${language}/${START.has(slug) ? "" : slug}`;
}

/** The language and slug of a path below the site. */
export function parsePath({ site }: PublicSite, path: string): { locale: string; slug: string } {
  const [first = "", ...rest] = path.split("/");
  const isLanguage = first !== site.locale && site.locales.includes(first);
  const segments = isLanguage ? rest : [first, ...rest];
  return { locale: isLanguage ? first : site.locale, slug: segments.join("/").replace(/\/$/, "") };
}
