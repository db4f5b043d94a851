import type { Endpoint } from "../../core/http/endpoint.ts";
import { contentEndpoint } from "../define.ts";
import { versioned } from "../replies.ts";
import { JobParams, JobSchema, JobsParams, ListJobsQuery } from "./contract.ts";
import { cancelJob } from "./service/cancel.ts";
import { authoriseJob, getJob } from "./service/find.ts";
import { authoriseJobs, listJobs } from "./service/list.ts";

const tag = "Jobs";

export const jobRoutes: Endpoint[] = [
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/jobs",
    operationId: "listJobs",
    tag,
    summary: "List the jobs of a website",
    description:
      "Those of the last 30 days that the key may see: jobs of a kind are seen with the scope that starts them, such as `ai:write`.",
    scope: null,
    integrations: true,
    params: JobsParams,
    query: ListJobsQuery,
    success: { status: 200, description: "A page of jobs", data: JobSchema, list: true },
    authorise: (ctx, _params, query) => authoriseJobs(ctx, query().get("kind")),
    handle: async ({ ctx, input }) => ({
      page: await listJobs({ ctx, input: { ...input.params, query: input.query } }),
    }),
  }),
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/jobs/{jobId}",
    operationId: "getJob",
    tag,
    summary: "How far a job has come, and what it has made",
    description: "Needs the scope that starts jobs of its kind, such as `ai:write`.",
    scope: null,
    integrations: true,
    params: JobParams,
    etag: true,
    success: { status: 200, description: "The job", data: JobSchema },
    authorise: authoriseJob,
    handle: async ({ ctx, input }) => versioned(await getJob({ ctx, input: input.params })),
  }),
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/jobs/{jobId}/cancel",
    operationId: "cancelJob",
    tag,
    summary: "Cancel a job that waits or is under way",
    description: "What it is doing just now comes to nothing. One that is over answers 409.",
    scope: null,
    integrations: true,
    params: JobParams,
    success: { status: 200, description: "The cancelled job", data: JobSchema },
    errors: ["conflict"],
    authorise: authoriseJob,
    handle: async ({ ctx, input }) => ({ data: await cancelJob({ ctx, input: input.params }) }),
  }),
];
