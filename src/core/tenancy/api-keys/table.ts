import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { AccessType } from "../../keys/policy.ts";
import type { Right } from "../../keys/rights.ts";
import { foldedColumn, searched } from "../../storage/folded.ts";
import { tenantColumns } from "../../storage/tables.ts";

const list = (name: string) => text(name, { mode: "json" }).$type<string[]>();

/** An API key. Its value is never here, only the SHA-256 of it. */
export const apiKeys = sqliteTable(
  "api_keys",
  {
    id: integer("id").primaryKey(),
    ...tenantColumns,
    name: text("name").notNull(),
    ...foldedColumn,
    contactEmail: text("contact_email"),
    prefix: text("prefix").notNull(),
    hash: text("hash").notNull().unique(),
    scopes: list("scopes"),
    rights: text("rights", { mode: "json" }).$type<Right[]>(),
    siteIds: list("site_ids"),
    /** Whether it reaches the other workspaces of its account. */
    accountAccess: integer("account_access", { mode: "boolean" }).notNull().default(false),
    accessType: text("access_type").$type<AccessType>().notNull(),
    attributes: list("attributes"),
    channels: list("channels"),
    allowedIps: list("allowed_ips"),
    rateLimitTier: text("rate_limit_tier"),
    monthlyCap: integer("monthly_cap"),
    isActive: integer("is_active", { mode: "boolean" }).notNull(),
    expiresAt: integer("expires_at"),
    /** How many days ahead its owner was last told that it expires: 7, then 1. */
    expiryNotice: integer("expiry_notice"),
    /** When it stops because it was revoked, or when the grace of a rotation ends. */
    endsAt: integer("ends_at"),
    revokedAt: integer("revoked_at"),
    rotatedFrom: integer("rotated_from"),
    /** The first key of its line of rotations; `null` for the first itself. */
    familyId: integer("family_id"),
    rotatedTo: integer("rotated_to"),
    lastUsedAt: integer("last_used_at"),
    lastUsedIp: text("last_used_ip"),
    lastUsedUserAgent: text("last_used_user_agent"),
    /** The last UTC day each scope was needed. */
    usedScopes: text("used_scopes", { mode: "json" }).$type<Record<string, string>>(),
    version: integer("version").notNull(),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (table) => [
    index("api_keys_by_expiry").on(table.expiresAt),
    index("api_keys_expiring").on(table.workspaceId, table.expiresAt).where(sql`${table.expiresAt} IS NOT NULL`),
    index("api_keys_in_grace").on(table.workspaceId, table.endsAt).where(sql`${table.rotatedTo} IS NOT NULL`),
    index("api_keys_by_family").on(table.familyId).where(sql`${table.familyId} IS NOT NULL`),
    index("api_keys_by_workspace").on(table.workspaceId, table.id).where(sql`${table.revokedAt} IS NULL`),
  ],
);

searched(apiKeys, [apiKeys.name, apiKeys.prefix]);

export type KeyRow = typeof apiKeys.$inferSelect;

/** The id that the keys of one line of rotations share. */
export const familyOf = ({ id, familyId }: Pick<KeyRow, "id" | "familyId">): number => familyId ?? id;

/** Calls of a key by UTC day; `shard` tells the objects of a very fast key apart. */
export const keyUsage = sqliteTable(
  "key_usage",
  {
    ...tenantColumns,
    keyId: integer("key_id").notNull(),
    day: text("day").notNull(),
    shard: integer("shard").notNull(),
    calls: integer("calls").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.keyId, table.day, table.shard] }),
    index("key_usage_by_workspace").on(table.workspaceId, table.day),
  ],
);
