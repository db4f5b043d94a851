import { html, raw } from "hono/html";
import { nothing } from "../blocks/kit.ts";
import type { ImageSize, Rendered } from "../document.ts";
import type { Business } from "../structured/business.ts";
import { graphOf } from "../structured/graph.ts";
import { sharedPrice } from "../structured/products.ts";
import { jsonLdScript } from "../structured/script.ts";
import { markdownAddress } from "../markdown/address.ts";
import { linksBelow } from "../text/links.ts";
import { daysIn } from "./dates.ts";
import { directionOf } from "./direction.ts";
import { type Footer, footerOf } from "./footer.ts";
import { bannerOf, bannerStyle, linksWithin, type PreviewNote } from "./preview.ts";
import { brandOf, iconLinks, type SitePictures } from "./site-pictures.ts";
import { type Assets, linksTo } from "./extras.ts";
import { wordsFor } from "./words.ts";

/** An entry of the navigation as a page shows it. */
export interface NavigationEntry {
  label: string;
  href: string;
  isCurrent: boolean;
  /** Entries below it. */
  children: NavigationEntry[];
}

/** What stands around every page of a site. */
export interface Frame {
  siteName: string;
  /** Where the site begins: `/s/{slug}`, or nothing under its own domain. */
  base: string;
  assets: Assets;
  locale: string;
  navigation: NavigationEntry[];
  /** The same page in the site's languages; `address` is absolute. */
  translations: { locale: string; href: string; address: string }[];
  /** Where each language of the site is to be had: this page in it, or where it begins. */
  languages: { locale: string; href: string }[];
  /** Absolute, for search engines. */
  canonical: string | null;
  /** Of its translations, the absolute address of the one for readers of any other language. */
  fallback: string | null;
  /** Where the articles' feeds are, when there are any; absolute. */
  feeds: { type: string; href: string }[];
  pictures: Pick<SitePictures, "logo" | "favicon">;
  /** What stands for pages without a picture where they are shared; absolute. */
  social: Shared;
  contact: Footer["contact"];
  legal: Footer["legal"];
  /** Where the site begins; absolute. */
  home: string;
  /** The way from there to this page, both included; absolute. */
  trail: { name: string; address: string }[];
  /** Who runs the site, as far as its owner has told; and the absolute address of its logo. */
  business: Business | null;
  logo: string | null;
  /** IANA name of the time zone that days are of. */
  timeZone: string | null;
  /** Set of a page on which things can be bought. */
  cart?: CartLink | null;
  /** Set of a preview. */
  preview?: PreviewNote | null;
}

/** The way to the cart of a visitor. */
export interface CartLink {
  href: string;
  label: string;
  /** Pieces in it. */
  count: number;
}

/** Where the cart is; a script counts on. */
const cartOf = ({ href, label, count }: CartLink) =>
  html`<p class="cart"><a href="${href}">${label} <span data-count>${count > 0 ? count : ""}</span></a></p>`;

type Shared = Pick<Rendered, "image" | "imageSize">;

const sizeOf = ({ width, height, alt }: ImageSize) => html`<meta property="og:image:width" content="${width}">
<meta property="og:image:height" content="${height}">
${alt ? html`<meta property="og:image:alt" content="${alt}">` : nothing}`;

/** The picture that stands for a page where it is shared. */
const sharedOf = ({ image, imageSize }: Shared) =>
  image
    ? html`<meta property="og:image" content="${image}">
${imageSize ? sizeOf(imageSize) : nothing}
<meta name="twitter:card" content="summary_large_image">`
    : nothing;

/** A language as its speakers call it. */
export const languageName = (locale: string): string =>
  new Intl.DisplayNames([locale], { type: "language" }).of(locale) ?? locale;

/** A language as the Open Graph protocol names it: with a territory, the one most of its readers live in if it names none. */
function territoryOf(locale: string): string {
  const { language, region } = new Intl.Locale(locale).maximize();
  return region ? `${language}_${region}` : language;
}

