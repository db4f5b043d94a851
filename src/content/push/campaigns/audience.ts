import { and, eq, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { sites } from "../../../core/tenancy/sites/table.ts";
import type { Audience } from "./table.ts";

/**
 * Whether a subscriber with these columns belongs to an audience. Who names no topic wants to hear of everything, and who
 * has no language is written to in the site's own; `de` is also who reads `de-AT`.
 */
export function isWithin(
  { siteId, audience: { topics, locale } }: { siteId: string; audience: Audience },
  columns: { topics: SQLiteColumn; locale: SQLiteColumn },
): SQL | undefined {
  const wants = sql`(json_array_length(${columns.topics}) = 0 OR EXISTS (SELECT 1 FROM json_each(${columns.topics}) wanted
    WHERE wanted.value IN (SELECT value FROM json_each(${JSON.stringify(topics)}))))`;
  const ofSite = sql`(SELECT ${sites.locale} FROM ${sites} WHERE ${eq(sites.id, siteId)})`;
  const reads = (it: string) =>
    sql`(coalesce(${columns.locale}, ${ofSite}) = ${it} OR coalesce(${columns.locale}, ${ofSite}) GLOB ${`${it}-*`})`;
  return and(topics.length > 0 ? wants : undefined, locale === null ? undefined : reads(locale));
}
