import { z } from "@hono/zod-openapi";
import { cancelJob } from "../../content/jobs/service/cancel.ts";
import { authoriseJob } from "../../content/jobs/service/find.ts";
import { jobId, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const cancelJobTool = defineTool({
  name: "cancel_job",
  description: "Cancel a job that waits or is under way. What it is doing just now comes to nothing.",
  scope: null,
  input: z.strictObject({ siteId, jobId }),
  handle: async ({ ctx, input }) => {
    await authoriseJob(ctx, input);
    return cancelJob({ ctx, input });
  },
});
