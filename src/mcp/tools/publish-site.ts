import { z } from "@hono/zod-openapi";
import { PublishSchema } from "../../content/deployments/contract.ts";
import { publishSite } from "../../content/deployments/service/publish.ts";
import { siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const publishSiteTool = defineTool({
  name: "publish_site",
  description:
    "Make the website's published pages visible to visitors, all at once. Once in 5 minutes for each website; with a sandbox key nothing is published and the answer tells what would change.",
  scope: "publish:write",
  input: z.strictObject({
    siteId,
    ifCooldown: PublishSchema.shape.ifCooldown.describe("During the cooldown: fail, or queue the publish"),
  }),
  handle: ({ ctx, input }) => publishSite({ ctx, input }),
});
