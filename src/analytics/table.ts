import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { tenantColumns } from "../core/storage/tables.ts";

export type DeviceClass = "desktop" | "mobile" | "tablet" | "bot" | "unknown";

/**
 * What visitors did, one row per tracked event. Nothing in it names a person: no address, no user agent, no query
 * string, and `visitor` cannot be traced back or followed into the next day once the day's salt is gone.
 */
export const analyticsEvents = sqliteTable(
  "analytics_events",
  {
    /** Made before the event was queued, so that a message delivered twice is one row. */
    id: text("id").primaryKey(),
    ...tenantColumns,
    siteId: text("site_id").notNull(),
    /** UTC, `2026-11-20`. */
    day: text("day").notNull(),
    /** `pageview`, or the name of an event of the site's own. */
    type: text("type").notNull(),
    path: text("path").notNull(),
    /** Where the visitor came from; `null` for direct visits and within the site. */
    referrerHost: text("referrer_host"),
    device: text("device").$type<DeviceClass>().notNull(),
    visitor: text("visitor").notNull(),
    /** The page script's session; `null` when it gave none: then 30 idle minutes of a visitor end one. */
    session: text("session"),
    properties: text("properties", { mode: "json" }).$type<Record<string, unknown>>(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [index("analytics_events_by_day").on(table.siteId, table.day, table.type)],
);

/** A day's random salt for visitor hashes, deleted two days later. */
export const analyticsSalts = sqliteTable("analytics_salts", {
  day: text("day").primaryKey(),
  salt: text("salt").notNull(),
});
