import { z } from "@hono/zod-openapi";
import { exactlyOne } from "../../core/contract.ts";
import { openEnum, text } from "../../core/fields.ts";
import { JOB_STATUSES, type JobRow } from "../../content/jobs/table.ts";
import type { ExportResult } from "../../content/archive/jobs.ts";
import type { LeftOut } from "../../content/archive/format.ts";
import { type ImportResult, OUTCOMES } from "../../content/archive/report.ts";
import { InstantSchema, instant, instantOrNull } from "../replies.ts";

const EXAMPLE_ID = "job_01KAGW6PSZ0000000000000000";

const standing = {
  status: openEnum(JOB_STATUSES).meta({ example: "succeeded" }),
  progress: z.int().meta({ description: "How far it is, 0 to 100", example: 100 }),
  step: z
    .string()
    .nullable()
    .register(z.globalRegistry, { description: "What it is doing, in words; null once it has ended" }),
  error: z.string().nullable().register(z.globalRegistry, { description: "Why it failed, for people" }),
  error_code: z.string().nullable().register(z.globalRegistry, { description: "The same for programs", example: null }),
  created_at: InstantSchema,
  finished_at: InstantSchema.nullable(),
};

export const ExportSchema = z
  .object({
    export_id: z.string().meta({ example: EXAMPLE_ID }),
    ...standing,
    left_out: z
      .array(
        z.object({ kind: z.string().meta({ example: "order" }), reason: z.string().openapi({ example: "scope" }) }),
      )
      .meta({ description: "Kinds of records that the key may not read, or not all of" }),
    counts: z
      .record(z.string(), z.int())
      .nullable()
      .register(z.globalRegistry, { example: { site: 2, page: 11 }, description: "Records by kind, once it is there" }),
    bytes: z.int().nullable(),
    download_url: z.url().nullable().register(z.globalRegistry, {
      description: "Where the archive is for an hour, without a key; made anew with every answer",
    }),
    expires_at: InstantSchema.nullable().register(z.globalRegistry, { description: "Until when the archive is kept" }),
  })
  .openapi("Export");

export const ResultSchema = z
  .object({
    dry_run: z.boolean(),
    counts: z.record(z.string(), z.object({ found: z.int(), created: z.int(), existing: z.int(), failed: z.int() })),
    problems: z.array(
      z.object({ kind: z.string(), record: z.string(), outcome: openEnum(OUTCOMES), message: z.string() }),
    ),
    more: z.int().meta({ description: "Problems beyond those that are told" }),
  })
  .openapi("WorkspaceImportResult", {
    description:
      "What has come, by kind: of the records found, those created, those an earlier import had brought, those that cannot come",
  });

export const WorkspaceJobSchema = z
  .object({
    job_id: z.string().meta({ example: EXAMPLE_ID }),
    kind: openEnum(["export", "import", "sandbox_reset"]).meta({ example: "import" }),
    ...standing,
    result: ResultSchema.nullable().register(z.globalRegistry, {
      description: "Of an import and a reset, once it has succeeded",
    }),
  })
  .openapi("WorkspaceJob");

export const StartedSchema = z
  .object({ job_id: z.string().meta({ example: EXAMPLE_ID }), status: openEnum(JOB_STATUSES) })
  .openapi("StartedWorkspaceJob");

export const ImportBodySchema = z
  .strictObject({
    export_id: text(64).optional().register(z.globalRegistry, {
      description: "An export of a workspace of the same account; required unless `upload_id` is given",
    }),
    upload_id: text(64).optional().register(z.globalRegistry, { description: "An archive that was uploaded" }),
    dry_run: z
      .boolean()
      .default(false)
      .register(z.globalRegistry, { description: "Only tells what would come and what cannot" }),
  })
  .superRefine(({ export_id, upload_id }, issues) => {
    if ((export_id === undefined) !== (upload_id === undefined)) return;
    const message = export_id === undefined ? "is required" : "cannot be given beside upload_id";
    issues.addIssue({ code: "custom", path: ["export_id"], message });
  })
  .openapi("ImportWorkspace", {
    allOf: [exactlyOne("export_id", "upload_id")],
    example: { export_id: EXAMPLE_ID, dry_run: true },
  });

export const UploadSchema = z
  .object({
    upload_id: z.string().meta({ example: "upl_01KAGW6PSZ0000000000000000" }),
    upload_url: z.url().meta({ description: "Takes the file once; needs no key" }),
    method: z.literal("PUT"),
    max_bytes: z.int(),
    expires_at: InstantSchema,
  })
  .openapi("ArchiveUpload");

export const RESETS = ["empty", "sample", "live"] as const;

export const ResetBodySchema = z
  .strictObject({
    to: z.enum(RESETS, `must be one of ${RESETS.join(", ")}`).meta({
      description:
        "`empty`: nothing is left. `sample`: two websites to try things with. `live`: a copy of what is live, without records about people; asks for a live key",
    }),
  })
  .openapi("ResetSandbox", { example: { to: "sample" } });

export type ResetTo = (typeof RESETS)[number];

const standingOf = (row: JobRow) => ({
  status: row.status,
  progress: row.progress,
  step: row.finishedAt === null ? row.step : null,
  error: row.error,
  error_code: row.errorCode,
  created_at: instant(row.createdAt),
  finished_at: instantOrNull(row.finishedAt),
});

export function toExport(row: JobRow, downloadUrl: string | null): z.output<typeof ExportSchema> {
  const result = row.result as ExportResult | null;
  const { leftOut } = row.input as { leftOut: LeftOut[] };
  return {
    export_id: row.id,
    ...standingOf(row),
    left_out: leftOut,
    counts: result?.counts ?? null,
    bytes: result?.bytes ?? null,
    download_url: downloadUrl,
    expires_at: instantOrNull(result?.expiresAt ?? null),
  };
}

export function toWorkspaceJob(row: JobRow): z.output<typeof WorkspaceJobSchema> {
  const kind = row.kind as "export" | "import" | "sandbox_reset";
  const told = kind === "export" ? null : (row.result as ImportResult | null);
  const result = told && { dry_run: told.dryRun, counts: told.counts, problems: told.problems, more: told.more };
  return { job_id: row.id, kind, ...standingOf(row), result };
}
