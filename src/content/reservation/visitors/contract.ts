import { z } from "@hono/zod-openapi";
import { LocaleSchema } from "../../../core/fields.ts";
import { ReservationBodies, reservationFields } from "../reservations/contract.ts";

const { partySize, note, tableId } = ReservationBodies.create.shape;
const { date, time, customer } = reservationFields;

/** What a visitor says of a reservation; all else of it is its owner's. */
export const VisitorReservationSchema = z
  .strictObject({
    ...{ date, time, partySize, customer, note, tableId },
    locale: LocaleSchema.optional().register(z.globalRegistry, { description: "The language it is made in" }),
  })
  .openapi("VisitorReservation", {
    example: {
      date: "2026-12-24",
      time: "19:30",
      partySize: 4,
      customer: { name: "Ada Baker", email: "ada@example.com" },
    },
  });

export type VisitorReservation = z.output<typeof VisitorReservationSchema>;
