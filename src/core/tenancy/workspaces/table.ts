import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { foldedColumn, searched } from "../../storage/folded.ts";

/** Who pays: its contract is the highest tier its workspaces may have. */
export const accounts = sqliteTable("accounts", {
  id: integer("id").primaryKey(),
  name: text("name").notNull(),
  contractTier: text("contract_tier").notNull(),
  createdAt: integer("created_at").notNull(),
});

/** A tenant. Its tier sets the limits of all its keys. */
export const workspaces = sqliteTable("workspaces", {
  id: integer("id").primaryKey(),
  accountId: integer("account_id")
    .notNull()
    .references(() => accounts.id),
  name: text("name").notNull(),
  slug: text("slug").notNull().unique(),
  ...foldedColumn,
  tier: text("tier").notNull(),
  settings: text("settings", { mode: "json" }).$type<Record<string, unknown>>().notNull(),
  version: integer("version").notNull(),
  createdAt: integer("created_at").notNull(),
  updatedAt: integer("updated_at").notNull(),
  deletedAt: integer("deleted_at"),
  /** Progress of the purge that follows a deletion. */
  purgedRows: integer("purged_rows").notNull().default(0),
  purgedAt: integer("purged_at"),
});

searched(workspaces, [workspaces.name, workspaces.slug]);
