import { z } from "@hono/zod-openapi";
import { text } from "../../../core/fields.ts";
import { wholeQuery } from "../../../core/http/query-fields.ts";
import { DateSchema } from "../settings/services.ts";
import { MOST_SEATS } from "../tables/contract.ts";

const TimeSlotSchema = z
  .object({
    time: z.string().meta({ example: "19:30", description: "What the website's clock shows when it begins" }),
    startTime: z.string().meta({ example: "2026-12-24T19:30:00+01:00", description: "When it begins" }),
    endTime: z.string().meta({ example: "2026-12-24T21:30:00+01:00", description: "Until when the party has it" }),
    available: z.boolean().meta({ description: "Whether the table can be reserved then" }),
  })
  .openapi("ReservationTimeSlot");

export const TableOnDaySchema = z
  .object({
    id: z.string().meta({ example: "tbl_01KAGW6PSZ0000000000000000" }),
    name: z.string().meta({ example: "Window 1" }),
    capacity: z.int().meta({ example: 4, description: "People it is for at most" }),
    area: z.string().nullable().register(z.globalRegistry, { description: "The part of the restaurant it is in" }),
    locationId: z.string().nullable(),
    branchId: z.string().nullable(),
    available: z.boolean().meta({ description: "Whether it can be reserved at any of the times" }),
    timeSlots: z.array(TimeSlotSchema).meta({ description: "The times of the day, in their order" }),
  })
  .openapi("TableOnDay");

export type TableOnDay = z.output<typeof TableOnDaySchema>;

export const TablesOnQuery = z.strictObject({
  date: DateSchema.meta({ description: "A day by the website's clock" }),
  partySize: wholeQuery(1, MOST_SEATS).optional().register(z.globalRegistry, {
    description: "How many people come; without it, each table is shown as the smallest party finds it that it takes",
  }),
  locationId: text(64).optional().register(z.globalRegistry, { description: "Tables of this location only" }),
  branchId: text(64).optional().register(z.globalRegistry, { description: "Tables of this branch only" }),
});
