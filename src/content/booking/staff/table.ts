import type { InferSelectModel } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { itemColumns } from "../../resource/columns.ts";
import type { Week } from "../settings/hours.ts";

/** Somebody who does services. Which ones, the services say. */
export const staff = sqliteTable(
  "booking_staff",
  {
    ...itemColumns,
    name: text("name").notNull(),
    email: text("email"),
    /** `null`: whenever the website takes appointments. */
    hours: text("hours", { mode: "json" }).$type<Week | null>(),
    active: integer("active", { mode: "boolean" }).notNull(),
  },
  (table) => [
    index("booking_staff_by_creation").on(table.siteId, table.createdAt, table.id),
    index("booking_staff_by_update").on(table.siteId, table.updatedAt, table.id),
  ],
);

export type StaffRow = InferSelectModel<typeof staff>;
