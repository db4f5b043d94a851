import { type InferSelectModel, sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { itemColumns } from "../../resource/columns.ts";

/** Something that people make an appointment for. Money is in minor units of its currency. */
export const services = sqliteTable(
  "booking_services",
  {
    ...itemColumns,
    name: text("name").notNull(),
    description: text("description"),
    image: text("image"),
    durationMinutes: integer("duration_minutes").notNull(),
    /** What an appointment keeps free around it, within opening hours or without. */
    bufferBeforeMinutes: integer("buffer_before_minutes").notNull(),
    bufferAfterMinutes: integer("buffer_after_minutes").notNull(),
    /** `null`: appointments follow each other, buffers between them. */
    slotIntervalMinutes: integer("slot_interval_minutes"),
    /** How many people have room at the same time: with one who does it, or altogether where nobody in particular does. */
    capacity: integer("capacity").notNull(),
    price: integer("price"),
    currency: text("currency").notNull(),
    noticeMinutes: integer("notice_minutes").notNull(),
    horizonDays: integer("horizon_days").notNull(),
    /** Who can do it, who is asked first in front; `null`: nobody in particular. */
    staffIds: text("staff_ids", { mode: "json" }).$type<string[] | null>(),
    active: integer("active", { mode: "boolean" }).notNull(),
    /** Its place among the others: the lowest comes first. */
    order: integer("place").notNull(),
  },
  (table) => [
    index("booking_services_by_order").on(table.siteId, table.order, table.id),
    index("booking_services_by_creation").on(table.siteId, table.createdAt, table.id),
    index("booking_services_by_update").on(table.siteId, table.updatedAt, table.id),
    // What visitors see.
    index("booking_services_shown").on(table.siteId, table.active, table.order, table.id),
    check("booking_services_times", sql.raw(`${table.durationMinutes.name} >= 1 AND ${table.capacity.name} >= 1`)),
  ],
);

export type ServiceRow = InferSelectModel<typeof services>;
