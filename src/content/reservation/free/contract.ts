import { z } from "@hono/zod-openapi";
import { text } from "../../../core/fields.ts";
import { wholeQuery } from "../../../core/http/query-fields.ts";
import { DateSchema } from "../settings/services.ts";
import { MOST_SEATS } from "../tables/contract.ts";

const TimeSlotSchema = z
  .object({
    time: z.string().openapi({ example: "19:30", description: "What the website's clock shows when it begins" }),
    startTime: z.string().openapi({ example: "2026-12-24T19:30:00+01:00", description: "When it begins" }),
    endTime: z.string().openapi({ example: "2026-12-24T21:30:00+01:00", description: "Until when the party has it" }),
    available: z.boolean().openapi({ description: "Whether the table can be reserved then" }),
  })
  .openapi("ReservationTimeSlot");

export const TableOnDaySchema = z
  .object({
    id: z.string().openapi({ example: "tbl_01KAGW6PSZ0000000000000000" }),
    name: z.string().openapi({ example: "Window 1" }),
    capacity: z.int().openapi({ example: 4, description: "People it is for at most" }),
    area: z.string().nullable().openapi({ description: "The part of the restaurant it is in" }),
    locationId: z.string().nullable(),
    branchId: z.string().nullable(),
    available: z.boolean().openapi({ description: "Whether it can be reserved at any of the times" }),
    timeSlots: z.array(TimeSlotSchema).openapi({ description: "The times of the day, in their order" }),
  })
  .openapi("TableOnDay");

export type TableOnDay = z.output<typeof TableOnDaySchema>;

export const TablesOnQuery = z.strictObject({
  date: DateSchema.openapi({ description: "A day by the website's clock" }),
  partySize: wholeQuery(1, MOST_SEATS).default(2).openapi({ description: "How many people come" }),
  locationId: text(64).optional().openapi({ description: "Tables of this location only" }),
  branchId: text(64).optional().openapi({ description: "Tables of this branch only" }),
});
