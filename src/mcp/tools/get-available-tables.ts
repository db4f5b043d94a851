import { z } from "@hono/zod-openapi";
import { tablesOn } from "../../content/reservation/free/day.ts";
import { DateSchema } from "../../content/reservation/settings/services.ts";
import { PartySizeSchema } from "../../content/reservation/tables/contract.ts";
import { siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const getAvailableTablesTool = defineTool({
  name: "get_available_tables",
  description:
    "List the tables of a restaurant on a day, with the times at which a party of this size can reserve each.",
  scope: "booking:read",
  input: z.strictObject({
    siteId,
    date: DateSchema.describe("The day by the website's clock: 2026-12-24"),
    partySize: PartySizeSchema.optional().describe("How many people come; without it, any party that a table takes"),
  }),
  handle: async ({ ctx, input }) => ({ tables: await tablesOn(ctx, input) }),
});
