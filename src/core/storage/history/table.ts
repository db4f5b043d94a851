import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { foldedColumn, searched } from "../folded.ts";
import { tenantColumns } from "../tables.ts";

/** How a state of something came about. */
export interface Change {
  /** `key:123`, `job:publish-at`, …: as the audit log names whoever acts. */
  by: string;
  /** The fields that were changed, by their columns' names in the code; none for something new. */
  fields: string[];
  /** The version it was restored from. */
  restored?: number;
}

/** What a table has whose versions are kept: how its present state came about; `null` from before that was noted. */
export const changeColumn = { change: text("change", { mode: "json" }).$type<Change>() };

/**
 * States of things before their last change. A row is written by the commit of the change that ended it, with the statement
 * that ends it, so there is one for each version. `content` is the row as JSON, by the names of its columns.
 */
export const versions = sqliteTable(
  "versions",
  {
    // Grows with time: what is too old lies first.
    seq: integer("seq").primaryKey(),
    ...tenantColumns,
    kind: text("kind").notNull(),
    itemId: text("item_id").notNull(),
    version: integer("version").notNull(),
    ...changeColumn,
    changedAt: integer("changed_at").notNull(),
    /** When the next version took its place. */
    replacedAt: integer("replaced_at").notNull(),
    content: text("content").notNull(),
  },
  (table) => [uniqueIndex("versions_of_item").on(table.workspaceId, table.environment, table.itemId, table.version)],
);

/** What was tied to something when it was deleted, by ids. */
export interface Links {
  children?: string[];
  translations?: string[];
}

/** What was deleted and can still be restored; its last state is the version of that number. */
export const trash = sqliteTable(
  "trash",
  {
    id: text("id").primaryKey(),
    ...tenantColumns,
    /** Whose list shows it: a site's id, or `tenantScope`. */
    scope: text("scope").notNull(),
    siteId: text("site_id"),
    kind: text("kind").notNull(),
    title: text("title").notNull(),
    ...foldedColumn,
    version: integer("version").notNull(),
    links: text("links", { mode: "json" }).$type<Links>(),
    deletedBy: text("deleted_by").notNull(),
    deletedAt: integer("deleted_at").notNull(),
    purgeAt: integer("purge_at").notNull(),
  },
  (table) => [
    index("trash_by_scope").on(table.scope, table.deletedAt, table.id),
    index("trash_by_kind").on(table.scope, table.kind, table.deletedAt, table.id),
    index("trash_by_workspace").on(table.workspaceId, table.environment),
    index("trash_by_age").on(table.purgeAt),
  ],
);

searched(trash, [trash.title]);
