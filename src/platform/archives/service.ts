import { eq } from "drizzle-orm";
import { conflict, DomainError, invalid } from "../../core/errors.ts";
import type { Ctx } from "../../core/work/context.ts";
import { exportKey } from "../../content/archive/bucket.ts";
import { ADDRESS_MS, uploadedFile } from "../../content/archive/uploads.ts";
import { EXPORT_JOB, type ExportResult, IMPORT_JOB } from "../../content/archive/jobs.ts";
import { exportable, importable, mayFetch } from "../../content/archive/rights.ts";
import { tokenOf } from "../../content/archive/token.ts";
import type { Job } from "../../content/jobs/contract.ts";
import { cancelJob } from "../../content/jobs/service/cancel.ts";
import { startJob } from "../../content/jobs/service/start.ts";
import { type JobRow, jobs } from "../../content/jobs/table.ts";
import { findWorkspace } from "../workspaces/service/find.ts";
import { findWorkspaceJob } from "./find.ts";

/** Starts an export of all that the caller may read. */
export function startExport({ ctx }: { ctx: Ctx }): Job {
  const { caller } = ctx;
  const input = { ...exportable(caller), siteIds: caller.siteIds === null ? null : [...caller.siteIds] };
  return startJob(ctx, EXPORT_JOB, { siteId: null, input, step: "Waiting to begin" });
}

/** Where an archive is to be fetched, for an hour; `null` when it is not there (any more). */
export async function downloadUrl(ctx: Ctx, row: JobRow): Promise<string | null> {
  const result = row.result as ExportResult | null;
  if (row.status !== "succeeded" || !result || result.expiresAt <= ctx.now) return null;
  const { workspaceId, keyId } = ctx.caller;
  const expiresAt = Math.min(ctx.now + ADDRESS_MS, result.expiresAt);
  const grant = { deed: "download" as const, key: exportKey(row, row.id), workspaceId, keyId, expiresAt };
  return `${ctx.origin}/archives/${await tokenOf(ctx.env, grant)}`;
}

/** Where the file lies that an import names. */
async function fileOf(ctx: Ctx, { export_id, upload_id }: { export_id?: string; upload_id?: string }): Promise<string> {
  if (upload_id !== undefined) return uploadedFile(ctx, upload_id, "upload_id");
  const missing = invalid("export_id", "is not an export of this account that the key may read");
  const [row] = await ctx.db
    .select()
    .from(jobs)
    .where(eq(jobs.id, export_id ?? ""));
  if (row?.kind !== "export" || row.environment !== ctx.caller.environment) throw missing;
  const from = await findWorkspace(ctx, row.workspaceId).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === "not_found") return null;
    throw error;
  });
  if (!from || !mayFetch(ctx.caller, row.input as never)) throw missing;
  const result = row.result as ExportResult | null;
  if (row.status !== "succeeded" || !result || result.expiresAt <= ctx.now) {
    throw conflict("export_id", "The export is not finished, or not kept any more.");
  }
  return exportKey(row, row.id);
}

/** Starts the import of an archive into the workspace, or tells what would come of one. */
export async function startImport({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { export_id?: string | undefined; upload_id?: string | undefined; dry_run: boolean };
}): Promise<Job> {
  const key = await fileOf(ctx, input as never);
  const kinds = importable(ctx.caller);
  const job = { source: "archive" as const, key, kinds, siteId: null, dryRun: input.dry_run };
  return startJob(ctx, IMPORT_JOB, { siteId: null, input: job, step: "Waiting to begin" });
}

export async function cancelWorkspaceJob(ctx: Ctx, jobId: string): Promise<JobRow> {
  const row = await findWorkspaceJob(ctx, jobId);
  await cancelJob({ ctx, input: { siteId: null, jobId: row.id } });
  return { ...row, status: "cancelled", step: null, finishedAt: ctx.now };
}
