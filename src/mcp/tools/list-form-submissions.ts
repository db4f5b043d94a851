import { z } from "@hono/zod-openapi";
import type { ListSubmissionsQuery } from "../../content/forms/submissions/contract.ts";
import { SUBMISSIONS } from "../../content/forms/submissions/resource.ts";
import { SUBMISSION_STATUSES } from "../../content/forms/submissions/table.ts";
import { formId, paging, search, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

const STATUSES = ["all", ...SUBMISSION_STATUSES] as const;

export const listFormSubmissionsTool = defineTool({
  name: "list_form_submissions",
  operation: "listSubmissions",
  description: "List what visitors have sent by a form of a website, the newest first.",
  scope: "forms:read",
  input: z.strictObject({
    siteId,
    formId,
    ...paging,
    status: z
      .enum(STATUSES, `must be one of ${STATUSES.join(", ")}`)
      .default("all")
      .describe("Only submissions in this state; new ones nobody has read"),
    search: search.describe("Only submissions whose answers contain this"),
  }),
  handle: async ({ ctx, input }) => {
    const { siteId: site, formId: parent, ...rest } = input;
    const query = { ...rest, direction: "desc" as const } as z.output<typeof ListSubmissionsQuery>;
    const { items, pagination } = await SUBMISSIONS.verbs.list({ ctx, input: { siteId: site, parent, query } });
    return { submissions: items, pagination };
  },
});
