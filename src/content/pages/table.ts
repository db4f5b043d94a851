import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { keepVersions } from "../../core/storage/history/kept.ts";
import { changeColumn } from "../../core/storage/history/table.ts";
import { tenantColumns } from "../../core/storage/tables.ts";
import type { Block, Navigation, Seo } from "./parts.ts";
import type { PublicationStatus } from "../../core/publication.ts";
import { foldedColumn, foldedText, searched } from "../../core/storage/folded.ts";
import { wordsOfPage } from "./words.ts";

/** Whether somebody has given a page its place in the menu, rather than leaving it where new ones come. */
export const isPlaced = (navigation: SQLWrapper): SQL =>
  sql`(${navigation} ->> '$.label' IS NOT NULL OR ${navigation} ->> '$.order' <> 0)`;

/** A page in one language. `seq` is the row id the search index refers to. */
export const pages = sqliteTable(
  "pages",
  {
    seq: integer("seq").primaryKey({ autoIncrement: true }),
    id: text("id").notNull().unique(),
    ...tenantColumns,
    siteId: text("site_id").notNull(),
    title: text("title").notNull(),
    slug: text("slug").notNull(),
    status: text("status").$type<PublicationStatus>().notNull(),
    locale: text("locale").notNull(),
    /** The page this one translates; `null` for an original. */
    translationOf: text("translation_of"),
    parentId: text("parent_id"),
    blocks: text("blocks", { mode: "json" }).$type<Block[]>().notNull(),
    seo: text("seo", { mode: "json" }).$type<Seo>().notNull(),
    navigation: text("navigation", { mode: "json" }).$type<Navigation>().notNull(),
    ...foldedColumn,
    /** The words of title and blocks, for the search index. */
    searchText: text("search_text").notNull(),
    /** The site's id as one word, by which a search stays within the site. */
    site: text("site").notNull(),
    version: integer("version").notNull(),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    publishedAt: integer("published_at"),
    /** When the draft is to be published by itself. */
    publishAt: integer("publish_at"),
    ...changeColumn,
  },
  (table) => [
    uniqueIndex("pages_slug").on(table.siteId, table.locale, table.slug),
    uniqueIndex("pages_translation").on(table.translationOf, table.locale),
    index("pages_by_update").on(table.siteId, table.updatedAt, table.id),
    index("pages_by_creation").on(table.siteId, table.createdAt, table.id),
    index("pages_by_title").on(table.siteId, foldedText(table.folded, table.title), table.id),
    index("pages_by_parent").on(table.parentId),
    index("pages_placed").on(table.siteId, table.locale).where(isPlaced(table.navigation)),
    index("pages_due").on(table.publishAt).where(sql`${table.publishAt} IS NOT NULL`),
  ],
);

searched(pages, [pages.title], {
  of: ["title", "blocks"],
  make: (page) => ({ searchText: wordsOfPage(page) }),
});

keepVersions(pages, { kind: "page", title: "title", made: ["searchText"] });