const menuOf = (entries: NavigationEntry[]): ReturnType<typeof html> =>
  html`<ul>${entries.map((it) => html`<li><a href="${it.href}"${it.isCurrent ? raw(' aria-current="page"') : nothing}>${it.label}</a>${it.children.length > 0 ? menuOf(it.children) : nothing}</li>`)}</ul>`;

/** A whole page: what is rendered, with the frame around it. */
export function frameAround(frame: Frame, head: Rendered): string {
  const { base, locale, siteName, navigation, translations, canonical, fallback, feeds } = frame;
  const { assets, languages, pictures, social, contact, legal, timeZone, preview, cart } = frame;
  const sold = head.products?.about?.product;
  const words = wordsFor(locale);
  const graph = graphOf(frame, head);
  const title = head.title === siteName ? siteName : `${head.title} · ${siteName}`;
  const main = daysIn(linksBelow(base, head.main), locale, timeZone);
  const page = html`${raw("<!DOCTYPE html>\n")}<html lang="${locale}" dir="${directionOf(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${head.description ? html`<meta name="description" content="${head.description}">` : nothing}
${head.isHidden || preview ? html`<meta name="robots" content="noindex">` : nothing}
${canonical ? html`<link rel="canonical" href="${canonical}">` : nothing}
${translations.length > 1 ? translations.map((it) => html`<link rel="alternate" hreflang="${it.locale}" href="${it.address}">`) : nothing}
${translations.length > 1 && fallback ? html`<link rel="alternate" hreflang="x-default" href="${fallback}">` : nothing}
${canonical ? html`<link rel="alternate" type="text/markdown" href="${markdownAddress(canonical)}">` : nothing}
${feeds.map((it) => html`<link rel="alternate" type="${it.type}" title="${siteName}" href="${it.href}">`)}
<meta property="og:type" content="${head.type}">
<meta property="og:title" content="${head.title}">
${head.description ? html`<meta property="og:description" content="${head.description}">` : nothing}
<meta property="og:locale" content="${territoryOf(locale)}">
<meta property="og:site_name" content="${siteName}">
${canonical ? html`<meta property="og:url" content="${canonical}">` : nothing}
${sharedOf(head.image ? head : social)}
${sold ? Object.entries(sharedPrice(sold)).map(([name, value]) => html`<meta property="${name}" content="${value}">`) : nothing}
${graph ? jsonLdScript(graph) : nothing}
${iconLinks(pictures.favicon, `${base}/${assets["favicon.svg"]}`)}
<link rel="stylesheet" href="${base}/${assets["site.css"]}">
${linksTo(head.extras ?? [], frame)}
<script src="${base}/${assets["pixel.js"]}" defer></script>${preview ? bannerStyle() : nothing}
</head>
<body>${preview ? bannerOf(preview, locale, timeZone) : nothing}
<a class="skip" href="#content">${words.skip}</a>
<header class="site">
<p class="name"><a href="${base}/">${brandOf(siteName, pictures.logo)}</a></p>
${navigation.length > 0 ? html`<nav aria-label="${words.menu}">${menuOf(navigation)}</nav>` : nothing}
${languages.length > 1 ? html`<nav class="languages" aria-label="${words.languages}"><ul>${languages.map((it) => html`<li><a href="${it.href}" hreflang="${it.locale}" lang="${it.locale}"${it.locale === locale ? raw(' aria-current="true"') : nothing}>${languageName(it.locale)}</a></li>`)}</ul></nav>` : nothing}
${cart ? cartOf(cart) : nothing}
</header>
<main id="content" tabindex="-1">
${raw(preview ? linksWithin(preview, base, main) : main)}
</main>
${footerOf({ siteName, contact, legal, locale, hours: frame.business?.openingHours ?? [] })}
</body>
</html>
`;
  return String(page);
}
