/** Where a site's pages begin, for whoever is given an address of one: `https://host/s/slug`, or its own domain. */
export interface Home {
  address: string;
  /** The site's own language, whose pages have no tag before them. */
  locale: string;
  locales: readonly string[];
}

/** Where a page lies, in the language somebody has spoken. */
export function pageOf({ address, locale, locales }: Home, path: string, spoken: string | null): string {
  const isOther = spoken !== null && spoken !== locale && locales.includes(spoken);
  return `${address}${isOther ? `/${spoken}` : ""}/${path}`;
}

/** Where a page behind a signed link lies. */
export const linkedPageOf = (
  home: Home,
  path: string,
  { locale, token }: { locale: string | null; token: string },
): string => `${pageOf(home, path, locale)}?token=${token}`;
