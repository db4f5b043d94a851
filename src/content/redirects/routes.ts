import type { Endpoint } from "../../core/http/endpoint.ts";
import { contentEndpoint } from "../define.ts";
import { ImportedSchema, ImportSchema, MAX_ROWS, SiteParams } from "./contract.ts";
import { exportRedirects } from "./export.ts";
import { importRedirects, sentRows } from "./import.ts";

const tag = "Redirects";

export const redirectRoutes: Endpoint[] = [
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/redirects/import",
    operationId: "importRedirects",
    tag,
    summary: "Import redirects",
    description: `Of at most ${MAX_ROWS} rows, as JSON or as CSV of \`from,to,status\`, those that can be redirects are taken over: a \`from\` that is there already is changed. Chains are shortened to where they end. What is wrong with the others is told row by row.`,
    scope: "pages:write",
    params: SiteParams,
    body: ImportSchema,
    csv: true,
    success: { status: 200, description: "What became of the rows", data: ImportedSchema },
    errors: ["conflict"],
    handle: async ({ ctx, input: { params, body } }) => ({
      data: await importRedirects({ ctx, input: { ...params, rows: sentRows(body) } }),
    }),
  }),
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/redirects/export",
    operationId: "exportRedirects",
    tag,
    summary: "Export redirects",
    description: "All of them as CSV, which an import takes again.",
    scope: "pages:read",
    params: SiteParams,
    success: { status: 200, description: "Lines of `from,to,status`, with these names on top", textType: "text/csv" },
    handle: async ({ ctx, input: { params } }) => ({
      text: await exportRedirects({ ctx, input: params }),
      headers: { "Content-Disposition": 'attachment; filename="redirects.csv"' },
    }),
  }),
];
