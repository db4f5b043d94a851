import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** The two columns every tenant row carries; `scoped` filters on them. */
export const tenantColumns = {
  workspaceId: integer("workspace_id").notNull(),
  environment: text("environment").$type<"live" | "sandbox">().notNull(),
};

/** Outcomes of writes that carried an Idempotency-Key, kept 24 h. The body is sealed with the caller's own key. */
export const idempotencyRecords = sqliteTable(
  "idempotency_records",
  {
    keyId: integer("key_id").notNull(),
    idempotencyKey: text("idempotency_key").notNull(),
    /** SHA-256 of method, path, query and body. */
    fingerprint: text("fingerprint").notNull(),
    status: integer("status").notNull(),
    headers: text("headers", { mode: "json" }).$type<Record<string, string>>().notNull(),
    sealedBody: text("sealed_body").notNull(),
    expiresAt: integer("expires_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.keyId, table.idempotencyKey] }),
    index("idempotency_records_expiry").on(table.expiresAt),
  ],
);

/** Tables whose rows are still to be folded, or anew since the rule is another, and how far that is (`foldRows`). */
export const foldings = sqliteTable("foldings", {
  table: text("table_name").primaryKey(),
  afterRow: integer("after_row").notNull(),
});

/** What happened, in the words of the event catalogue; written by the commit that made it happen. */
export const events = sqliteTable(
  "events",
  {
    seq: integer("seq").primaryKey({ autoIncrement: true }),
    id: text("id").notNull().unique(),
    ...tenantColumns,
    siteId: text("site_id"),
    type: text("type").notNull(),
    data: text("data", { mode: "json" }).notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [index("events_by_workspace").on(table.workspaceId, table.environment, table.seq)],
);

/** Who did what to which thing, when and from where. */
export const auditLog = sqliteTable(
  "audit_log",
  {
    seq: integer("seq").primaryKey({ autoIncrement: true }),
    ...tenantColumns,
    actor: text("actor").notNull(),
    action: text("action").notNull(),
    targetType: text("target_type").notNull(),
    targetId: text("target_id").notNull(),
    before: text("before", { mode: "json" }),
    after: text("after", { mode: "json" }),
    ip: text("ip").notNull(),
    requestId: text("request_id").notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [index("audit_log_by_workspace").on(table.workspaceId, table.environment, table.seq)],
);
