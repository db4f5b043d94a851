import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { tenantColumns } from "../../core/storage/tables.ts";

export const JOB_STATUSES = ["queued", "running", "succeeded", "failed", "cancelled"] as const;

export type JobStatus = (typeof JOB_STATUSES)[number];

/** What jobs can be about. Each is declared once with `defineJob` and listed in `src/jobs.ts`. */
export const JOB_KINDS = ["publish", "ai_generate", "export", "import", "sandbox_reset", "campaign"] as const;

export type JobKindName = (typeof JOB_KINDS)[number];

/**
 * Work that goes on after its call was answered, in steps. Whoever takes a job's lease works on it until `dueAt`; should
 * he die, it is due again then.
 */
export const jobs = sqliteTable(
  "jobs",
  {
    id: text("id").primaryKey(),
    ...tenantColumns,
    /** `null` for a job of the whole workspace. */
    siteId: text("site_id"),
    kind: text("kind").$type<JobKindName>().notNull(),
    status: text("status").$type<JobStatus>().notNull(),
    /** 0 to 100. */
    progress: integer("progress").notNull(),
    /** What it is doing, in words. */
    step: text("step"),
    input: text("input", { mode: "json" }).notNull(),
    /** Where it has got to: what its next step goes on from. */
    state: text("state", { mode: "json" }),
    result: text("result", { mode: "json" }),
    /** What went wrong, for people, and what that is called. */
    error: text("error"),
    errorCode: text("error_code"),
    /** How often its present step was begun. */
    attempts: integer("attempts").notNull(),
    leaseId: text("lease_id"),
    /** When somebody may take it next; `null` once nothing is left to do. */
    dueAt: integer("due_at"),
    /** Who asked for it: `key:123`. */
    actor: text("actor").notNull(),
    version: integer("version").notNull(),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    startedAt: integer("started_at"),
    finishedAt: integer("finished_at"),
  },
  (table) => [
    index("jobs_by_creation").on(table.siteId, table.createdAt, table.id),
    index("jobs_of_workspace")
      .on(table.workspaceId, table.environment, table.kind, table.createdAt, table.id)
      .where(sql`${table.siteId} IS NULL`),
    index("jobs_due").on(table.dueAt).where(sql`${table.dueAt} IS NOT NULL`),
    index("jobs_due_by_workspace")
      .on(table.workspaceId, table.environment, table.dueAt)
      .where(sql`${table.dueAt} IS NOT NULL`),
    index("jobs_finished").on(table.finishedAt).where(sql`${table.finishedAt} IS NOT NULL`),
  ],
);

export type JobRow = typeof jobs.$inferSelect;
