import { z } from "@hono/zod-openapi";
import { line } from "../../../core/fields.ts";

/** The wall clock of a place, to the minute. */
export const TimeSchema = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "must be a time such as 19:30")
  .meta({ example: "19:30" });

export const DateSchema = z.iso.date("must be a date such as 2026-12-24").meta({ example: "2026-12-24" });

const service = {
  name: line(100).meta({ example: "Dinner", description: "What guests know it by" }),
  from: TimeSchema.meta({ example: "18:00", description: "The first time that can be reserved" }),
  until: TimeSchema.meta({ example: "21:30", description: "The last time that can be reserved" }),
};

const inOrder: [(it: { from: string; until: string }) => boolean, { path: string[]; message: string }] = [
  ({ from, until }) => from <= until,
  { path: ["until"], message: "must not be before `from`" },
];

const WeekdaySchema = z.int("must be a whole number").min(1, "must be 1 to 7").max(7, "must be 1 to 7");

const WeeklyServiceSchema = z
  .strictObject({
    ...service,
    weekdays: z
      .array(WeekdaySchema)
      .min(1, "must name at least one weekday")
      .max(7, "must have at most 7 weekdays")
      .refine((days) => new Set(days).size === days.length, "names a weekday twice")
      .meta({ uniqueItems: true, example: [2, 3, 4, 5, 6], description: "1 is Monday, 7 is Sunday" }),
  })
  .refine(...inOrder)
  .openapi("ReservationService", {
    description: "When tables can be reserved on some days of the week",
  });

const ExceptionSchema = z
  .strictObject({
    from: DateSchema.meta({ description: "The first day it is for" }),
    until: DateSchema.nullable().default(null).meta({ description: "The last one; null: that day only" }),
    services: z
      .array(z.strictObject(service).refine(...inOrder))
      .max(20, "must have at most 20 services")
      .default([])
      .register(z.globalRegistry, { description: "What there is instead; none: closed" }),
  })
  .refine(({ from, until }) => until === null || from <= until, {
    path: ["until"],
    message: "must not be before `from`",
  })
  .openapi("ReservationException", { description: "Days that are not as their weekday says" });

export const services = {
  services: z
    .array(WeeklyServiceSchema)
    .max(100, "must have at most 100 services")
    .default([])
    .register(z.globalRegistry, { description: "When tables can be reserved; without any, nothing can" }),
  exceptions: z
    .array(ExceptionSchema)
    .max(1_000, "must have at most 1000 exceptions")
    .default([])
    .register(z.globalRegistry, {
      description: "Days with other times, or none; of several for one day the last one holds",
    }),
};

/** From when until when tables can be reserved. */
export type Service = Record<"name" | "from" | "until", string>;

interface Services {
  services: readonly (Service & { weekdays: readonly number[] })[];
  exceptions: readonly { from: string; until: string | null; services: readonly Service[] }[];
}

/** Whether tables can be reserved at a website at all. */
export const takesReservations = ({ services, exceptions }: Services): boolean =>
  services.length > 0 || exceptions.some((it) => it.services.length > 0);

/** The services of a day: those of its exception, else those of its weekday. */
export function servicesOn({ services, exceptions }: Services, date: string, weekday: number): readonly Service[] {
  const exception = exceptions.findLast(({ from, until }) => from <= date && date <= (until ?? from));
  return exception?.services ?? services.filter(({ weekdays }) => weekdays.includes(weekday));
}
