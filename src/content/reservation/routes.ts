import { z } from "@hono/zod-openapi";
import type { Endpoint } from "../../core/http/endpoint.ts";
import { contentEndpoint } from "../define.ts";
import { TableOnDaySchema, TablesOnQuery } from "./free/contract.ts";
import { tablesOn } from "./free/day.ts";
import { RESERVATION } from "./reservation.ts";
import { pathParams } from "../../core/http/path-params.ts";

const { tag, integrations, scopes } = RESERVATION;

/** What of tables and reservations is no list and no item. */
export const reservationRoutes: Endpoint[] = [
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/reservation/tables",
    operationId: "getAvailableTables",
    tag,
    summary: "Get the tables that are free on a day",
    description:
      "All tables in use, smallest first, each with the times of that day and whether a party of this size can reserve it then; without `partySize`, the smallest party that the table takes. The tables as they are kept are at `…/reservation/tables/all`.",
    integrations,
    scope: scopes.read,
    params: pathParams("siteId"),
    query: TablesOnQuery,
    success: { status: 200, description: "The tables", data: z.array(TableOnDaySchema) },
    handle: async ({ ctx, input: { params, query } }) => ({ data: await tablesOn(ctx, { ...params, ...query }) }),
  }),
];
