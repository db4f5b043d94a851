import { z } from "@hono/zod-openapi";
import { authoriseJob, getJob } from "../../content/jobs/service/find.ts";
import { jobId, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const getJobTool = defineTool({
  name: "get_job",
  description: "Get how far a job has come, and what it has made once it has succeeded.",
  scope: null,
  input: z.strictObject({ siteId, jobId }),
  handle: async ({ ctx, input }) => {
    await authoriseJob(ctx, input);
    return getJob({ ctx, input });
  },
});
