import { and, eq, or, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Audience } from "./table.ts";

/** Whether a subscriber with these columns belongs to an audience: `de` is also who reads `de-AT`. */
export function isWithin(
  { topics, locale }: Audience,
  columns: { topics: SQLiteColumn; locale: SQLiteColumn },
): SQL | undefined {
  const wants = sql`EXISTS (SELECT 1 FROM json_each(${columns.topics}) wanted
    WHERE wanted.value IN (SELECT value FROM json_each(${JSON.stringify(topics)})))`;
  const reads = (it: string) => or(eq(columns.locale, it), sql`${columns.locale} GLOB ${`${it}-*`}`);
  return and(topics.length > 0 ? wants : undefined, locale === null ? undefined : reads(locale));
}
