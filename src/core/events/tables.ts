import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { AccessType } from "../keys/policy.ts";
import { foldedColumn, searched } from "../storage/folded.ts";
import { tenantColumns } from "../storage/tables.ts";

/** Why an endpoint is not active: its owner said so, it answered 410, it failed for too long, or its key is no more. */
export const INACTIVE_REASONS = ["deactivated", "gone", "failing", "key_revoked"] as const;
export type InactiveReason = (typeof INACTIVE_REASONS)[number];

/** A bucket of deliveries as it was stored: how full it was, and when. */
export interface Pace {
  level: number;
  at: number;
  held?: number;
  heldUntil?: number;
}

/** Where a workspace, or one of its sites, wants to hear of events. */
export const webhookEndpoints = sqliteTable(
  "webhook_endpoints",
  {
    id: integer("id").primaryKey(),
    ...tenantColumns,
    /** Events of this site only; `null` for all of the workspace. */
    siteId: text("site_id"),
    url: text("url").notNull(),
    description: text("description"),
    ...foldedColumn,
    /** Patterns: a type, `post.*` or `*`. */
    events: text("events", { mode: "json" }).$type<string[]>().notNull(),
    isActive: integer("is_active", { mode: "boolean" }).notNull(),
    inactiveReason: text("inactive_reason").$type<InactiveReason>(),
    /** Encrypted by the vault, as is the previous one, which signs too until its time is over. */
    secret: text("secret").notNull(),
    previousSecret: text("previous_secret"),
    previousSecretUntil: integer("previous_secret_until"),
    actor: text("actor").notNull(),
    /** The key that stands behind it, whose present powers bound what it hears; `null` for one of ours. */
    keyId: integer("key_id"),
    /** What kind that key is: keys of type `integrations` see the endpoints of their kind. */
    accessType: text("access_type").$type<AccessType>().notNull(),
    /** When that key ends: an active endpoint pauses then. `null` while that is not foreseen. */
    pausesAt: integer("pauses_at"),
    /** Attempts that succeeded and failed, ever, and failures since the last success. */
    successCount: integer("success_count").notNull().default(0),
    failureCount: integer("failure_count").notNull().default(0),
    consecutiveFailures: integer("consecutive_failures").notNull().default(0),
    failingSince: integer("failing_since"),
    lastDeliveryAt: integer("last_delivery_at"),
    /** Deliveries that are done with, one way or the other. */
    finishedCount: integer("settled_count").notNull().default(0),
    /** Its replays, counted by triggers. */
    replayCount: integer("replay_count").notNull().default(0),
    /** Who works on the endpoint's deliveries, and until when nobody else does; `null` while a wake-up is on its way. */
    leaseId: text("lease_id"),
    leaseUntil: integer("lease_until").notNull().default(0),
    /** Nothing is sent before: the receiver hung, refused or asked for time. */
    restUntil: integer("rest_until").notNull().default(0),
    /** How many deliveries it may be sent right now. */
    pace: text("pace", { mode: "json" }).$type<Pace>(),
    version: integer("version").notNull(),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    /** Deleted for everybody; its deliveries are dropped in the background. */
    deletedAt: integer("deleted_at"),
  },
  (table) => [
    index("webhook_endpoints_by_workspace")
      .on(table.workspaceId, table.environment, table.id)
      .where(sql`${table.deletedAt} IS NULL`),
    // With the columns of the one above: of the two, a site's list takes this one.
    index("webhook_endpoints_by_site")
      .on(table.workspaceId, table.environment, table.siteId, table.id)
      .where(sql`${table.deletedAt} IS NULL`),
    index("webhook_endpoints_by_key").on(table.keyId).where(sql`${table.keyId} IS NOT NULL`),
    index("webhook_endpoints_pausing").on(table.pausesAt).where(sql`${table.pausesAt} IS NOT NULL`),
    index("webhook_endpoints_deleted").on(table.deletedAt).where(sql`${table.deletedAt} IS NOT NULL`),
  ],
);

searched(webhookEndpoints, [webhookEndpoints.url, webhookEndpoints.description]);

export type DeliveryStatus = "pending" | "retrying" | "success" | "failed";

/** What of a POST's headers cannot be told from anything else afterwards. */
export interface Sent {
  /** Unix seconds. */
  timestamp: number;
  signature: string;
}

/** One POST as it went. */
export interface Attempt {
  number: number;
  at: number;
  /** HTTP status; `null` when there was no answer. */
  status: number | null;
  durationMs: number;
  /** The first kilobyte of the answer's body. */
  response: string | null;
  /** What went wrong, in words; `null` for a success. */
  error: string | null;
  /** Absent when nothing was sent, or it was before this was kept. */
  sent?: Sent | undefined;
}

/**
 * One event on its way to one endpoint. The primary key is all the order and uniqueness there is (the table has no row
 * id), and the one index holds only what is still due: a delivery costs few written rows.
 */
export const webhookDeliveries = sqliteTable(
  "webhook_deliveries",
  {
    endpointId: integer("endpoint_id").notNull(),
    /** The event's number; with the endpoint it names the delivery. */
    eventSeq: integer("event_seq").notNull(),
    eventId: text("event_id").notNull(),
    eventType: text("event_type").notNull(),
    status: text("status").$type<DeliveryStatus>().notNull(),
    /** Attempts so far, and those since the delivery was last started afresh by a replay. */
    attempt: integer("attempt").notNull(),
    round: integer("round").notNull(),
    attempts: text("attempts", { mode: "json" }).$type<Attempt[]>().notNull(),
    /** When the next attempt is due; `null` when there is none. */
    nextAttemptAt: integer("next_attempt_at"),
    responseCode: integer("response_code"),
    deliveredAt: integer("delivered_at"),
    replayId: integer("replay_id"),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.endpointId, table.eventSeq] }),
    index("webhook_deliveries_due")
      .on(table.endpointId, table.nextAttemptAt)
      .where(sql`${table.nextAttemptAt} IS NOT NULL`),
  ],
);

export const REPLAY_STATUSES = ["failed", "missed", "success", "all"] as const;

/** A range of events on its way to one endpoint once more. */
export const webhookReplays = sqliteTable(
  "webhook_replays",
  {
    id: integer("id").primaryKey(),
    ...tenantColumns,
    endpointId: integer("endpoint_id").notNull(),
    fromAt: integer("from_at").notNull(),
    toAt: integer("to_at").notNull(),
    status: text("status").$type<(typeof REPLAY_STATUSES)[number]>().notNull(),
    /** Events are looked through from here up to `lastSeq`, a batch at a time. */
    afterSeq: integer("after_seq").notNull(),
    lastSeq: integer("last_seq").notNull(),
    queued: integer("queued").notNull(),
    actor: text("actor").notNull(),
    createdAt: integer("created_at").notNull(),
    finishedAt: integer("finished_at"),
    /** Somebody ended it, and what it had still to send. */
    cancelledAt: integer("cancelled_at"),
  },
  (table) => [
    index("webhook_replays_running").on(table.id).where(sql`${table.finishedAt} IS NULL`),
    index("webhook_replays_by_endpoint").on(table.endpointId, table.id),
  ],
);
