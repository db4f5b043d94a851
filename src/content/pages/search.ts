import { type SQL, sql } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Block } from "./parts.ts";
import { pages } from "./table.ts";

/** The full-text index over pages, which a migration makes by hand and triggers keep. */
const pagesSearch = sqliteTable("pages_search", {
  rowid: integer("rowid").notNull(),
  site: text(pages.site.name),
  title: text(pages.title.name),
  searchText: text(pages.searchText.name),
});

const MAX_TEXT = 200_000;

/** The words of a page's blocks: every text in their props that is not an address. */
export function textOf(blocks: readonly Block[]): string {
  const parts: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === "string") {
      if (!/^(?:https?:|\/|#)\S*$/.test(value)) parts.push(value);
    } else if (typeof value === "object" && value !== null) Object.values(value).forEach(collect);
  };
  for (const block of blocks) collect(block.props);
  return parts.join(" ").slice(0, MAX_TEXT);
}

/** The site's own word in the index, by which a search stays within it. */
export const siteWord = (siteId: string): string => siteId.toLowerCase().replace(/[^a-z0-9]/g, "");

/**
 * Pages of the site in which every word of the search occurs, in the title or the text, the last one also as a beginning.
 * Words are quoted for FTS5, so nothing a caller types is an operator.
 */
export function matchesSearch(siteId: string, search: string): SQL {
  const words = search.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
  if (words.length === 0) return sql`0`;
  const terms = words.slice(0, 20).map((word, index) => `"${word}"${index === words.length - 1 ? "*" : ""}`);
  const { site, title, searchText } = pagesSearch;
  const match = `${site.name} : "${siteWord(siteId)}" AND {${title.name} ${searchText.name}} : (${terms.join(" AND ")})`;
  return sql`${pages.seq} IN (SELECT ${pagesSearch.rowid} FROM ${pagesSearch} WHERE ${pagesSearch} MATCH ${match})`;
}
