import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { tenantColumns } from "../../core/storage/tables.ts";
import type { PublicationStatus } from "../../core/publication.ts";

/** A blog post of a workspace. */
export const posts = sqliteTable(
  "posts",
  {
    id: integer("id").primaryKey(),
    ...tenantColumns,
    siteId: text("site_id"),
    authorId: integer("author_id"),
    title: text("title").notNull(),
    slug: text("slug").notNull(),
    excerpt: text("excerpt"),
    content: text("content").notNull(),
    status: text("status").$type<PublicationStatus>().notNull(),
    tags: text("tags", { mode: "json" }).$type<string[]>().notNull(),
    version: integer("version").notNull(),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    publishedAt: integer("published_at"),
  },
  (table) => [
    uniqueIndex("posts_slug").on(table.workspaceId, table.environment, table.slug),
    index("posts_by_workspace").on(table.workspaceId, table.environment, table.id),
    index("posts_by_site").on(table.siteId, table.status),
  ],
);
