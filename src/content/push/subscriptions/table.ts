import { index, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { itemColumns } from "../../resource/columns.ts";

/** A browser that wants to be told of what is new on a website. */
export const pushSubscriptions = sqliteTable(
  "push_subscriptions",
  {
    ...itemColumns,
    /** SHA-256 of the address: one browser is one row. */
    endpointHash: text("endpoint_hash").notNull(),
    /** Address and keys, encrypted by the vault (src/push/subscription.ts). */
    sealed: text("sealed").notNull(),
    /** The push service's: all that is shown of the address. */
    host: text("host").notNull(),
    /** The language of the page it was made on; `null` where nobody has said. */
    locale: text("locale"),
    /** What it wants to hear of; none stands for everything. */
    topics: text("topics", { mode: "json" }).$type<string[]>().notNull(),
  },
  (table) => [
    uniqueIndex("push_subscriptions_endpoint").on(table.siteId, table.endpointHash),
    index("push_subscriptions_by_creation").on(table.siteId, table.createdAt, table.id),
    index("push_subscriptions_by_update").on(table.siteId, table.updatedAt, table.id),
    // Campaigns go through them in this order.
    index("push_subscriptions_audience").on(table.siteId, table.id),
  ],
);

export type PushSubscriptionRow = typeof pushSubscriptions.$inferSelect;
