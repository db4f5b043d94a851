import { z } from "@hono/zod-openapi";
import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";
import { dataOf, IdParam, instant, messageOf } from "../replies.ts";
import {
  ExportSchema,
  ImportBodySchema,
  ResetBodySchema,
  StartedSchema,
  toExport,
  toWorkspaceJob,
  UploadSchema,
  WorkspaceJobSchema,
} from "./contract.ts";
import { findWorkspaceJob, inWorkspace, newestExport, requireWholeWorkspace } from "./find.ts";
import { newUpload } from "../../content/archive/uploads.ts";
import { startReset } from "./reset.ts";
import { cancelWorkspaceJob, downloadUrl, startExport, startImport } from "./service.ts";

const tag = "Workspaces";
const params = z.object({ workspaceId: IdParam });
const jobParams = z.object({ workspaceId: IdParam, workspaceJobId: z.string() });

/** The answer to a call that has begun a job. */
const started = (message: string, { jobId, status }: { jobId: string; status: string }) => ({
  data: { message, data: { job_id: jobId, status } },
});

export const archiveRoutes: Endpoint[] = [
  defineEndpoint({
    method: "post",
    path: "/workspaces/{workspaceId}/export",
    operationId: "exportWorkspace",
    tag,
    summary: "Start an export of a workspace",
    description:
      "A job writes one ZIP of JSON lines with all that the key may read in its environment; what it may not read stands in `left_out`. A key limited to certain sites exports those.",
    scope: "workspaces:read",
    params,
    bodyOptional: true,
    body: z.strictObject({}).openapi("ExportWorkspace", { example: {} }),
    success: { status: 202, description: "The export has been started", data: messageOf(StartedSchema) },
    handle: async ({ ctx, input: { params: of } }) =>
      started("Export started.", startExport({ ctx: await inWorkspace(ctx, of) })),
  }),
  defineEndpoint({
    method: "get",
    path: "/workspaces/{workspaceId}/export",
    operationId: "getExport",
    tag,
    summary: "The newest export of a workspace",
    description: "Of those that the key may read all of; null when there is none. Archives are kept for seven days.",
    scope: "workspaces:read",
    params,
    success: { status: 200, description: "The newest export", data: dataOf(ExportSchema.nullable()) },
    handle: async ({ ctx, input }) => {
      const there = await inWorkspace(ctx, input.params);
      const row = await newestExport(there);
      return { data: { data: row && toExport(row, await downloadUrl(there, row)) } };
    },
  }),
  defineEndpoint({
    method: "post",
    path: "/workspaces/{workspaceId}/import-uploads",
    operationId: "createArchiveUpload",
    tag,
    summary: "Get an address that takes an archive",
    description: "PUT the ZIP there within the hour, then start an import with the `upload_id`.",
    scope: "workspaces:write",
    params,
    bodyOptional: true,
    body: z.strictObject({}).openapi("CreateArchiveUpload", { example: {} }),
    success: { status: 200, description: "Where the archive goes", data: messageOf(UploadSchema) },
    authorise: requireWholeWorkspace,
    handle: async ({ ctx, input }) => {
      const { id, url, maxBytes, expiresAt } = await newUpload(await inWorkspace(ctx, input.params));
      const data = {
        upload_id: id,
        upload_url: url,
        method: "PUT" as const,
        max_bytes: maxBytes,
        expires_at: instant(expiresAt),
      };
      return { data: { message: "Send the archive to upload_url.", data } };
    },
  }),
  defineEndpoint({
    method: "post",
    path: "/workspaces/{workspaceId}/import",
    operationId: "importWorkspace",
    tag,
    summary: "Import an archive into a workspace",
    description:
      "A job checks every record before it stores any. Records get new ids, and all that refers to them follows; what an earlier import of the same archive has brought is left as it is, so that one that was broken off is simply started again. What the key may not write is left out and told.",
    scope: "workspaces:write",
    params,
    body: ImportBodySchema,
    errors: ["conflict"],
    success: { status: 202, description: "The import has been started", data: messageOf(StartedSchema) },
    authorise: requireWholeWorkspace,
    handle: async ({ ctx, input: { params: of, body } }) => {
      const job = await startImport({ ctx: await inWorkspace(ctx, of), input: body });
      return started(body.dry_run ? "Dry run started." : "Import started.", job);
    },
  }),
  defineEndpoint({
    method: "post",
    path: "/workspaces/{workspaceId}/sandbox/reset",
    operationId: "resetSandbox",
    tag,
    summary: "Reset the sandbox of a workspace",
    description:
      "A job removes everything that is in the sandbox, and fills it again. What it is filled with is at hand before anything is removed; keys and webhooks stay.",
    scope: "workspaces:write",
    params,
    body: ResetBodySchema,
    errors: ["conflict"],
    success: { status: 202, description: "The reset has been started", data: messageOf(StartedSchema) },
    authorise: requireWholeWorkspace,
    handle: async ({ ctx, input: { params: of, body } }) =>
      started("Reset started.", startReset({ ctx: await inWorkspace(ctx, of), input: body })),
  }),
  defineEndpoint({
    method: "get",
    path: "/workspaces/{workspaceId}/jobs/{workspaceJobId}",
    operationId: "getWorkspaceJob",
    tag,
    summary: "How far an export, an import or a reset is",
    scope: "workspaces:read",
    params: jobParams,
    success: { status: 200, description: "The job", data: dataOf(WorkspaceJobSchema) },
    handle: async ({ ctx, input }) => {
      const row = await findWorkspaceJob(await inWorkspace(ctx, input.params), input.params.workspaceJobId);
      return { data: { data: toWorkspaceJob(row) } };
    },
  }),
  defineEndpoint({
    method: "post",
    path: "/workspaces/{workspaceId}/jobs/{workspaceJobId}/cancel",
    operationId: "cancelWorkspaceJob",
    tag,
    summary: "Cancel an export, an import or a reset",
    description: "What an import has stored by then stays. One that is over answers 409.",
    scope: "workspaces:write",
    params: jobParams,
    errors: ["conflict"],
    success: { status: 200, description: "The cancelled job", data: messageOf(WorkspaceJobSchema) },
    authorise: requireWholeWorkspace,
    handle: async ({ ctx, input }) => {
      const row = await cancelWorkspaceJob(await inWorkspace(ctx, input.params), input.params.workspaceJobId);
      return { data: { message: "Job cancelled.", data: toWorkspaceJob(row) } };
    },
  }),
];
