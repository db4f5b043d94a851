import { conflict } from "../../../core/errors.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { cancelAsRead } from "../orders/cancel.ts";
import type { OrderRow } from "../orders/table.ts";

/** Whether its customer can still take an order back: nobody has paid for it. */
export const canCancel = ({ status, paidAmount }: OrderRow): boolean => status === "pending" && paidAmount === 0;

/** Stages the end of an order that its customer takes back. One that is cancelled already stays as it is. */
export async function cancelOrder(ctx: Ctx, order: OrderRow): Promise<OrderRow> {
  if (order.status === "cancelled") return order;
  if (!canCancel(order))
    throw conflict("status", `An order that is ${order.status} cannot be cancelled by its customer.`);
  return cancelAsRead(ctx, order);
}
