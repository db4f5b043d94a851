import { type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

/**
 * Whether a column contains the text, ASCII letters alike in both cases. Not LIKE: D1 refuses patterns longer than
 * 50 bytes, and there is nothing in the text to escape.
 */
export const contains = (column: SQLiteColumn, text: string): SQL => sql`instr(lower(${column}), lower(${text})) > 0`;
