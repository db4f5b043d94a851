import { z } from "@hono/zod-openapi";
import { openEnum, TimestampSchema, timestamp, timestampOrNull } from "../../core/fields.ts";
import { listQuery } from "../list-query.ts";
import { JOB_KINDS, JOB_STATUSES, type JobRow } from "./table.ts";
import { pathParams } from "../../core/http/path-params.ts";

export const JobSchema = z
  .object({
    jobId: z.string().meta({ example: "job_01KAGW6PSZ0000000000000000", description: "Its id, for good" }),
    siteId: z
      .string()
      .nullable()
      .register(z.globalRegistry, { description: "The website it is about; null for the whole workspace" }),
    kind: openEnum(JOB_KINDS).meta({ description: "What it does; others may follow", example: "ai_generate" }),
    status: z.enum(JOB_STATUSES).meta({ example: "running" }),
    progress: z.int().meta({ description: "How far it is, 0 to 100", example: 60 }),
    step: z
      .string()
      .nullable()
      .register(z.globalRegistry, { description: "What it is doing, in words; null once it has ended" }),
    result: z.record(z.string(), z.unknown()).nullable().register(z.globalRegistry, {
      description: "What it has made, once it has succeeded: `pageId` of the draft, for one",
    }),
    error: z.string().nullable().register(z.globalRegistry, { description: "Why it failed, for people" }),
    errorCode: z
      .string()
      .nullable()
      .register(z.globalRegistry, { description: "The same for programs", example: null }),
    createdBy: z.string().meta({ description: "Who asked for it", example: "key:4503599627370497" }),
    version: z.int(),
    createdAt: TimestampSchema,
    updatedAt: TimestampSchema,
    startedAt: TimestampSchema.nullable().register(z.globalRegistry, { description: "When it was first worked on" }),
    finishedAt: TimestampSchema.nullable().register(z.globalRegistry, { description: "When it ended, however it did" }),
  })
  .openapi("Job");

export type Job = z.output<typeof JobSchema>;

/** The answer to a call that has begun a job. */
export const StartedJobSchema = z
  .object({
    jobId: z.string().meta({ example: "job_01KAGW6PSZ0000000000000000", description: "Its id, for good" }),
    status: z.enum(JOB_STATUSES).meta({ example: "queued" }),
  })
  .openapi("StartedJob");

export const JobsParams = pathParams("siteId");
export const JobParams = pathParams("siteId", "jobId");

export const ListJobsQuery = listQuery(["createdAt"], {
  status: z.enum(JOB_STATUSES, `must be one of ${JOB_STATUSES.join(", ")}`).optional(),
  kind: z
    .enum(JOB_KINDS, `must be one of ${JOB_KINDS.join(", ")}`)
    .optional()
    .register(z.globalRegistry, { description: "Only jobs of this kind" }),
});

/** A job as the API shows it. */
export const toJob = (row: JobRow): Job => ({
  jobId: row.id,
  siteId: row.siteId,
  kind: row.kind,
  status: row.status,
  progress: row.progress,
  step: row.finishedAt === null ? row.step : null,
  result: row.result as Job["result"],
  error: row.error,
  errorCode: row.errorCode,
  createdBy: row.actor,
  version: row.version,
  createdAt: timestamp(row.createdAt),
  updatedAt: timestamp(row.updatedAt),
  startedAt: timestampOrNull(row.startedAt),
  finishedAt: timestampOrNull(row.finishedAt),
});
