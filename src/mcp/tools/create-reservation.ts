import { z } from "@hono/zod-openapi";
import { ReservationBodies } from "../../content/reservation/reservations/contract.ts";
import { RESERVATIONS } from "../../content/reservation/reservations/resource.ts";
import { described } from "../described.ts";
import { siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

const fields = described(ReservationBodies.create.shape, {
  date: "The day by the website's clock: 2026-12-24; only a walk-in can do without: today",
  time: "The time by the website's clock, 19:30, or the startTime of a time slot; only a walk-in can do without: now",
  partySize: "How many people come",
  customer: "Who reserves: { name, email, phone }; only a walk-in can do without",
  note: "What the guests want known; null for nothing",
  tableId: "A certain table; null for the smallest that fits",
  walkIn: "Out of what is kept for guests without a reservation: at any time, however soon",
});

export const createReservationTool = defineTool({
  name: "create_reservation",
  description: "Reserve a table of a restaurant for a party, the smallest that is free and large enough.",
  scope: "booking:write",
  input: z.strictObject({ siteId, ...fields }),
  handle: ({ ctx, input }) => {
    const { siteId: site, ...body } = input;
    return RESERVATIONS.verbs.create({ ctx, input: { siteId: site, body } });
  },
});
