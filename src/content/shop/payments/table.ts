import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { itemColumns } from "../../resource/columns.ts";

export const PAYMENT_KINDS = ["payment", "refund"] as const;

/** `applied`: counted in the order's `paidAmount` or `refundedAmount`. `failed`: no money has moved. */
export const PAYMENT_OUTCOMES = ["applied", "unapplied", "failed"] as const;

/** Why money that has moved is not counted in the order. */
export const UNAPPLIED_REASONS = [
  "order_cancelled",
  "already_paid",
  "wrong_currency",
  "wrong_amount",
  "more_than_paid",
  "unapplied_payment",
] as const;
export type UnappliedReason = (typeof UNAPPLIED_REASONS)[number];

/** What a provider says has happened. */
export const PAYMENT_EVENTS = ["payment.succeeded", "payment.failed", "refund.succeeded"] as const;
export type PaymentEvent = (typeof PAYMENT_EVENTS)[number];

/** Money that was paid for an order or paid back. Written once, never changed. Amounts are in minor units. */
export const payments = sqliteTable(
  "payments",
  {
    ...itemColumns,
    orderId: text("order_id").notNull(),
    kind: text("kind").$type<(typeof PAYMENT_KINDS)[number]>().notNull(),
    /** `manual`, or the id of a payment provider. */
    provider: text("provider").notNull(),
    event: text("event").$type<PaymentEvent>().notNull(),
    amount: integer("amount").notNull(),
    currency: text("currency").notNull(),
    /** What the provider calls it. */
    reference: text("reference"),
    /** The message that told of it (`webhook-id`). */
    messageId: text("message_id"),
    outcome: text("outcome").$type<(typeof PAYMENT_OUTCOMES)[number]>().notNull(),
    unappliedReason: text("unapplied_reason").$type<UnappliedReason>(),
    /** Of a refund that is applied: how much of it is tax. */
    tax: integer("tax"),
    /** Of a refund: the unapplied payment that went back; `null` for what the order's own refunds are. */
    refundOf: text("refund_of"),
    /** Of a refund: why. */
    reason: text("reason"),
  },
  (table) => [
    uniqueIndex("payments_reference").on(table.siteId, table.provider, table.event, table.reference),
    uniqueIndex("payments_message").on(table.siteId, table.provider, table.messageId),
    index("payments_by_creation").on(table.siteId, table.createdAt, table.id),
    index("payments_of_order").on(table.siteId, table.orderId, table.createdAt, table.id),
    index("payments_by_outcome").on(table.siteId, table.outcome, table.createdAt, table.id),
  ],
);

export type PaymentRow = typeof payments.$inferSelect;
