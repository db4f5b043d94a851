import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { foldedColumn, searched } from "../../core/storage/folded.ts";
import { keepVersions } from "../../core/storage/history/kept.ts";
import { changeColumn } from "../../core/storage/history/table.ts";
import { tenantColumns } from "../../core/storage/tables.ts";
import type { PublicationStatus } from "../../core/publication.ts";
import { readableText } from "../../rendering/text/readable.ts";

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
    ...foldedColumn,
    status: text("status").$type<PublicationStatus>().notNull(),
    tags: text("tags", { mode: "json" }).$type<string[]>().notNull(),
    version: integer("version").notNull(),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    publishedAt: integer("published_at"),
    /** Its language; `null` for the site's own. */
    locale: text("locale"),
    ...changeColumn,
  },
  (table) => [
    // Addresses lie below a site; what belongs to none is told apart in its workspace.
    uniqueIndex("posts_slug").on(table.siteId, table.slug),
    uniqueIndex("posts_slug_siteless")
      .on(table.workspaceId, table.environment, table.slug)
      .where(sql`${table.siteId} IS NULL`),
    index("posts_by_workspace").on(table.workspaceId, table.environment, table.id),
    index("posts_by_site").on(table.siteId, table.status),
  ],
);

searched(posts, [posts.title, { column: posts.content, read: readableText }]);

keepVersions(posts, { kind: "post", title: "title" });
