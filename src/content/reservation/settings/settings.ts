import { z } from "@hono/zod-openapi";
import { EmailSchema } from "../../../core/fields.ts";
import { PartySizeSchema } from "../tables/contract.ts";
import { services } from "./services.ts";

const whole = (min: number, max: number) =>
  z.int("must be a whole number").min(min, `must be at least ${min}`).max(max, `must be at most ${max}`);

const yesOrNo = z.boolean("must be true or false");

export const BUFFER_UNITS = ["tables", "seats", "percent"] as const;

const DurationSchema = z
  .strictObject({
    partySize: PartySizeSchema.meta({ description: "Parties of so many people and more" }),
    minutes: whole(5, 1_440).meta({ example: 150, description: "How long they have their table" }),
  })
  .openapi("ReservationDuration");

const BufferSchema = z
  .strictObject({
    unit: z.enum(BUFFER_UNITS, `must be one of ${BUFFER_UNITS.join(", ")}`),
    amount: whole(0, 100_000).meta({ example: 2, description: "So many tables or seats, or percent of the seats" }),
  })
  .refine(({ unit, amount }) => unit !== "percent" || amount <= 100, {
    path: ["amount"],
    message: "must be at most 100 percent",
  })
  .openapi("WalkInBuffer", {
    description: "What is kept free for guests who come without a reservation",
  });

/** How a website takes reservations of tables, as its `settings.reservation` say. Read as they are now. */
export const ReservationSettingsSchema = z
  .strictObject({
    ...services,
    slotIntervalMinutes: whole(5, 240)
      .default(30)
      .register(z.globalRegistry, { description: "Minutes between two times that can be reserved" }),
    durationMinutes: whole(5, 1_440)
      .default(120)
      .register(z.globalRegistry, { description: "How long a party has its table" }),
    durations: z.array(DurationSchema).max(50, "must have at most 50 entries").default([]).register(z.globalRegistry, {
      description: "Other durations for larger parties; the one for the most people that fits holds",
    }),
    walkInBuffer: BufferSchema.nullable()
      .default(null)
      .meta({ description: "What can only be had by `walkIn`; null: nothing is kept free" }),
    noShowMinutes: whole(1, 1_440).nullable().default(null).meta({
      example: 20,
      description: "Minutes after which a party that was not seated is a no-show; null: never",
    }),
    noticeMinutes: whole(0, 525_600).default(0).register(z.globalRegistry, {
      example: 60,
      description: "How long before its time a table can be reserved at the latest",
    }),
    horizonDays: whole(1, 730)
      .default(90)
      .register(z.globalRegistry, { description: "How many days ahead tables can be reserved" }),
    maxPartySize: PartySizeSchema.nullable().default(null).meta({
      example: 8,
      description: "Larger parties are not taken online; null: what the tables hold",
    }),
    autoConfirm: yesOrNo.default(true).register(z.globalRegistry, {
      description: "Whether reservations are confirmed at once; else they wait for the owner",
    }),
    confirmByEmail: yesOrNo
      .default(false)
      .register(z.globalRegistry, { description: "Whether visitors have to open a link that is sent to them first" }),
    confirmMinutes: whole(5, 10_080).default(30).register(z.globalRegistry, {
      description: "How long a table waits for that; then the reservation is cancelled",
    }),
    cancelUntilHours: whole(0, 8_760).default(0).register(z.globalRegistry, {
      example: 4,
      description: "How long before its time customers can cancel at the latest",
    }),
    notifyEmail: EmailSchema.nullable()
      .default(null)
      .meta({ description: "Who is told when visitors reserve or cancel; null: nobody" }),
  })
  .openapi("ReservationSettings", {
    description: "How the website takes reservations of tables",
  });

export type ReservationSettings = z.output<typeof ReservationSettingsSchema>;

/** How a website takes reservations. What does not say when tables can be reserved takes none. */
export function reservationSettingsOf({ settings }: { settings: Record<string, unknown> }): ReservationSettings {
  const parsed = ReservationSettingsSchema.safeParse(settings.reservation ?? {});
  return parsed.success ? parsed.data : ReservationSettingsSchema.parse({});
}

const MINUTE_MS = 60_000;

/** How long a party of this size has its table, in milliseconds. */
export function durationOf({ durationMinutes, durations }: ReservationSettings, partySize: number): number {
  const fitting = durations.filter((it) => it.partySize <= partySize).sort((a, b) => b.partySize - a.partySize);
  return (fitting[0]?.minutes ?? durationMinutes) * MINUTE_MS;
}

/** When a confirmed party that has not come is a no-show; `null` where that is never so. Who is confirmed late has as long. */
export const noShowAt = ({ noShowMinutes }: ReservationSettings, startAt: number, now: number): number | null =>
  noShowMinutes === null ? null : Math.max(startAt, now) + noShowMinutes * MINUTE_MS;
