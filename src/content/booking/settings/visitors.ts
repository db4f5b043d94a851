import { z } from "@hono/zod-openapi";
import { EmailSchema } from "../../../core/fields.ts";

const yes = () => z.boolean("must be true or false");
const whole = (min: number, max: number) =>
  z.int("must be a whole number").min(min, `must be at least ${min}`).max(max, `must be at most ${max}`);

/** Ten years: never too late. */
const MAX_HOURS = 87_600;

/** What becomes of bookings, and until when their customers can change them: a part of `settings.booking`. */
export const VISITOR_SETTINGS = {
  autoConfirm: yes().default(true).register(z.globalRegistry, {
    description: "Whether bookings are confirmed as they come; otherwise they wait for the owner",
  }),
  confirmByEmail: yes().default(false).register(z.globalRegistry, {
    description: "Whether a visitor's booking waits until its customer follows the link in the e-mail",
  }),
  holdMinutes: whole(1, 10_080)
    .default(30)
    .register(z.globalRegistry, { description: "How long it waits for that; then its slot is free again" }),
  cancelUntilHours: whole(0, MAX_HOURS)
    .default(24)
    .register(z.globalRegistry, { description: "How many hours before it begins a customer can still cancel" }),
  rescheduleUntilHours: whole(0, MAX_HOURS)
    .default(24)
    .register(z.globalRegistry, { description: "How many hours before it begins a customer can still move it" }),
  customerMails: yes().default(true).register(z.globalRegistry, {
    description: "Whether customers are told by e-mail what becomes of their bookings",
  }),
  notifyEmail: EmailSchema.nullable().default(null).meta({
    description: "Who is told of visitors' bookings, changes and cancellations; null: nobody",
  }),
};
