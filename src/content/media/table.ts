import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { foldedText } from "../../core/storage/folded.ts";
import { tenantColumns } from "../../core/storage/tables.ts";
import { itemColumns } from "../resource/columns.ts";

export const MEDIA_TYPES = ["image", "video", "document"] as const;

export type MediaType = (typeof MEDIA_TYPES)[number];

/** What must stay in sight when a picture is cropped, from 0 to 1 from left and top. */
export interface FocalPoint {
  x: number;
  y: number;
}

/** Files of a site. Their bytes lie in the bucket (`bucket.ts`) and count towards the plan's storage, by triggers. */
export const media = sqliteTable(
  "media",
  {
    ...itemColumns,
    filename: text("filename").notNull(),
    url: text("url").notNull(),
    type: text("type").$type<MediaType>().notNull(),
    contentType: text("content_type").notNull(),
    size: integer("size").notNull(),
    width: integer("width"),
    height: integer("height"),
    color: text("color"),
    alt: text("alt").notNull(),
    focalPoint: text("focal_point", { mode: "json" }).$type<FocalPoint>(),
    folder: text("folder"),
  },
  (table) => [
    index("media_by_creation").on(table.siteId, table.createdAt, table.id),
    index("media_by_update").on(table.siteId, table.updatedAt, table.id),
    index("media_by_type").on(table.siteId, table.type, table.createdAt, table.id),
    index("media_by_folder").on(table.siteId, foldedText(table.folded, table.folder), table.createdAt, table.id),
  ],
);

/**
 * Room kept for objects that no file stands for: uploads that have not come yet, with the bytes they may take, and what is
 * left in the bucket of deleted files, with none. What is due is collected.
 */
export const mediaUploads = sqliteTable(
  "media_uploads",
  {
    /** The id of the file that is made of it. */
    id: text("id").primaryKey(),
    ...tenantColumns,
    siteId: text("site_id").notNull(),
    filename: text("filename").notNull(),
    size: integer("size").notNull(),
    /** Who has asked for it, and with which key: an upload dies with that. */
    actor: text("actor").notNull(),
    keyId: integer("key_id"),
    dueAt: integer("due_at").notNull(),
  },
  (table) => [index("media_uploads_due").on(table.dueAt), index("media_uploads_by_workspace").on(table.workspaceId)],
);

/** Where files are used: a row for each thing whose content names one. */
export const mediaUses = sqliteTable(
  "media_uses",
  {
    mediaId: text("media_id").notNull(),
    /** As events name it: `page`, `post`, `product`, `site`. */
    place: text("place").notNull(),
    placeId: text("place_id").notNull(),
    ...tenantColumns,
    /** The site it is of; `null` for what belongs to none. */
    siteId: text("site_id"),
  },
  (table) => [
    primaryKey({ columns: [table.mediaId, table.place, table.placeId] }),
    index("media_uses_by_place").on(table.workspaceId, table.place, table.placeId),
  ],
);
