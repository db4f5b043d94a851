import { html, raw } from "hono/html";
import type { Page } from "../../content/pages/contract.ts";
import { beginsWithHero, renderBlocks } from "../blocks/index.ts";
import { type Html, nothing } from "../blocks/kit.ts";
import { imageOf } from "./props.ts";

/** An entry of the navigation as a page shows it. */
export interface NavigationEntry {
  label: string;
  href: string;
  isCurrent: boolean;
}

/** What stands around every page of a site. */
export interface Frame {
  siteName: string;
  /** Where the site begins: `/s/{slug}`, or nothing under its own domain. */
  base: string;
  locale: string;
  navigation: NavigationEntry[];
  /** The same page in the site's languages. */
  translations: { locale: string; href: string }[];
  /** Absolute, for search engines. */
  canonical: string | null;
}

const RIGHT_TO_LEFT = /^(?:ar|fa|he|ur|yi|ps|sd|ug|dv)(?:-|$)/;

const WORDS: Record<string, { skip: string; menu: string; home: string }> = {
  en: { skip: "Skip to content", menu: "Main", home: "Home" },
  de: { skip: "Zum Inhalt springen", menu: "Hauptnavigation", home: "Startseite" },
  nl: { skip: "Naar de inhoud", menu: "Hoofdmenu", home: "Startpagina" },
  fr: { skip: "Aller au contenu", menu: "Menu principal", home: "Accueil" },
  es: { skip: "Saltar al contenido", menu: "Menú principal", home: "Inicio" },
};
export const wordsFor = (locale: string) => WORDS[locale.split("-")[0] as string] ?? (WORDS.en as (typeof WORDS)["en"]);

interface Head {
  title: string;
  description: string | null;
  image: string | null;
  isHidden: boolean;
}

/** A whole document; `main` is its content. */
export function document(frame: Frame, head: Head, main: Html | Html[]): string {
  const { base, locale, siteName, navigation, translations, canonical } = frame;
  const words = wordsFor(locale) as { skip: string; menu: string; home: string };
  const title = head.title === siteName ? siteName : `${head.title} · ${siteName}`;
  const page = html`${raw("<!doctype html>\n")}<html lang="${locale}" dir="${RIGHT_TO_LEFT.test(locale) ? "rtl" : "ltr"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${head.description ? html`<meta name="description" content="${head.description}">` : nothing}
${head.isHidden ? html`<meta name="robots" content="noindex">` : nothing}
${canonical ? html`<link rel="canonical" href="${canonical}">` : nothing}
${translations.length > 1 ? translations.map((it) => html`<link rel="alternate" hreflang="${it.locale}" href="${it.href}">`) : nothing}
<meta property="og:title" content="${head.title}">
<meta property="og:site_name" content="${siteName}">
${head.image ? html`<meta property="og:image" content="${head.image}">` : nothing}
<link rel="stylesheet" href="${base}/site.css">
<script src="${base}/pixel.js" defer></script>
</head>
<body>
<a class="skip" href="#content">${words.skip}</a>
<header class="site">
<p class="name"><a href="${base}/">${siteName}</a></p>
${navigation.length > 0 ? html`<nav aria-label="${words.menu}"><ul>${navigation.map((it) => html`<li><a href="${it.href}"${it.isCurrent ? raw(' aria-current="page"') : nothing}>${it.label}</a></li>`)}</ul></nav>` : nothing}
</header>
<main id="content" tabindex="-1">
${main}
</main>
<footer class="site">
<p>${siteName}</p>
${translations.length > 1 ? html`<ul>${translations.map((it) => html`<li><a href="${it.href}" hreflang="${it.locale}" lang="${it.locale}">${it.locale}</a></li>`)}</ul>` : nothing}
</footer>
</body>
</html>
`;
  return String(page);
}

/** A published page as its visitors see it. */
export function renderPage(frame: Frame, page: Page): string {
  const { seo, blocks, title, locale } = page;
  const heading = beginsWithHero(blocks) ? nothing : html`<h1>${title}</h1>`;
  const head = {
    title: seo.title ?? title,
    description: seo.description,
    image: imageOf({ image: seo.ogImage }, "image"),
    isHidden: seo.noIndex,
  };
  return document(frame, head, html`${heading}${renderBlocks(blocks, locale)}`);
}
