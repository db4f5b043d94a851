import { type InferSelectModel, sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { itemColumns } from "../../resource/columns.ts";

export const BOOKING_STATUSES = ["pending", "confirmed", "completed", "cancelled", "no_show", "expired"] as const;
export type BookingStatus = (typeof BOOKING_STATUSES)[number];

export const BOOKING_SOURCES = ["api", "visitor"] as const;

/** Who comes. */
export interface BookingCustomer {
  name: string;
  email: string;
  phone: string | null;
}

const DAY_MS = 86_400_000;

/** No appointment takes longer than this, buffers included: what overlaps a moment starts near it, and is found among few. */
export const LONGEST_BUSY_MS = 3 * DAY_MS;

/** An appointment. Moments are in milliseconds since the epoch, the price in minor units of its currency. */
export const bookings = sqliteTable(
  "bookings",
  {
    ...itemColumns,
    serviceId: text("service_id").notNull(),
    /** Who does it; `null` for a service that nobody in particular does. */
    staffId: text("staff_id"),
    status: text("status").$type<BookingStatus>().notNull(),
    /** The day and the times as they were booked, by the website's clock of then: `startAt` and `endAt` are what counts. */
    date: text("date").notNull(),
    startTime: text("start_time").notNull(),
    endTime: text("end_time").notNull(),
    startAt: integer("start_at").notNull(),
    endAt: integer("end_at").notNull(),
    /** From when until when it keeps others out: the appointment and the service's buffers around it. */
    busyFrom: integer("busy_from").notNull(),
    busyUntil: integer("busy_until").notNull(),
    /** Until when it waits to be confirmed, while it is pending; `null` for as long as it takes. */
    holdUntil: integer("hold_until"),
    /** After a failure to expire it: when to try again, so that it does not keep others waiting. */
    retryAt: integer("retry_at"),
    customer: text("customer", { mode: "json" }).$type<BookingCustomer>().notNull(),
    people: integer("people").notNull(),
    note: text("note"),
    /** What the service cost when it was booked, for all of the people; `null` where it names no price. */
    price: integer("price"),
    currency: text("currency"),
    confirmedAt: integer("confirmed_at"),
    completedAt: integer("completed_at"),
    cancelledAt: integer("cancelled_at"),
    /** Why it was cancelled. */
    reason: text("reason"),
    /** How often it was moved to another time, or to somebody else. */
    reschedules: integer("reschedules").notNull(),
    source: text("source").$type<(typeof BOOKING_SOURCES)[number]>().notNull(),
    /** Names the form or the call of a visitor that it came of: one makes one booking. */
    bookingKey: text("booking_key"),
    /** A hash of what was asked for under that key: it stays when the booking is moved. */
    askedHash: text("asked_hash"),
    /** The language it was booked in; `null` for the website's own. */
    locale: text("locale"),
  },
  (table) => [
    index("bookings_by_creation").on(table.siteId, table.createdAt, table.id),
    index("bookings_by_update").on(table.siteId, table.updatedAt, table.id),
    index("bookings_by_start").on(table.siteId, table.startAt, table.id),
    index("bookings_by_status").on(table.siteId, table.status, table.createdAt, table.id),
    index("bookings_by_status_and_start").on(table.siteId, table.status, table.startAt, table.id),
    index("bookings_by_service").on(table.siteId, table.serviceId, table.startAt, table.id),
    index("bookings_by_staff").on(table.siteId, table.staffId, table.startAt, table.id),
    uniqueIndex("bookings_key").on(table.siteId, table.bookingKey),
    index("bookings_due").on(table.holdUntil).where(sql`${table.holdUntil} IS NOT NULL`),
    index("bookings_due_in_workspace")
      .on(table.workspaceId, table.environment, table.holdUntil)
      .where(sql`${table.holdUntil} IS NOT NULL`),
    check("bookings_times", sql.raw(`${table.startAt.name} < ${table.endAt.name}`)),
    check("bookings_before", sql.raw(`${table.busyFrom.name} <= ${table.startAt.name}`)),
    check("bookings_after", sql.raw(`${table.endAt.name} <= ${table.busyUntil.name}`)),
    check("bookings_length", sql.raw(`${table.busyUntil.name} - ${table.busyFrom.name} <= ${LONGEST_BUSY_MS}`)),
    check("bookings_people", sql.raw(`${table.people.name} >= 1`)),
  ],
);

export type BookingRow = InferSelectModel<typeof bookings>;
