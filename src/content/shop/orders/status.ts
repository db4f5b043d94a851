import { conflict, type DomainError } from "../../../core/errors.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { giveBackCoupon } from "../coupons/use.ts";
import { returnStock } from "../stock/take.ts";
import type { OrderItem, OrderRow, OrderStatus } from "./table.ts";

/** Where an order can go from where it is. */
const NEXT: Record<OrderStatus, readonly OrderStatus[]> = {
  pending: ["paid", "cancelled"],
  paid: ["shipped", "completed", "cancelled", "refunded"],
  shipped: ["delivered", "completed", "refunded"],
  delivered: ["completed", "refunded"],
  completed: ["refunded"],
  cancelled: ["refunded"],
  refunded: [],
};

/** What is wrong with a step, or `null`. Staying where it is, is no step; what was never paid is not refunded. */
export function stepProblem(from: OrderStatus, to: OrderStatus, isPaid: boolean): DomainError | null {
  const next = NEXT[from].filter((it) => it !== "refunded" || isPaid);
  if (from === to || next.includes(to)) return null;
  const options = next.length > 0 ? `can become ${next.join(" or ")}` : "is final";
  return conflict("status", `An order that is ${from} ${options}, not ${to}.`);
}

/** What a step changes of an order besides where it stands. */
type Step = Pick<OrderRow, "paidAt" | "paidAmount" | "refundedAmount" | "holdUntil"> &
  Partial<Pick<OrderRow, "items" | "couponId">>;

/** Gives back what an order has taken off the stock. */
function returnItems(ctx: Ctx, { siteId, items }: OrderRow): OrderItem[] {
  returnStock(
    ctx,
    siteId,
    items.map(({ taken, ...item }) => ({ ...item, quantity: taken })),
  );
  return items.map((item) => ({ ...item, taken: 0 }));
}

/** What a step changes: what was paid and refunded, and that a cancelled order gives back its stock and the use of its coupon. */
export function stepTo(ctx: Ctx, before: OrderRow, to: OrderStatus): Step {
  const problem = stepProblem(before.status, to, before.paidAt !== null);
  if (problem) throw problem;
  const { paidAt, paidAmount, refundedAmount, holdUntil } = before;
  const same = { paidAt, paidAmount, refundedAmount, holdUntil };
  if (to === before.status) return same;
  const returned = to === "cancelled" ? { items: returnItems(ctx, before), ...giveBackCoupon(ctx, before) } : {};
  const paid = to === "paid" ? { paidAt: ctx.now, paidAmount: before.total } : {};
  const refunded = to === "refunded" ? { refundedAmount: paidAmount } : {};
  return { ...same, ...returned, ...paid, ...refunded, holdUntil: null };
}
