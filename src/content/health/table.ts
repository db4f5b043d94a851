import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** The cron's checks, counted by service and day. */
export const healthChecks = sqliteTable(
  "health_checks",
  {
    service: text("service").notNull(),
    day: text("day").notNull(),
    passed: integer("passed").notNull(),
    failed: integer("failed").notNull(),
    /** When the cron last looked. */
    checkedAt: integer("checked_at").notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.service, table.day] })],
);
