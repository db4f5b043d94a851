import { parseAccept } from "hono/utils/accept";
import type { Rendered } from "../rendering/document.ts";
import { frontMatter, markdownOf, WRITING } from "../rendering/markdown/markdown.ts";
import { daysIn } from "../rendering/page/dates.ts";
import { absoluteLinks, linksBelow } from "../rendering/text/links.ts";
import { type Addressed, canonicalOf, homeOf } from "./address.ts";
import { etagOf } from "./content.ts";
import { timeZoneOf } from "./frame.ts";
import type { PublicSite } from "./site.ts";

/** Whether a reader would rather have Markdown than HTML. A browser, which takes anything, has not asked for it. */
export function prefersMarkdown({ headers }: Request): boolean {
  const accepted = headers.get("Accept");
  if (!accepted?.includes("text/markdown")) return false;
  const qualityOf = (type: string) => parseAccept(accepted).find((it) => it.type.toLowerCase() === type)?.q ?? 0;
  const quality = qualityOf("text/markdown");
  return quality > 0 && quality >= qualityOf("text/html");
}

/** Names the Markdown of a deployment's documents. */
export const markdownEtag = (site: PublicSite): string => etagOf(site).replace(/"$/, `-md${WRITING}"`);

/**
 * What a document says, as Markdown, made of what its publish has rendered. Addresses in it are absolute: whoever reads it
 * may have it from anywhere.
 */
export async function markdownDocument(
  site: PublicSite,
  { title, description, main, article }: Rendered,
  { page, origin }: { page: Addressed; origin: string },
): Promise<string> {
  const { locale } = page;
  const address = canonicalOf(site, page, origin);
  const base = homeOf(site, origin).replace(/\/$/, "");
  const html = absoluteLinks(address, linksBelow(base, daysIn(main, locale, timeZoneOf(site))));
  const fields = {
    title,
    description,
    url: address,
    lang: locale,
    author: article?.author ?? null,
    published: article?.publishedAt ?? null,
    updated: article?.updatedAt ?? null,
    tags: article?.tags ?? [],
  };
  return `${frontMatter(fields)}\n${await markdownOf(html)}`;
}
