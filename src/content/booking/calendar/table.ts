import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { tenantColumns } from "../../../core/storage/tables.ts";

/** The link to a site's calendar: which one is good now. The link itself is signed, and nowhere stored. */
export const bookingCalendars = sqliteTable("booking_calendars", {
  siteId: text("site_id").primaryKey(),
  ...tenantColumns,
  /** Counts its links: only the last one is good. */
  generation: integer("generation").notNull(),
  /** `false` once it was revoked, until a new one is asked for. */
  isOpen: integer("is_open", { mode: "boolean" }).notNull(),
});
