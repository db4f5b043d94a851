import { z } from "@hono/zod-openapi";
import type { ListServicesQuery } from "../../content/booking/services/contract.ts";
import { SERVICES } from "../../content/booking/services/resource.ts";
import { paging, search, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const listBookingServicesTool = defineTool({
  name: "list_booking_services",
  description:
    "List what people can make appointments for on a website: how long each takes, what it costs and who does it. Prices are in minor units.",
  scope: "booking:read",
  input: z.strictObject({
    siteId,
    ...paging,
    active: z
      .enum(["true", "false"], "must be true or false")
      .optional()
      .describe("true: only services that can be booked; false: only those that cannot"),
    search: search.describe("Only services whose name or description contains this"),
  }),
  handle: async ({ ctx, input }) => {
    const { siteId: site, ...rest } = input;
    const query = { ...rest, orderBy: "order", direction: "asc" } as z.output<typeof ListServicesQuery>;
    const { items, pagination } = await SERVICES.verbs.list({ ctx, input: { siteId: site, query } });
    return { services: items, pagination };
  },
});
