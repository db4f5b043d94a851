import { type InferSelectModel, sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { itemColumns } from "../../resource/columns.ts";

export const RESERVATION_STATUSES = ["pending", "confirmed", "seated", "completed", "cancelled", "no_show"] as const;
export type ReservationStatus = (typeof RESERVATION_STATUSES)[number];

export const RESERVATION_SOURCES = ["api", "visitor"] as const;

/** Who comes; of a walk-in there may be neither a name nor an address. */
export interface ReservationCustomer {
  name: string | null;
  email: string | null;
  phone: string | null;
}

/**
 * No reservation is longer than this: what overlaps a moment has begun at most so long before it, so that finding it reads
 * few rows.
 */
export const LONGEST_MS = 86_400_000;

/** A table that is kept for a party. Moments are in milliseconds since the epoch. */
export const reservations = sqliteTable(
  "table_reservations",
  {
    ...itemColumns,
    tableId: text("table_id").notNull(),
    status: text("status").$type<ReservationStatus>().notNull(),
    /** The day and the time by the website's clock as they were reserved; `startAt` and `endAt` are what counts. */
    date: text("date").notNull(),
    time: text("time").notNull(),
    startAt: integer("start_at").notNull(),
    endAt: integer("end_at").notNull(),
    /** Until when it keeps others from its table: its end, or `null` once it is over. */
    busyUntil: integer("busy_until"),
    /** When it is over by itself: nobody has come, or it was never confirmed; `null` for never. */
    heldUntil: integer("held_until"),
    partySize: integer("party_size").notNull(),
    customer: text("customer", { mode: "json" }).$type<ReservationCustomer>().notNull(),
    note: text("note"),
    /** Why it was cancelled. */
    reason: text("reason"),
    /** Seated or promised by the owner: out of what is kept for walk-ins, at any time. */
    walkIn: integer("walk_in", { mode: "boolean" }).notNull(),
    source: text("source").$type<(typeof RESERVATION_SOURCES)[number]>().notNull(),
    /** When its customer has opened the link that was sent to the address it names; `null` where nobody is asked to. */
    emailConfirmedAt: integer("email_confirmed_at"),
    /** The language it was made in; `null` for the website's own. */
    locale: text("locale"),
    /** Names the form it came of: one form makes one reservation. */
    formKey: text("form_key"),
    /** A hash of what was asked for by it: it stays when the reservation is moved. */
    askedHash: text("asked_hash"),
  },
  (table) => [
    index("reservations_by_creation").on(table.siteId, table.createdAt, table.id),
    index("reservations_by_update").on(table.siteId, table.updatedAt, table.id),
    index("reservations_by_start").on(table.siteId, table.startAt, table.id),
    index("reservations_by_status").on(table.siteId, table.status, table.createdAt, table.id),
    index("reservations_by_date").on(table.siteId, table.date, table.createdAt, table.id),
    index("reservations_by_table").on(table.siteId, table.tableId, table.createdAt, table.id),
    index("reservations_held").on(table.siteId, table.startAt).where(sql`${table.busyUntil} IS NOT NULL`),
    index("reservations_held_by_table")
      .on(table.siteId, table.tableId, table.startAt, table.busyUntil)
      .where(sql`${table.busyUntil} IS NOT NULL`),
    index("reservations_due").on(table.heldUntil).where(sql`${table.heldUntil} IS NOT NULL`),
    index("reservations_due_in_workspace")
      .on(table.workspaceId, table.environment, table.heldUntil)
      .where(sql`${table.heldUntil} IS NOT NULL`),
    uniqueIndex("reservations_form").on(table.siteId, table.formKey),
    check(
      "reservations_length",
      sql.raw(
        `${table.startAt.name} < ${table.endAt.name} AND ${table.endAt.name} - ${table.startAt.name} <= ${LONGEST_MS}`,
      ),
    ),
    check("reservations_party", sql.raw(`${table.partySize.name} >= 1`)),
  ],
);

export type ReservationRow = InferSelectModel<typeof reservations>;
