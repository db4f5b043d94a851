import { z } from "@hono/zod-openapi";
import { text } from "../../../core/fields.ts";

const whole = (min: number, max: number) =>
  z.int("must be a whole number").min(min, `must be at least ${min}`).max(max, `must be at most ${max}`);

const ManualSchema = z
  .strictObject({
    enabled: z
      .boolean("must be true or false")
      .default(true)
      .register(z.globalRegistry, { description: "Whether customers can choose it" }),
    instructions: text(2_000).default("").register(z.globalRegistry, {
      example: "Please transfer the amount to NL91 ABNA 0417 1643 00.",
      description: "How to pay",
    }),
    holdHours: whole(1, 8_760)
      .default(168)
      .register(z.globalRegistry, { description: "Hours after which an order that is not paid is cancelled" }),
  })
  .meta({ description: "Payment that the owner sees arrive: a transfer, cash at the counter" });

export const PaymentSchema = z
  .strictObject({
    manual: ManualSchema.default(ManualSchema.parse({})),
    holdMinutes: whole(5, 10_080).default(60).register(z.globalRegistry, {
      description: "Minutes after which an order is cancelled that a provider has not told to be paid",
    }),
  })
  .meta({ description: "How orders are paid, and how long they wait for it" });
