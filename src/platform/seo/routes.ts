import { z } from "@hono/zod-openapi";
import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";
import { listEndpoint } from "../lists/list.ts";
import { IdParam, messageOf } from "../replies.ts";
import { IssueSchema, ReportSchema, SEVERITIES, SubmitReportSchema, toIssue } from "./contract.ts";
import { selectWorkspace } from "../workspaces/service/select.ts";
import { issueList, submitReport } from "./service.ts";

const tag = "SEO";

export const seoRoutes: Endpoint[] = [
  defineEndpoint({
    method: "post",
    path: "/seo/report",
    operationId: "submitSeoReport",
    tag,
    summary: "Submit a report on one address",
    description: "Its issues replace those of earlier reports on the same address.",
    scope: "seo:write",
    body: SubmitReportSchema,
    success: { status: 201, description: "The report is stored", data: messageOf(ReportSchema) },
    handle: async ({ ctx, input }) => {
      const data = await submitReport({ ctx, input: input.body });
      const headers = { Location: `/api/v1/seo/issues/${ctx.caller.workspaceId}` };
      return { data: { message: "SEO report submitted successfully.", data }, headers };
    },
  }),
  listEndpoint({
    path: "/seo/issues/{workspaceId}",
    operationId: "listSeoIssues",
    tag,
    summary: "What reports found wrong",
    description: "`status` filters by severity.",
    scope: "seo:read",
    params: z.object({ workspaceId: IdParam }),
    schema: IssueSchema,
    sorts: ["created_at", "severity", "url", "issue_type"],
    statuses: [...SEVERITIES],
    isSearchable: true,
    authorise: async (ctx, { workspaceId }: { workspaceId: string }) => {
      await selectWorkspace(ctx, workspaceId);
    },
    source: issueList,
    toWire: toIssue,
  }),
];
