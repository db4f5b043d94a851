import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { tenantColumns } from "../../core/storage/tables.ts";

/** Features a customer counts under names of their own, by month. */
export const customUsage = sqliteTable(
  "custom_usage",
  {
    ...tenantColumns,
    feature: text("feature").notNull(),
    period: text("period").notNull(),
    used: integer("used").notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.environment, table.period, table.feature] })],
);
