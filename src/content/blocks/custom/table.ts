import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { tenantColumns } from "../../../core/storage/tables.ts";
import type { CustomProperty, Template } from "../../../rendering/custom/block.ts";
import { itemColumns } from "../../resource/columns.ts";

/** A block that a website has put together of others. */
export const customBlocks = sqliteTable(
  "custom_blocks",
  {
    ...itemColumns,
    label: text("label").notNull(),
    description: text("description"),
    template: text("template", { mode: "json" }).$type<Template>().notNull(),
    properties: text("properties", { mode: "json" }).$type<CustomProperty[]>().notNull(),
    /** Counts the changes that pages show: of `template` and `properties`. */
    templateVersion: integer("template_version").notNull(),
    /** How many pages use it (kept by triggers). */
    usageCount: integer("usage_count").notNull(),
    createdBy: text("created_by").notNull(),
  },
  (table) => [
    index("custom_blocks_by_creation").on(table.siteId, table.createdAt, table.id),
    index("custom_blocks_by_update").on(table.siteId, table.updatedAt, table.id),
  ],
);

/** Which page uses which block. Triggers on the pages keep it, whoever writes them; there may be no such block. */
export const customBlockUses = sqliteTable(
  "custom_block_uses",
  {
    pageId: text("page_id").notNull(),
    blockId: text("block_id").notNull(),
    ...tenantColumns,
    siteId: text("site_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.pageId, table.blockId] }),
    index("custom_block_uses_of_block").on(table.siteId, table.blockId, table.pageId),
  ],
);
