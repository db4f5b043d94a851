import { z } from "@hono/zod-openapi";
import { defineJob } from "../jobs/kind.ts";
import { forgetWork, KEPT_MS } from "./bucket.ts";
import { FIRST_FILE, writeArchive, writeRecords, type WritingState } from "./export.ts";
import { importStep, openSource, progressOf, SOURCES } from "./import.ts";
import { kindNamed } from "./kind.ts";
import { type ImportResult, resultOf } from "./report.ts";
import { firstState, type ImportState, type Work } from "./state.ts";

/** Longer than any step takes: the last one of an export packs all of it. */
const LEASE_MS = 10 * 60_000;

export const ExportInput = z.object({
  kinds: z.array(z.string()),
  siteIds: z.array(z.string()).nullable(),
  leftOut: z.array(z.object({ kind: z.string(), reason: z.enum(["scope", "attributes", "personal", "size"]) })),
});

export interface ExportResult {
  bytes: number;
  counts: Record<string, number>;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Writes an archive: a file of records in each step, and in the last one the ZIP of them. */
export const EXPORT_JOB = defineJob<z.output<typeof ExportInput>, { writing: WritingState | null }, ExportResult>({
  name: "export",
  scope: "workspaces:read",
  input: ExportInput,
  leaseMs: LEASE_MS,
  async step(ctx, { job, input, state }) {
    const { workspaceId, environment } = job;
    const owner = { workspaceId, environment };
    const before = state ? state.writing : FIRST_FILE;
    if (before !== null) {
      const writing = await writeRecords(ctx, { owner, jobId: job.id, selection: input, state: before });
      const name = input.kinds[writing?.kind ?? input.kinds.length];
      const progress = (90 * (writing?.kind ?? input.kinds.length)) / Math.max(1, input.kinds.length);
      const step = name === undefined ? "Packing the archive" : `Writing ${kindNamed(name).folder}`;
      return { state: { writing }, progress, step };
    }
    const { bytes, manifest } = await writeArchive(ctx, { owner, jobId: job.id, leftOut: input.leftOut });
    return { result: { bytes, counts: manifest.counts, expiresAt: ctx.now + KEPT_MS } };
  },
  afterwards: (ctx, job) => forgetWork(ctx.env, job, job.id),
});

export const ImportInput = z.object({
  source: z.enum(SOURCES),
  /** Where the file lies in the bucket. */
  key: z.string(),
  kinds: z.array(z.string()),
  siteId: z.string().nullable(),
  dryRun: z.boolean(),
});

/** Brings an archive, or what another system has exported, into a workspace or one of its websites. */
export const IMPORT_JOB = defineJob<z.output<typeof ImportInput>, ImportState, ImportResult>({
  name: "import",
  scope: "pages:write",
  input: ImportInput,
  leaseMs: LEASE_MS,
  async step(ctx, { job, input, state: before }) {
    const { workspaceId, environment } = job;
    const { siteId, kinds, dryRun, source: name, key } = input;
    const work: Work = { workspaceId, environment, siteId, kinds, dryRun, jobId: job.id };
    const state = before ? structuredClone(before) : firstState("read");
    const isDone = await importStep(ctx, work, () => openSource(ctx, { name, key, siteId }), state);
    return isDone ? { result: resultOf(state.report, dryRun) } : { state, ...progressOf(state) };
  },
  afterwards: (ctx, job) => forgetWork(ctx.env, job, job.id),
});
