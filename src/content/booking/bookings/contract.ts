import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../../core/contract.ts";
import {
  EmailSchema,
  LocaleSchema,
  line,
  MomentOrNullSchema,
  MomentSchema,
  openEnum,
  text,
  TimestampSchema,
} from "../../../core/fields.ts";
import { listQuery, SearchSchema } from "../../list-query.ts";
import { AmountSchema, CurrencySchema } from "../../money.ts";
import { itemSchema } from "../../resource/contract.ts";
import { BOOKING_SOURCES, BOOKING_STATUSES } from "./table.ts";

const StatusSchema = z.enum(BOOKING_STATUSES, `must be one of ${BOOKING_STATUSES.join(", ")}`);

const DateSchema = z.iso.date("must be a date such as 2026-05-26");

/** A time as a slot gives it, or one by the website's clock. */
const START_TIME =
  /^(?:(?:[01]\d|2[0-3]):[0-5]\d|\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))$/;

const StartTimeSchema = z
  .string()
  .regex(START_TIME, "must be a slot's startTime, or a time such as 09:30")
  .meta({ example: "09:30", description: "The `startTime` of a slot, or `HH:MM` of `date` by the website's clock" });

export const BookingCustomerSchema = z
  .strictObject({
    name: line(200).meta({ example: "Ada Baker" }),
    email: EmailSchema,
    phone: line(50).nullable().default(null),
  })
  .openapi("BookingCustomer", { description: "Who comes" });

const id = text(64, "must be the id of a service");
const staffId = text(64, "must be the id of a member of staff").min(1, "must be the id of a member of staff");

const PeopleSchema = z
  .int("must be a whole number")
  .min(1, "must be at least 1")
  .max(10_000, "must be at most 10000")
  .meta({ example: 1, description: "How many come: they share one appointment" });

const NoteSchema = text(2_000).nullable();

const said = {
  customer: BookingCustomerSchema,
  people: PeopleSchema,
  note: NoteSchema,
  holdUntil: MomentOrNullSchema.meta({
    description: "Until when it waits to be confirmed, while it is pending; null: for as long as it takes",
  }),
};

export const BookingSchema = itemSchema("Booking", "bkg_01KAGW6PSZ0000000000000000", {
  status: StatusSchema,
  serviceId: z.string(),
  staffId: z.string().nullable().register(z.globalRegistry, { description: "Who does it; null: nobody in particular" }),
  date: z.iso.date().meta({ description: "The day, by the website's clock as it was booked" }),
  startTime: z.string().meta({ format: "date-time", example: "2026-05-26T09:30:00+02:00" }),
  endTime: z.string().meta({ format: "date-time", example: "2026-05-26T10:30:00+02:00" }),
  /** Left out for keys that may not see it. */
  customer: BookingCustomerSchema.optional(),
  people: PeopleSchema,
  note: NoteSchema.optional().register(z.globalRegistry, { description: "Left out for keys that may not see it" }),
  price: AmountSchema.nullable().register(z.globalRegistry, {
    description: "For all who come, as it was when it was booked",
  }),
  currency: CurrencySchema.nullable(),
  holdUntil: TimestampSchema.nullable(),
  confirmedAt: TimestampSchema.nullable(),
  completedAt: TimestampSchema.nullable(),
  cancelledAt: TimestampSchema.nullable(),
  reason: z.string().nullable().register(z.globalRegistry, { description: "Why it was cancelled" }),
  reschedules: z.int().meta({ description: "How often it was moved to another time or person" }),
  source: openEnum(BOOKING_SOURCES).meta({ description: "Whether a visitor of the website has booked it" }),
  locale: z.string().nullable().register(z.globalRegistry, { description: "The language it was booked in" }),
});

const FirstStatusSchema = z.enum(["pending", "confirmed"], "must be pending or confirmed");

export const BookingBodies = bodiesOf({
  label: "Booking",
  fields: {
    serviceId: id,
    date: DateSchema,
    startTime: StartTimeSchema,
    staffId: staffId.nullable().register(z.globalRegistry, { description: "Who is to do it; null: whoever is free" }),
    status: FirstStatusSchema.meta({ description: "What `settings.booking.autoConfirm` says when left out" }),
    locale: LocaleSchema.nullable(),
    ...said,
  },
  made: ["date", "status"],
  defaults: { staffId: null, locale: null, people: 1, note: null, holdUntil: null },
  changeable: {
    status: StatusSchema,
    reason: text(500).nullable().register(z.globalRegistry, { description: "Why it is cancelled" }),
    date: DateSchema,
    startTime: StartTimeSchema,
    staffId,
    ...said,
  },
  examples: {
    create: {
      serviceId: "svc_01KAGW6PSZ0000000000000000",
      date: "2026-05-26",
      startTime: "09:30",
      customer: { name: "Ada Baker", email: "ada@example.com" },
    },
    update: { status: "confirmed" },
  },
});

export type NewBooking = z.output<typeof BookingBodies.create>;
export type BookingChanges = z.output<typeof BookingBodies.update>;

export const ListBookingsQuery = listQuery(["createdAt", "updatedAt", "startAt"], {
  status: StatusSchema.optional(),
  date: DateSchema.optional().register(z.globalRegistry, { description: "Those that begin on a day of the website's" }),
  from: MomentSchema.optional().register(z.globalRegistry, { description: "Those that begin then or later" }),
  to: MomentSchema.optional().register(z.globalRegistry, { description: "Those that begin before then" }),
  serviceId: text(64).optional(),
  staffId: text(64).optional(),
  search: SearchSchema.optional(),
});
