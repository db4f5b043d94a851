import { z } from "@hono/zod-openapi";
import { reservationFields, ReservationSchema } from "../reservations/contract.ts";

const { id, status, date, time, partySize, note, createdAt, heldUntil } = ReservationSchema.shape;

const moment = z.string().meta({ format: "date-time", example: "2026-12-24T19:30:00+01:00" });

const { date: day, time: timeOfDay, partySize: party } = reservationFields;

/** Where a customer moves a reservation to: what is left out stays as it is. */
export const VisitorMoveSchema = z
  .strictObject({ date: day.optional(), time: timeOfDay.optional(), partySize: party.optional() })
  .openapi("VisitorMove", { example: { date: "2026-12-24", time: "20:00" } });

export type VisitorMove = z.output<typeof VisitorMoveSchema>;

/** A reservation as its customer sees it. Which table it is, the house decides. */
export const CustomerReservationSchema = z
  .object({
    ...{ id, status, date, time, partySize, note, heldUntil, createdAt },
    startTime: moment,
    endTime: moment,
    timeZone: z.string().meta({ example: "Europe/Amsterdam", description: "The clock of its times, an IANA name" }),
    customer: z
      .object({ name: z.string().nullable(), email: z.string().nullable(), phone: z.string().nullable() })
      .openapi("CustomerOfReservation"),
    url: z.string().meta({ description: "Its page on the website, for whoever has the link" }),
    token: z.string().meta({ description: "Opens it without an API key; part of `url`" }),
    awaitsConfirmation: z.boolean().meta({
      description: "Whether it waits until its customer confirms it by the link in a mail",
    }),
    canCancel: z.boolean().meta({ description: "Whether its customer can still cancel it" }),
    canReschedule: z.boolean().meta({ description: "Whether its customer can still move it" }),
  })
  .openapi("CustomerReservation");

export type CustomerReservation = z.input<typeof CustomerReservationSchema>;
