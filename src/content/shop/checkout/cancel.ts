import { and, eq, sql } from "drizzle-orm";
import { conflict } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { shownBy } from "../../resource/contract.ts";
import { updateItem } from "../../resource/write.ts";
import { OrderSchema } from "../orders/contract.ts";
import { ORDERS } from "../orders/resource.ts";
import { type OrderRow, orders } from "../orders/table.ts";

/** Whether its customer can still take an order back: nobody has paid for it. */
export const canCancel = ({ status, paidAmount }: OrderRow): boolean => status === "pending" && paidAmount === 0;

/** Stages the end of an order that its customer takes back. One that is cancelled already stays as it is. */
export async function cancelOrder(ctx: Ctx, order: OrderRow): Promise<OrderRow> {
  if (order.status === "cancelled") return order;
  if (!canCancel(order))
    throw conflict("status", `An order that is ${order.status} cannot be cancelled by its customer.`);
  // Who pays at the same moment has paid: the order is looked at again.
  const isUnpaid = scoped(
    ctx,
    orders,
    and(eq(orders.id, order.id), eq(orders.status, "pending"), eq(orders.paidAmount, 0)),
  );
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${orders} WHERE ${isUnpaid})`);
  const written = { ...ORDERS, show: shownBy(OrderSchema) };
  const target = { siteId: order.siteId, id: order.id, changes: { status: "cancelled" } };
  return updateItem<typeof orders>(ctx, written as never, target);
}
