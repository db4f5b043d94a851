import { html, raw } from "hono/html";
import { keptPointer } from "../content/live/cache.ts";
import { directionOf } from "../rendering/page/direction.ts";
import { type Frame, frameAround } from "../rendering/page/page.ts";
import { sitePictures } from "../rendering/page/site-pictures.ts";
import { wordsFor } from "../rendering/page/words.ts";
import { parsePath } from "./address.ts";
import { assetsOf } from "./assets.ts";
import { nameOf, type SiteName } from "../content/live/public.ts";
import type { PublicSite } from "./site.ts";

/** The language of a visitor's browser, as far as it is a tag at all. */
const preferred = (acceptLanguage: string | null): string =>
  /^\s*([a-z]{2,3}(?:-[a-z0-9]{2,8})*)/i.exec(acceptLanguage ?? "")?.[1] ?? "en";

/** A frame with nothing in it that would have to be looked up. */
const bareFrame = async (site: PublicSite, locale: string): Promise<Frame> => ({
  siteName: site.site.name,
  base: site.base,
  assets: await assetsOf(site),
  locale,
  navigation: [],
  translations: [],
  languages: [],
  canonical: null,
  fallback: null,
  feeds: [],
  pictures: sitePictures(site.site.settings, site.site.pictures),
  social: { image: null },
  contact: { email: null, phone: null, address: null },
  legal: [],
  home: "",
  trail: [],
  business: null,
  logo: null,
  timeZone: null,
});

/**
 * The page for visitors who ask too often (HTTP 429). It asks nothing of anybody in turn: in the site's look and language
 * where the site is in memory, and plain, in the browser's language, where it is not.
 */
export async function busyPage(
  { headers }: Request,
  { site: named, path, seconds }: { site: SiteName | null; path: string; seconds: number },
): Promise<string> {
  const site = named && keptPointer<PublicSite>(nameOf(named));
  const locale = site ? parsePath(site, path).locale : preferred(headers.get("Accept-Language"));
  const [title, text] = wordsFor(locale).busy;
  const main = html`<h1>${title}</h1><p class="lead">${text.replace("{seconds}", String(seconds))}</p>`;
  if (site) {
    const head = { title, description: null, image: null, isHidden: true, type: "website" as const };
    return frameAround(await bareFrame(site, locale), { ...head, main: String(main) });
  }
  return String(html`${raw("<!DOCTYPE html>\n")}<html lang="${locale}" dir="${directionOf(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`);
}
