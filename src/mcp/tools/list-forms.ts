import { z } from "@hono/zod-openapi";
import type { ListFormsQuery } from "../../content/forms/contract.ts";
import { FORMS } from "../../content/forms/resource.ts";
import { paging, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const listFormsTool = defineTool({
  name: "list_forms",
  description: "List the forms of a website's pages with their fields, the newest first.",
  scope: "forms:read",
  input: z.strictObject({
    siteId,
    ...paging,
    published: z
      .enum(["true", "false"], "must be true or false")
      .optional()
      .describe("Only forms of the live website, or only those that are there no more"),
  }),
  handle: async ({ ctx, input }) => {
    const { siteId: site, ...rest } = input;
    const query = { ...rest, direction: "desc" as const } as z.output<typeof ListFormsQuery>;
    const { items, pagination } = await FORMS.verbs.list({ ctx, input: { siteId: site, query } });
    return { forms: items, pagination };
  },
});
