import { z } from "@hono/zod-openapi";
import { line, MomentSchema, openEnum, text, TimestampSchema, timestamp } from "../../core/fields.ts";
import { DeploymentSchema } from "../deployments/contract.ts";
import { listQuery } from "../list-query.ts";
import type { PreviewRow } from "./table.ts";
import { pathParams } from "../../core/http/path-params.ts";

/** Seconds a preview lasts unless told otherwise, and at most. */
export const DEFAULT_SECONDS = 3_600;
export const MAX_SECONDS = 30 * 86_400;
const MIN_SECONDS = 60;

export const PREVIEW_STATUSES = ["active", "expired", "ended"] as const;
export type PreviewStatus = (typeof PREVIEW_STATUSES)[number];

export const PreviewSchema = z
  .object({
    id: z.string().meta({ example: "prv_01KAGW6PSZ0000000000000000" }),
    siteId: z.string(),
    pageId: z.string().nullable().register(z.globalRegistry, {
      description: "The page it is about; null for all that the next publish would show",
    }),
    label: z
      .string()
      .nullable()
      .register(z.globalRegistry, { example: "For Ada to look at", description: "What it is for, in your words" }),
    status: openEnum(PREVIEW_STATUSES).meta({
      description: "`ended` where its page is gone, or the key that made it may do so no more",
    }),
    createdAt: TimestampSchema,
    expiresAt: TimestampSchema,
  })
  .openapi("Preview");

export type Preview = z.output<typeof PreviewSchema>;

/** One with what publishing now would change. */
export const PreviewWithChangesSchema = PreviewSchema.extend({
  changes: DeploymentSchema.shape.changes.meta({
    description: "What publishing now would change for visitors, at most 500 of each; null for a preview of one page",
  }),
}).openapi("PreviewWithChanges");

export type PreviewWithChanges = z.output<typeof PreviewWithChangesSchema>;

export const NewPreviewSchema = PreviewWithChangesSchema.extend({
  url: z.url().meta({
    example: "https://api.example.com/preview/Zk3o0PZ4c0Fqz2m1m0J8y8Yv3mHn5b8m3bZ0p3q2WcE",
    description: "The link. Whoever has it sees the draft; it is told this once, since only a hash of it is kept",
  }),
}).openapi("NewPreview");

export type NewPreview = z.output<typeof NewPreviewSchema>;

export const CreatePreviewSchema = z
  .strictObject({
    expiresIn: z
      .int("must be a whole number of seconds")
      .min(MIN_SECONDS, `must be at least ${MIN_SECONDS} seconds`)
      .max(MAX_SECONDS, `must be at most ${MAX_SECONDS} seconds, which are 30 days`)
      .optional()
      .register(z.globalRegistry, {
        description: `Seconds until it ends; ${DEFAULT_SECONDS} when neither this nor \`expiresAt\` is given`,
      }),
    expiresAt: MomentSchema.optional().register(z.globalRegistry, {
      description: "When it ends, within 30 days; not beside `expiresIn`",
    }),
    label: line(200).optional(),
  })
  .refine(({ expiresIn, expiresAt }) => expiresIn === undefined || expiresAt === undefined, {
    path: ["expiresAt"],
    message: "cannot be combined with expiresIn",
  })
  .openapi("CreatePreview", { example: { expiresIn: 86_400, label: "For Ada to look at" } });

export type CreatePreview = z.output<typeof CreatePreviewSchema>;

export const SiteParams = pathParams("siteId");
export const PageParams = pathParams("siteId", "pageId");
export const PreviewParams = pathParams("siteId", "previewId");

export const ListPreviewsQuery = listQuery(["createdAt"], {
  pageId: text(64).optional().register(z.globalRegistry, { description: "Those of this page" }),
});

/** A preview as the API shows it. */
export const toPreview = (row: PreviewRow, status: PreviewStatus): Preview => ({
  id: row.id,
  siteId: row.siteId,
  pageId: row.pageId,
  label: row.label,
  status,
  createdAt: timestamp(row.createdAt),
  expiresAt: timestamp(row.expiresAt),
});
