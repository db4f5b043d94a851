import { z } from "@hono/zod-openapi";
import { text, TimestampSchema, timestamp } from "../../core/fields.ts";
import type { Endpoint } from "../../core/http/endpoint.ts";
import { contentEndpoint } from "../define.ts";
import { StartedJobSchema } from "../jobs/contract.ts";
import { startJob } from "../jobs/service/start.ts";
import { SiteParams } from "../sites/contract.ts";
import { findSite } from "../sites/service.ts";
import { SOURCES } from "./import.ts";
import { IMPORT_JOB } from "./jobs.ts";
import { importable } from "./rights.ts";
import { newUpload, uploadedFile } from "./uploads.ts";

const tag = "Import";

const ImportSchema = z
  .strictObject({
    source: z.enum(SOURCES, `must be one of ${SOURCES.join(", ")}`).meta({
      description:
        "What the file is. `wxr`: what WordPress exports, as XML. `markdown`: a ZIP of Markdown files with front matter. `archive`: an export of a workspace with one website",
    }),
    uploadId: text(64).meta({
      example: "upl_01KAGW6PSZ0000000000000000",
      description: "The file that was uploaded",
    }),
    dryRun: z
      .boolean("must be true or false")
      .default(false)
      .register(z.globalRegistry, { description: "Only tells what would come and what cannot" }),
  })
  .openapi("ImportIntoSite", {
    example: { source: "wxr", uploadId: "upl_01KAGW6PSZ0000000000000000", dryRun: true },
  });

const UploadSchema = z
  .object({
    uploadId: z.string().meta({ example: "upl_01KAGW6PSZ0000000000000000" }),
    uploadUrl: z.url().meta({ description: "Takes the file once; needs no key" }),
    method: z.literal("PUT"),
    maxBytes: z.int(),
    expiresAt: TimestampSchema.meta({ description: "Until when the address takes it" }),
  })
  .openapi("ImportUpload", {
    description: "A signed address that takes one file to be imported",
  });

export const importRoutes: Endpoint[] = [
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/import/upload-url",
    operationId: "createImportUpload",
    tag,
    summary: "Get an address that takes a file to be imported",
    description: "PUT the file there within the hour, then start an import with the `uploadId`.",
    scope: "pages:write",
    params: SiteParams,
    bodyOptional: true,
    body: z.strictObject({}).openapi("CreateImportUpload", { example: {} }),
    success: { status: 200, description: "Where the file goes", data: UploadSchema },
    handle: async ({ ctx, input }) => {
      const { siteId } = input.params;
      await findSite(ctx, siteId);
      const { id, url, maxBytes, expiresAt } = await newUpload(ctx, siteId);
      return {
        data: { uploadId: id, uploadUrl: url, method: "PUT" as const, maxBytes, expiresAt: timestamp(expiresAt) },
      };
    },
  }),
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/import",
    operationId: "importIntoSite",
    tag,
    summary: "Import what another system has exported",
    description:
      "A job (`…/jobs/{jobId}`) checks every entry before it stores any. What an earlier import of the same file has brought is left as it is, so that nothing comes twice. Pictures are fetched into the website's media, and those that cannot be had are told. What the key may not write is left out and told.",
    scope: "pages:write",
    params: SiteParams,
    body: ImportSchema,
    errors: ["conflict"],
    success: { status: 202, description: "The import has been started", data: StartedJobSchema },
    handle: async ({ ctx, input }) => {
      const { siteId } = input.params;
      const { source, uploadId, dryRun } = input.body;
      await findSite(ctx, siteId);
      const key = await uploadedFile(ctx, uploadId, "uploadId", siteId);
      const job = { source, key, kinds: importable(ctx.caller), siteId, dryRun };
      const { jobId, status } = startJob(ctx, IMPORT_JOB, { siteId, input: job, step: "Waiting to begin" });
      return { data: { jobId, status } };
    },
  }),
];
