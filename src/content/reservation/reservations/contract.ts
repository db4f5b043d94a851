import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../../core/contract.ts";
import { EmailSchema, line, MomentSchema, text, TimestampSchema } from "../../../core/fields.ts";
import { TIME_OR_MOMENT } from "../../../core/patterns.ts";
import { listQuery, SearchSchema } from "../../list-query.ts";
import { itemSchema } from "../../resource/contract.ts";
import { DateSchema, TimeSchema } from "../settings/services.ts";
import { PartySizeSchema } from "../tables/contract.ts";
import { RESERVATION_SOURCES, RESERVATION_STATUSES } from "./table.ts";

const StatusSchema = z.enum(RESERVATION_STATUSES, `must be one of ${RESERVATION_STATUSES.join(", ")}`);

export const CustomerSchema = z
  .strictObject({
    name: line(200).meta({ example: "Ada Baker" }),
    email: EmailSchema.nullable()
      .default(null)
      .meta({ description: "Where the confirmation goes; only a walk-in can do without" }),
    phone: line(50).nullable().default(null),
  })
  .openapi("ReservationCustomer");

/** A time of the day, or the moment that a time slot gave. */
export const TimeOrMomentSchema = z
  .union([TimeSchema, z.iso.datetime({ offset: true })], "must be a time such as 19:30, or the start of a time slot")
  .meta({
    type: "string",
    pattern: TIME_OR_MOMENT,
    example: "19:30",
    description:
      "By the website's clock, or a time slot's `startTime` as it was given; only a walk-in can leave it out: now",
  });

const TableIdSchema = text(64, "must be the id of a table");
const noteField = text(2_000)
  .nullable()
  .register(z.globalRegistry, { description: "What the guests want known; null for nothing" });
const WalkInSchema = z.boolean("must be true or false").meta({
  description:
    "Out of what is kept for guests without a reservation: at any time, however soon, at a table of any smallest party",
});

export const ReservationSchema = itemSchema("Reservation", "resv_01KAGW6PSZ0000000000000000", {
  tableId: z.string().meta({ description: "The table it has" }),
  status: StatusSchema,
  date: z.string().meta({ example: "2026-12-24", description: "The day by the website's clock" }),
  time: z.string().meta({ example: "19:30", description: "The time by the website's clock" }),
  startAt: TimestampSchema,
  endAt: TimestampSchema.meta({ description: "Until when the table is kept" }),
  heldUntil: TimestampSchema.nullable().register(z.globalRegistry, {
    description: "When it is a no-show unless the party is seated, or cancelled unless it is confirmed; null: never",
  }),
  partySize: z.int(),
  customer: z
    .object({ name: z.string().nullable(), email: z.string().nullable(), phone: z.string().nullable() })
    .optional()
    .openapi("ReservationGuest", {
      description: "Left out for keys that may not see it; of a walk-in that nobody has named all of it is null",
    }),
  note: z
    .string()
    .nullable()
    .optional()
    .register(z.globalRegistry, { description: "Left out for keys that may not see it" }),
  reason: z.string().nullable().register(z.globalRegistry, { description: "Why it was cancelled" }),
  walkIn: z.boolean(),
  source: z.enum(RESERVATION_SOURCES).meta({ description: "Where it was made" }),
  emailConfirmedAt: TimestampSchema.nullable().register(z.globalRegistry, {
    description: "When the customer has opened the link that was sent; null where nobody was asked to",
  }),
  locale: z.string().nullable(),
});

/** What is said of a reservation; who may leave out what of it, its bodies say. */
export const reservationFields = {
  date: DateSchema.meta({ description: "The day by the website's clock; of a walk-in today, when left out" }),
  time: TimeOrMomentSchema,
  partySize: PartySizeSchema,
  customer: CustomerSchema,
  note: noteField,
  tableId: TableIdSchema.nullable().register(z.globalRegistry, {
    description: "A certain table; null: the smallest that fits",
  }),
  walkIn: WalkInSchema,
};

export const ReservationBodies = bodiesOf({
  label: "Reservation",
  fields: reservationFields,
  made: ["date", "time", "customer"],
  defaults: { note: null, tableId: null, walkIn: false },
  changeable: {
    status: StatusSchema,
    reason: text(500).nullable().register(z.globalRegistry, { description: "Why it is cancelled" }),
    ...reservationFields,
  },
  examples: {
    create: {
      date: "2026-12-24",
      time: "19:30",
      partySize: 4,
      customer: { name: "Ada Baker", email: "ada@example.com" },
    },
    update: { note: "A high chair, please" },
  },
});

export const ListReservationsQuery = listQuery(["createdAt", "updatedAt", "startAt"], {
  status: StatusSchema.optional(),
  date: DateSchema.optional().register(z.globalRegistry, { description: "Those of a day by the website's clock" }),
  from: MomentSchema.optional().register(z.globalRegistry, { description: "Those that begin then or later" }),
  to: MomentSchema.optional().register(z.globalRegistry, { description: "Those that begin before then" }),
  tableId: TableIdSchema.optional().register(z.globalRegistry, { description: "Those of a table" }),
  search: SearchSchema.optional(),
});
