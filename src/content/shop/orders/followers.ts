import type { Ctx } from "../../../core/work/context.ts";
import { isPaid } from "./status.ts";
import type { OrderRow, OrderStatus } from "./table.ts";

/**
 * What happens along with the steps of an order: points, e-mails. Each stages what it does into the commit of the step, and
 * is given the order as it is after it.
 */
export interface OrderFollower {
  /** It was made at the checkout; one that costs nothing is paid by then. */
  placed?(ctx: Ctx, order: OrderRow): Promise<void> | void;
  /** All that is due was paid. */
  paid?(ctx: Ctx, order: OrderRow): Promise<void> | void;
  shipped?(ctx: Ctx, order: OrderRow): Promise<void> | void;
  cancelled?(ctx: Ctx, order: OrderRow): Promise<void> | void;
  /** `amount`, in minor units, went back to the customer; `order.refundedAmount` is what went back in all. */
  refunded?(ctx: Ctx, order: OrderRow, amount: number): Promise<void> | void;
  completed?(ctx: Ctx, order: OrderRow): Promise<void> | void;
}

let followers: readonly OrderFollower[] = [];

/** Names who follows orders; called once, by the composition root. */
export function registerOrderFollowers(...named: readonly OrderFollower[]): void {
  followers = named;
}

/** Has all of them stage what a change of an order means to them, one after the other. */
export async function followSteps(ctx: Ctx, { before, row }: Record<"before" | "row", OrderRow>): Promise<void> {
  const refunded = row.refundedAmount - before.refundedAmount;
  const isNew = (status: OrderStatus): boolean => before.status !== status && row.status === status;
  for (const follower of followers) {
    if (isPaid(row) && !isPaid(before)) await follower.paid?.(ctx, row);
    if (isNew("shipped")) await follower.shipped?.(ctx, row);
    if (isNew("cancelled")) await follower.cancelled?.(ctx, row);
    if (refunded > 0) await follower.refunded?.(ctx, row, refunded);
    if (isNew("completed")) await follower.completed?.(ctx, row);
  }
}

/** The same for an order that was made at the checkout. */
export async function followPlaced(ctx: Ctx, order: OrderRow): Promise<void> {
  for (const follower of followers) await follower.placed?.(ctx, order);
}
