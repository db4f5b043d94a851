import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { foldedColumn, searched } from "../../storage/folded.ts";

export const ROLES = ["owner", "admin", "member"] as const;
export type Role = (typeof ROLES)[number];

/** A member of a workspace. Members belong to both environments. */
export const users = sqliteTable(
  "users",
  {
    id: integer("id").primaryKey(),
    workspaceId: integer("workspace_id").notNull(),
    name: text("name").notNull(),
    email: text("email").notNull(),
    ...foldedColumn,
    role: text("role").$type<Role>().notNull(),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("users_email").on(table.workspaceId, table.email),
    index("users_by_workspace").on(table.workspaceId, table.id),
  ],
);

searched(users, [users.name, users.email]);
