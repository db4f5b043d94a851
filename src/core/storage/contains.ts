import { type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

/** What texts are sorted by, upper and lower case alike; an index on it has to be written the same. */
export const folded = (column: SQLiteColumn): SQL => sql`lower(${column})`;

/**
 * Whether a column contains the text, ASCII letters alike in both cases. Not LIKE: D1 refuses patterns longer than
 * 50 bytes, and there is nothing in the text to escape.
 */
export const contains = (column: SQLiteColumn, text: string): SQL => sql`instr(lower(${column}), lower(${text})) > 0`;
