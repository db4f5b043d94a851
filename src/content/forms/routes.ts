import { z } from "@hono/zod-openapi";
import type { Endpoint } from "../../core/http/endpoint.ts";
import { contentEndpoint } from "../define.ts";
import { FORMS_KIND } from "./kind.ts";
import { ExportSubmissionsQuery, FileLinkSchema } from "./submissions/contract.ts";
import { exportSubmissions } from "./submissions/export.ts";
import { linkToFile } from "./submissions/file-link.ts";
import { pathParams } from "../../core/http/path-params.ts";

const { tag, integrations, scopes } = FORMS_KIND;
const PATH = "/sites/{siteId}/forms/{formId}/submissions";
const FormParams = pathParams("siteId", "formId");

/** What of forms is no list and no item. */
export const formRoutes: Endpoint[] = [
  contentEndpoint({
    method: "get",
    path: `${PATH}/export.csv`,
    operationId: "exportSubmissions",
    tag,
    summary: "Export submissions",
    description:
      "As CSV, oldest first, without spam unless it is asked for, with a column for each field the form has now. What was answered is left empty for keys that may not see it. Cells that a spreadsheet would take for a formula begin with an apostrophe.",
    integrations,
    scope: scopes.read,
    params: FormParams,
    query: ExportSubmissionsQuery,
    byItself: true,
    success: {
      status: 200,
      description: "A line for each submission, below the names of the columns",
      textType: "text/csv",
    },
    handle: async ({ ctx, input: { params, query } }) => ({
      parts: await exportSubmissions({ ctx, input: { ...params, ...query } }),
      headers: { "Content-Disposition": 'attachment; filename="submissions.csv"' },
    }),
  }),
  contentEndpoint({
    method: "get",
    path: `${PATH}/{submissionId}/files/{fileId}`,
    operationId: "getSubmittedFile",
    tag,
    summary: "Get the address of a file",
    description:
      "Files that visitors send are no media of the website: they have no address until one is asked for, and that one is good for a quarter of an hour.",
    integrations,
    scope: scopes.read,
    params: FormParams.extend({ submissionId: z.string(), fileId: z.string() }),
    success: { status: 200, description: "Where it is", data: FileLinkSchema },
    handle: async ({ ctx, input: { params } }) => ({ data: await linkToFile({ ctx, input: params }) }),
  }),
];
