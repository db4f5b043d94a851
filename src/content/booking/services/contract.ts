import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../../core/contract.ts";
import { line, text, UrlSchema } from "../../../core/fields.ts";
import { listQuery, SearchSchema } from "../../list-query.ts";
import { AmountSchema, CurrencySchema } from "../../money.ts";
import { itemSchema } from "../../resource/contract.ts";

const MINUTES_OF_DAY = 1_440;

/** Services that nobody would read to the end of, or staff nobody would choose from. */
const MAX_STAFF = 50;

const whole = (min: number, max: number) =>
  z.int("must be a whole number").min(min, `must be at least ${min}`).max(max, `must be at most ${max}`);

const buffer = whole(0, MINUTES_OF_DAY);

const fields = {
  name: line(200).meta({ example: "Full service", description: "What visitors read" }),
  description: text(20_000).nullable(),
  image: UrlSchema.nullable().register(z.globalRegistry, { description: "The address of a picture of it" }),
  durationMinutes: whole(1, MINUTES_OF_DAY).meta({ example: 60, description: "How long an appointment takes" }),
  bufferBeforeMinutes: buffer.meta({ example: 0, description: "What stays free before an appointment" }),
  bufferAfterMinutes: buffer.meta({ example: 15, description: "What stays free after an appointment" }),
  slotIntervalMinutes: whole(5, MINUTES_OF_DAY).nullable().register(z.globalRegistry, {
    example: 30,
    description: "From one slot's start to the next; null: one after the other, buffers included",
  }),
  capacity: whole(1, 10_000).meta({
    example: 1,
    description: "How many people an appointment has room for; without staff, how many are served at the same time",
  }),
  price: AmountSchema.nullable().register(z.globalRegistry, {
    example: 6_500,
    description: "For each person, in minor units; null: it is not said",
  }),
  currency: CurrencySchema,
  noticeMinutes: whole(0, 525_600).meta({
    example: 120,
    description: "How long before it begins it can be booked at the latest",
  }),
  horizonDays: whole(0, 730).meta({
    example: 60,
    description: "How many days ahead it can be booked; 0: today only",
  }),
  staffIds: z
    .array(text(64, "must be the id of a member of staff"))
    .min(1, "must name somebody; null for nobody in particular")
    .max(MAX_STAFF, `must have at most ${MAX_STAFF} entries`)
    .refine((ids) => new Set(ids).size === ids.length, "names somebody twice")
    .nullable()
    .register(z.globalRegistry, {
      description: "Who can do it, who is asked first in front; null: nobody in particular",
    }),
  active: z.boolean("must be true or false").meta({ description: "Whether it can be booked" }),
  order: whole(0, 1_000_000).meta({ description: "Its place among the others: the lowest comes first" }),
};

export const ServiceSchema = itemSchema("BookingService", "svc_01KAGW6PSZ0000000000000000", fields);

export const ServiceBodies = bodiesOf({
  label: "BookingService",
  fields,
  defaults: {
    description: null,
    image: null,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    slotIntervalMinutes: null,
    capacity: 1,
    price: null,
    currency: "EUR",
    noticeMinutes: 0,
    horizonDays: 90,
    staffIds: null,
    active: true,
    order: 0,
  },
  examples: {
    create: { name: "Full service", durationMinutes: 60, bufferAfterMinutes: 15, price: 6_500, currency: "EUR" },
    update: { durationMinutes: 90 },
  },
});

export const ListServicesQuery = listQuery(["createdAt", "updatedAt", "order"], {
  active: z.enum(["true", "false"], "must be true or false").optional(),
  search: SearchSchema.optional(),
});
