import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { itemColumns } from "../../../resource/columns.ts";

/** Whoever takes payments for a site and tells of them: a payment service, or an automation. */
export const paymentProviders = sqliteTable(
  "payment_providers",
  {
    ...itemColumns,
    name: text("name").notNull(),
    /** Where customers pay; `null` where they are sent nowhere. */
    payUrl: text("pay_url"),
    active: integer("active", { mode: "boolean" }).notNull(),
    /** What it signs its messages by, sealed (`core/vault.ts`). */
    secret: text("secret").notNull(),
    /** For a while after a rotation, the one before. */
    previousSecret: text("previous_secret"),
    previousSecretExpiresAt: integer("previous_secret_expires_at"),
  },
  (table) => [index("payment_providers_by_creation").on(table.siteId, table.createdAt, table.id)],
);

export type ProviderRow = typeof paymentProviders.$inferSelect;
