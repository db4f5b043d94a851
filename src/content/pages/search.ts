import { type SQL, sql } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { phrasesOf } from "../../core/fold.ts";
import { pages } from "./table.ts";
import { siteWord } from "./words.ts";

/** The full-text index over pages, which a migration makes by hand and triggers keep. */
const pagesSearch = sqliteTable("pages_search", {
  rowid: integer("rowid").notNull(),
  site: text(pages.site.name),
  title: text(pages.title.name),
  searchText: text(pages.searchText.name),
});

const MAX_WORDS = 20;

/**
 * Pages of the site in which every word of the search occurs, in the title or the text, the last one also as a beginning.
 * Words are quoted for FTS5, so nothing a caller types is an operator.
 */
export function matchesSearch(siteId: string, search: string): SQL {
  const phrases = phrasesOf(search).slice(0, MAX_WORDS);
  if (phrases.length === 0) return sql`0`;
  const terms = phrases.map((phrase, index) => `"${phrase}"${index === phrases.length - 1 ? "*" : ""}`);
  const { site, title, searchText } = pagesSearch;
  const match = `${site.name} : "${siteWord(siteId)}" AND {${title.name} ${searchText.name}} : (${terms.join(" AND ")})`;
  return sql`${pages.seq} IN (SELECT ${pagesSearch.rowid} FROM ${pagesSearch} WHERE ${pagesSearch} MATCH ${match})`;
}
