import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { tenantColumns } from "../core/storage/tables.ts";
import type { DeviceClass } from "./tracked-event.ts";

/** A day's random salt for visitor hashes, deleted two days later. */
export const analyticsSalts = sqliteTable("analytics_salts", {
  day: text("day").primaryKey(),
  salt: text("salt").notNull(),
});

/**
 * What was visited on a day of a site's time zone, as `facts/part.ts` writes it, in parts of at most a megabyte. Written by
 * the site's object, always as a whole: the same roll-up twice is one.
 */
export const analyticsDays = sqliteTable(
  "analytics_days",
  {
    ...tenantColumns,
    siteId: text("site_id").notNull(),
    day: text("day").notNull(),
    part: integer("part").notNull(),
    /** Events of the day when it was written: what comes late does not overwrite what is newer. */
    eventCount: integer("event_count").notNull(),
    facts: text("facts").notNull(),
  },
  (table) => [primaryKey({ columns: [table.siteId, table.day, table.part] })],
);

/** Where the visit came from in which an order was placed, as `About` in JSON. Nothing else is known of that visit. */
export const orderOrigins = sqliteTable(
  "order_origins",
  {
    ...tenantColumns,
    siteId: text("site_id").notNull(),
    orderId: text("order_id").notNull(),
    origin: text("origin", { mode: "json" }).$type<Record<string, string>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.siteId, table.orderId] })],
);

/** Events of earlier versions, a row each. Nothing is added any more; the cron carries them over to their sites' objects. */
export const analyticsEvents = sqliteTable(
  "analytics_events",
  {
    id: text("id").primaryKey(),
    ...tenantColumns,
    siteId: text("site_id").notNull(),
    /** UTC, `2026-11-20`. */
    day: text("day").notNull(),
    type: text("type").notNull(),
    path: text("path").notNull(),
    referrerHost: text("referrer_host"),
    device: text("device").$type<DeviceClass>().notNull(),
    visitor: text("visitor").notNull(),
    session: text("session"),
    properties: text("properties", { mode: "json" }).$type<Record<string, unknown>>(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [index("analytics_events_by_day").on(table.siteId, table.day, table.type)],
);
