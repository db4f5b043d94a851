import { z } from "@hono/zod-openapi";
import { line, text } from "../../../core/fields.ts";
import { listQuery } from "../../list-query.ts";
import { AmountSchema, CurrencySchema } from "../../money.ts";
import { itemSchema } from "../../resource/contract.ts";
import { PAYMENT_EVENTS, PAYMENT_KINDS, PAYMENT_OUTCOMES, UNAPPLIED_REASONS } from "./table.ts";

const OutcomeSchema = z.enum(PAYMENT_OUTCOMES, `must be one of ${PAYMENT_OUTCOMES.join(", ")}`);

export const PaymentSchema = itemSchema("Payment", "pay_01KAGW6PSZ0000000000000000", {
  orderId: z.string(),
  kind: z.enum(PAYMENT_KINDS),
  provider: z.string().meta({ example: "manual" }),
  amount: AmountSchema.meta({ example: 1795 }),
  currency: CurrencySchema,
  reference: z.string().nullable(),
  outcome: OutcomeSchema,
  unappliedReason: z.enum(UNAPPLIED_REASONS).nullable(),
  tax: AmountSchema.nullable(),
  refundOf: z.string().nullable(),
  reason: z.string().nullable(),
});

export const ListPaymentsQuery = listQuery(["createdAt"], {
  orderId: text(64).optional(),
  outcome: OutcomeSchema.optional(),
});

export const ListOrderPaymentsQuery = listQuery(["createdAt"], {});

/** What a provider calls a payment; what both sides know it by. */
const ReferenceSchema = line(255);

const returned = z.strictObject({
  item: z
    .int("must be a whole number")
    .min(0, "must not be negative")
    .meta({ description: "Its place among the order's items, from 0" }),
  quantity: z.int("must be a whole number").min(1, "must be at least 1").max(10_000),
});

export const RefundSchema = z
  .strictObject({
    amount: AmountSchema.min(1, "must be at least 1").optional().register(z.globalRegistry, {
      description: "In minor units; without it the price of `items`, or all that is left",
    }),
    reason: text(500).nullable().default(null),
    items: z
      .array(returned, "must be a list of items")
      .min(1, "must have at least one item")
      .max(200, "must have at most 200 items")
      .optional()
      .register(z.globalRegistry, { description: "What of the order it is for" }),
    restock: z
      .boolean("must be true or false")
      .default(false)
      .register(z.globalRegistry, { description: "Whether `items`, or all there are, go back into stock" }),
    reference: ReferenceSchema.nullable().default(null).meta({
      description: "What the provider calls it: its own message of this refund is then known",
    }),
    paymentId: text(64)
      .nullable()
      .default(null)
      .meta({ description: "An unapplied payment that goes back; null for the order's own" }),
  })
  .openapi("CreateRefund", { example: { amount: 50, reason: "One loaf was stale" } });

export type Refund = z.output<typeof RefundSchema>;

export const CallbackSchema = z
  .object({
    type: z.enum(PAYMENT_EVENTS, `must be one of ${PAYMENT_EVENTS.join(", ")}`),
    data: z.object({
      orderId: text(64, "must be the id of an order"),
      amount: AmountSchema,
      currency: CurrencySchema,
      reference: ReferenceSchema,
    }),
  })
  .openapi("PaymentCallback", {
    example: {
      type: "payment.succeeded",
      data: { orderId: "ord_01KAGW6PSZ0000000000000000", amount: 1795, currency: "EUR", reference: "ch_3QK9" },
    },
  });

export type Callback = z.output<typeof CallbackSchema>;

export const ReceivedSchema = z
  .object({
    paymentId: z.string(),
    outcome: OutcomeSchema,
    unappliedReason: z.enum(UNAPPLIED_REASONS).nullable(),
  })
  .openapi("ReceivedPayment");
