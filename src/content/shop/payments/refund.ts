import { and, eq, sql } from "drizzle-orm";
import { conflict } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { findItem } from "../../resource/find.ts";
import { ORDERS } from "../orders/resource.ts";
import { putBack } from "../orders/restock.ts";
import { type OrderRow, orders } from "../orders/table.ts";
import type { Refund } from "./contract.ts";
import { expectNew } from "./known.ts";
import { priceOf, quantitiesOf } from "./refunded-items.ts";
import { refundable, stageRefund } from "./stage-refund.ts";
import { refundUnapplied } from "./refund-unapplied.ts";
import type { PaymentRow } from "./table.ts";

interface Refunding {
  siteId: string;
  orderId: string;
  refund: Refund;
}

/** Stages money that goes back to a customer: of what was paid for the order, or of a payment that was not applied to it. */
export async function refundOrder({ ctx, input }: { ctx: Ctx; input: Refunding }): Promise<PaymentRow> {
  const { siteId, orderId: id, refund } = input;
  const order = await findItem(ctx, ORDERS, { siteId, id });
  return refund.paymentId === null
    ? refundPaid(ctx, order, refund)
    : refundUnapplied(ctx, order, { ...refund, paymentId: refund.paymentId });
}

async function refundPaid(ctx: Ctx, order: OrderRow, refund: Refund): Promise<PaymentRow> {
  const { items: sent, restock, reason, reference } = refund;
  const quantities = sent && quantitiesOf(order.items, sent);
  const left = refundable(order);
  const amount = refund.amount ?? (quantities ? Math.min(left, priceOf(order, quantities)) : left);
  if (amount === 0) throw conflict("amount", "Nothing of what was paid is left to pay back.");
  requireLeft(ctx, order, amount);
  if (restock) requireTaken(order, sent);
  const items = restock ? putBack(ctx, order, quantities) : order.items;
  if (reference !== null) expectNew(ctx, conflict("reference", "is that of another refund"));
  const { payment, columns } = await stageRefund(ctx, order, { amount, reason, reference });
  await ORDERS.verbs.change(ctx, order, { ...columns, items });
  return payment;
}

/** Of refunds at the same moment only as many happen as there is money for; those that are too many end here, in the commit too. */
function requireLeft(ctx: Ctx, order: OrderRow, amount: number): void {
  const left = refundable(order);
  const tooMuch = conflict("amount", `No more than ${left} of what was paid is left to pay back.`);
  if (amount > left) throw tooMuch;
  const isLeft = and(eq(orders.id, order.id), sql`${orders.refundedAmount} + ${amount} <= ${orders.paidAmount}`);
  ctx.unit.require(
    sql`EXISTS (SELECT 1 FROM ${orders} WHERE ${scoped(ctx, orders, isLeft)})`,
    conflict("amount", "So much of what was paid is no longer left to pay back."),
  );
}

/** What is put back into stock has to be off it. */
function requireTaken({ items }: OrderRow, sent: Refund["items"]): void {
  for (const [index, { item, quantity }] of (sent ?? []).entries()) {
    const taken = items[item]?.taken ?? 0;
    if (quantity > taken) throw conflict(`items.${index}.quantity`, `Only ${taken} of it are off the stock.`);
  }
}
