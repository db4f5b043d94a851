import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import { tenantColumns } from "../core/storage/tables.ts";

/** What a website proves to push services that it is the sender by (VAPID, RFC 8292). Made once; browsers subscribe to it. */
export const pushKeys = sqliteTable("push_keys", {
  siteId: text("site_id").primaryKey(),
  ...tenantColumns,
  /** An uncompressed point of P-256, in base64url: what a page hands to `PushManager.subscribe`. */
  publicKey: text("public_key").notNull(),
  /** Sealed by the vault. */
  privateKey: text("private_key").notNull(),
});
