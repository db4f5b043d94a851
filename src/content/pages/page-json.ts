import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Page } from "./contract.ts";
import { pages } from "./table.ts";

/** A time as `timestamp` shows it. */
export const isoTime = (milliseconds: SQLWrapper): SQL =>
  sql`strftime('%Y-%m-%dT%H:%M:%fZ', ${milliseconds} / 1000.0, 'unixepoch')`;

export const isoTimeOrNull = (milliseconds: SQLWrapper): SQL =>
  sql`CASE WHEN ${milliseconds} IS NULL THEN NULL ELSE ${isoTime(milliseconds)} END`;

/** A JSON object made where the row is: no content passes through the Worker. Its fields are those of the contract. */
export const jsonObject = <Shape>(fields: Record<keyof Shape & string, SQLWrapper>): SQL => {
  const entries = Object.entries<SQLWrapper>(fields);
  return sql`json_object(${sql.join(
    entries.map(([field, value]) => sql`${sql.raw(`'${field}'`)}, ${value}`),
    sql`, `,
  )})`;
};

/** JSON kept as text, as part of other JSON. */
export const json = (text: SQLWrapper): SQL => sql`json(${text})`;

/** A row of `pages` as `toPage` shows it. */
export const PAGE_JSON = jsonObject<Page>({
  id: pages.id,
  siteId: pages.siteId,
  title: pages.title,
  slug: pages.slug,
  status: pages.status,
  locale: pages.locale,
  translationOf: pages.translationOf,
  blocks: json(pages.blocks),
  seo: json(pages.seo),
  navigation: json(pages.navigation),
  parentId: pages.parentId,
  publishAt: isoTimeOrNull(pages.publishAt),
  version: pages.version,
  createdAt: isoTime(pages.createdAt),
  updatedAt: isoTime(pages.updatedAt),
  publishedAt: isoTimeOrNull(pages.publishedAt),
});
