import { z } from "@hono/zod-openapi";
import { getSite } from "../../content/sites/service.ts";
import { siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const getSiteTool = defineTool({
  name: "get_site",
  description: "Get one website: name, domain, status, languages, settings and design tokens.",
  scope: "sites:read",
  input: z.strictObject({ siteId }),
  handle: ({ ctx, input }) => getSite({ ctx, input }),
});
