import type { Ctx } from "../../../core/work/context.ts";
import { giveBackCoupon } from "../coupons/use.ts";
import { manualPayment, stagePaid } from "../payments/paid.ts";
import { refundable, stageRefund } from "../payments/stage-refund.ts";
import { putBack } from "./restock.ts";
import { stepProblem } from "./status.ts";
import type { OrderRow, OrderStatus } from "./table.ts";

/** The end of an order that comes to nothing: what it took off the stock and the use of its coupon go back. */
function cancel(ctx: Ctx, before: OrderRow): Partial<OrderRow> {
  return { holdUntil: null, items: putBack(ctx, before), ...giveBackCoupon(ctx, before) };
}

/** Stages what a step brings about besides; answers the columns it changes. Throws 409 for a step that cannot be. */
export async function stepTo(ctx: Ctx, before: OrderRow, to: OrderStatus): Promise<Partial<OrderRow>> {
  const problem = stepProblem(before.status, to, before.paidAt !== null);
  if (problem) throw problem;
  if (to === before.status) return {};
  if (to === "paid") return stagePaid(ctx, before, manualPayment(before)).columns;
  if (to === "cancelled") return cancel(ctx, before);
  if (to === "refunded") return (await stageRefund(ctx, before, { amount: refundable(before) })).columns;
  return {};
}
