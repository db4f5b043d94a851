import type { InferSelectModel } from "drizzle-orm";
import { conflict, type DomainError } from "../../../core/errors.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { giveBackCoupon } from "../coupons/rules.ts";
import { returnStock } from "../stock/take.ts";
import type { OrderStatus, orders } from "./table.ts";

type OrderRow = InferSelectModel<typeof orders>;

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

/** What a step changes: when the order was paid, and that a cancelled one gives back its stock and the use of its coupon. */
export function stepTo(ctx: Ctx, before: OrderRow, to: OrderStatus): Pick<OrderRow, "paidAt"> {
  const problem = stepProblem(before.status, to, before.paidAt !== null);
  if (problem) throw problem;
  if (to === "cancelled" && before.status !== "cancelled") {
    returnStock(ctx, before.siteId, before.items);
    if (before.couponId !== null) giveBackCoupon(ctx, before.couponId);
  }
  return { paidAt: before.paidAt ?? (to === "paid" ? ctx.now : null) };
}
