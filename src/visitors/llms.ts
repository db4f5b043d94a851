import type { Link, List, RootContent } from "mdast";
import type { ReadDatabase } from "../core/storage/database.ts";
import { markdownAddress } from "../rendering/markdown/address.ts";
import { writeMarkdown } from "../rendering/markdown/markdown.ts";
import { languageName } from "../rendering/page/page.ts";
import { wordsFor } from "../rendering/page/words.ts";
import { shopWordsFor } from "../rendering/shop/words.ts";
import { canonicalOf, homeOf, START_SLUG } from "./address.ts";
import { bookableEntries } from "./bookable.ts";
import { type Entry as Found, listEntries, shownLanguages } from "./find.ts";
import { shopEntries } from "./shop/addresses.ts";
import type { PublicSite } from "./site.ts";

/** Entries of each kind; a sitemap names the rest. */
const MAX_PAGES = 1_000;
const MAX_ARTICLES = 200;
const MAX_PRODUCTS = 500;

interface Entry {
  title: string;
  address: string;
  description?: string | null;
}

const onOneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

const linkOf = ({ title, address }: Entry): Link => ({
  type: "link",
  url: address,
  children: [{ type: "text", value: onOneLine(title) }],
});

const listOf = (entries: Entry[]): List => ({
  type: "list",
  ordered: false,
  spread: false,
  children: entries.map((entry) => {
    const words = entry.description ? onOneLine(entry.description) : "";
    const text = words === "" ? [] : [{ type: "text" as const, value: `: ${words}` }];
    return {
      type: "listItem",
      spread: false,
      children: [{ type: "paragraph", children: [linkOf(entry), ...text] }],
    };
  }),
});

/** A part of the list under its heading; nothing where it would be empty. */
const part = (heading: string, entries: Entry[]): RootContent[] =>
  entries.length === 0
    ? []
    : [{ type: "heading", depth: 2, children: [{ type: "text", value: heading }] }, listOf(entries)];

/** What a site has to read in a language, for programs: its pages and articles, each by the address of its Markdown (llmstxt.org). */
export async function llmsText(
  db: ReadDatabase,
  site: PublicSite,
  { origin, locale }: { origin: string; locale: string },
): Promise<string> {
  const words = wordsFor(locale);
  const [pages, articles, languages, sold, bookable] = await Promise.all([
    listEntries(db, site, { kind: "page", locale, limit: MAX_PAGES }),
    listEntries(db, site, { kind: "post", locale, limit: MAX_ARTICLES }),
    shownLanguages(db, site),
    shopEntries(db, site, { locale, limit: MAX_PRODUCTS }),
    bookableEntries(db, site, locale),
  ]);
  const entryOf = (it: Found): Entry => ({
    title: it.title,
    description: it.description,
    address: markdownAddress(canonicalOf(site, it, origin)),
  });
  const start = pages.find(({ slug, parentId }) => slug === START_SLUG && parentId === null);
  const summary: RootContent[] = start?.description
    ? [
        {
          type: "blockquote",
          children: [{ type: "paragraph", children: [{ type: "text", value: onOneLine(start.description) }] }],
        },
      ]
    : [];
  const others = languages
    .filter((it) => it !== locale)
    .map((it) => ({ title: languageName(it), address: `${homeOf(site, origin, it)}llms.txt` }));
  const sitemap = { title: "sitemap.xml", address: `${homeOf(site, origin)}sitemap.xml` };
  return writeMarkdown([
    { type: "heading", depth: 1, children: [{ type: "text", value: onOneLine(site.site.name) }] },
    ...summary,
    ...part(words.pages, [...pages, ...bookable].map(entryOf)),
    ...part(shopWordsFor(locale).shop, sold.map(entryOf)),
    ...part(words.blog, articles.map(entryOf)),
    ...part(words.languages, others),
    ...part("Optional", [sitemap]),
  ]);
}
