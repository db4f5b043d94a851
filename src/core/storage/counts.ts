import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/*
 * Tables that migrations write by hand, with the triggers that are their reason. They stand apart from `tables.ts`, which
 * drizzle-kit makes migrations of.
 */

/** How many items of a name a scope has, counted by triggers, so that an exact total costs one row. */
export const collectionCounts = sqliteTable(
  "collection_counts",
  { scope: text("scope").notNull(), name: text("name").notNull(), n: integer("n").notNull() },
  (table) => [primaryKey({ columns: [table.scope, table.name] })],
);

/** Inserting a code aborts the batch with it: what `UnitOfWork.require` does when its condition does not hold. */
export const commitGuards = sqliteTable("commit_guards", { code: text("code").notNull() });
