import { type InferSelectModel, sql } from "drizzle-orm";
import { check, index, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { foldedText } from "../../../core/storage/folded.ts";
import { itemColumns } from "../../resource/columns.ts";
import type { Times } from "../settings/hours.ts";

/** Days that are not like others of the week, for a website or for one of its staff: closed, or open at other times. */
export const exceptions = sqliteTable(
  "booking_exceptions",
  {
    ...itemColumns,
    /** Whose days they are; `null`: the website's. */
    staffId: text("staff_id"),
    /** The first and the last of the days, `YYYY-MM-DD`. */
    startDate: text("start_date").notNull(),
    endDate: text("end_date").notNull(),
    /** Empty: closed. */
    hours: text("hours", { mode: "json" }).$type<Times[]>().notNull(),
    note: text("note"),
  },
  (table) => [
    index("booking_exceptions_by_creation").on(table.siteId, table.createdAt, table.id),
    index("booking_exceptions_by_date").on(table.siteId, table.startDate, table.id),
    // Lists compare texts as they are folded, dates too.
    index("booking_exceptions_listed_by_date").on(table.siteId, foldedText(table.folded, table.startDate), table.id),
    index("booking_exceptions_of_staff_listed_by_date").on(
      table.siteId,
      table.staffId,
      foldedText(table.folded, table.startDate),
      table.id,
    ),
    index("booking_exceptions_of_staff").on(table.siteId, table.staffId, table.startDate, table.id),
    index("booking_exceptions_of_staff_by_creation").on(table.siteId, table.staffId, table.createdAt, table.id),
    check("booking_exceptions_dates", sql.raw(`${table.startDate.name} <= ${table.endDate.name}`)),
  ],
);

export type ExceptionRow = InferSelectModel<typeof exceptions>;
