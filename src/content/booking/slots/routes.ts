import { z } from "@hono/zod-openapi";
import type { Endpoint } from "../../../core/http/endpoint.ts";
import { contentEndpoint } from "../../define.ts";
import { BOOKING } from "../booking.ts";
import { SlotDaySchema, SlotDaysQuery, SlotSchema, SlotsQuery } from "./contract.ts";
import { listSlots } from "./show.ts";
import { freeDays } from "./slots.ts";
import { pathParams } from "../../../core/http/path-params.ts";

const reading = { tag: BOOKING.tag, integrations: BOOKING.integrations, scope: BOOKING.scopes.read };
const SiteParams = pathParams("siteId");

export const slotRoutes: Endpoint[] = [
  contentEndpoint({
    ...reading,
    method: "get",
    path: "/sites/{siteId}/booking/slots",
    operationId: "getAvailableSlots",
    summary: "List the slots of a day",
    description:
      "When appointments of a service can be on a day, taken times among them. Each time once: with the first who is free.",
    params: SiteParams,
    query: SlotsQuery,
    success: { status: 200, description: "The slots, in order", data: z.array(SlotSchema) },
    handle: async ({ ctx, input: { params, query } }) => ({
      data: await listSlots({ ctx, input: { ...query, siteId: params.siteId } }),
    }),
  }),
  contentEndpoint({
    ...reading,
    method: "get",
    path: "/sites/{siteId}/booking/slots/days",
    operationId: "getAvailableDays",
    summary: "List days and whether they have free slots",
    params: SiteParams,
    query: SlotDaysQuery,
    success: { status: 200, description: "The days, in order", data: z.array(SlotDaySchema) },
    handle: async ({ ctx, input: { params, query } }) => ({ data: await freeDays(ctx, { ...query, ...params }) }),
  }),
];
