import type { InferSelectModel } from "drizzle-orm";
import { integer, type SQLiteColumn, type SQLiteTable, text } from "drizzle-orm/sqlite-core";
import { foldedColumn } from "../../core/storage/folded.ts";
import { type Change, changeColumn } from "../../core/storage/history/table.ts";
import { tenantColumns } from "../../core/storage/tables.ts";

/** The columns of everything below a site. */
export const itemColumns = {
  id: text("id").primaryKey(),
  ...tenantColumns,
  siteId: text("site_id").notNull(),
  ...foldedColumn,
  ...changeColumn,
  version: integer("version").notNull(),
  createdAt: integer("created_at").notNull(),
  updatedAt: integer("updated_at").notNull(),
};

type ItemColumn = keyof typeof itemColumns;

/** A table with those columns. */
export type ItemTable = SQLiteTable & Record<ItemColumn, SQLiteColumn>;

export type RowOf<Table extends ItemTable> = InferSelectModel<Table> & ItemRow;

/** What every row says, whatever it is of. */
export interface ItemRow {
  id: string;
  siteId: string;
  change: Change | null;
  version: number;
  createdAt: number;
  updatedAt: number;
}

/** The columns that are the resource's own: the rest is filled in for it. */
export type OwnColumns<Table extends ItemTable> = Omit<InferSelectModel<Table>, ItemColumn>;
