import type { sites } from "../../core/tenancy/sites/table.ts";

type SiteRow = Pick<typeof sites.$inferSelect, "slug" | "domain" | "domainVerifiedAt" | "locale" | "locales">;

/** A page of a website, as somebody far from it needs its address. */
export interface PublicPlace {
  site: SiteRow;
  /** Where we are reached, for a website without a domain of its own. */
  origin: string;
  /** The language of the page; one that the website has not is its own. */
  locale: string | null;
  /** Below the language: `shop/orders/ord_…`. */
  path: string;
}

/** The full address of a page of a website: under its own domain, where that is proven. */
export function publicAddress({ site, origin, locale, path }: PublicPlace): string {
  const isProven = site.domain !== null && site.domainVerifiedAt !== null;
  const base = isProven ? `https://${site.domain}` : `${origin}/s/${site.slug}`;
  const isOther = locale !== null && locale !== site.locale && site.locales.includes(locale);
  return `${base}${isOther ? `/${locale}` : ""}/${path}`;
}
