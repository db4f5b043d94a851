import { and, eq, lte, sql } from "drizzle-orm";
import type { Runtime } from "../../../core/runtime.ts";
import type { Database } from "../../../core/storage/database.ts";
import { laterThan } from "../../../core/work/versioned.ts";
import { findKind, isOurs, type JobKind } from "../kind.ts";
import { type JobRow, jobs } from "../table.ts";

/** A job nobody else works on, and what carries it out. */
export interface Held {
  kind: JobKind;
  row: JobRow;
  leaseId: string;
}

/** Takes the lease of a job that is due; `null` when it is not, or somebody else was faster. Exactly one taker succeeds. */
export async function takeLease(
  db: Database,
  jobId: string,
  { now, uuid }: Pick<Runtime, "now" | "uuid">,
): Promise<Held | null> {
  const [found] = await db.select({ kind: jobs.kind }).from(jobs).where(eq(jobs.id, jobId));
  const kind = found && findKind(found.kind);
  if (!kind || !isOurs(kind)) return null;
  const at = now();
  const leaseId = uuid();
  const [row] = await db
    .update(jobs)
    .set({
      leaseId,
      dueAt: at + kind.leaseMs,
      attempts: sql`${jobs.attempts} + 1`,
      status: sql`CASE ${jobs.status} WHEN 'queued' THEN 'running' ELSE ${jobs.status} END`,
      startedAt: sql`coalesce(${jobs.startedAt}, ${at})`,
      version: sql`${jobs.version} + 1`,
      updatedAt: laterThan(jobs.updatedAt, at),
    })
    .where(and(eq(jobs.id, jobId), lte(jobs.dueAt, at)))
    .returning();
  return row ? { kind, row, leaseId } : null;
}
