import { z } from "@hono/zod-openapi";
import { RollbackSchema } from "../../content/deployments/contract.ts";
import { rollbackSite } from "../../content/deployments/service/rollback.ts";
import { siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const rollbackSiteTool = defineTool({
  name: "rollback_site",
  description: "Show visitors an earlier deployment of the website again.",
  scope: "publish:write",
  input: z.strictObject({
    siteId,
    deploymentId: RollbackSchema.shape.deploymentId.describe(
      "Id of the deployment to go back to; the one before the live one when left out",
    ),
  }),
  handle: ({ ctx, input }) => rollbackSite({ ctx, input }),
});
