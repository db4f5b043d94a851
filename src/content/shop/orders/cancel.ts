import type { Ctx } from "../../../core/work/context.ts";
import { ORDERS } from "./resource.ts";
import { stepTo } from "./step.ts";
import type { OrderRow } from "./table.ts";

/**
 * Stages the end of an order that was read, with all that it gives back. Who pays at the same moment has paid: the commit
 * holds only while nobody has changed the order.
 */
export const cancelAsRead = async (ctx: Ctx, order: OrderRow): Promise<OrderRow> =>
  ORDERS.verbs.change(ctx, order, { status: "cancelled", ...(await stepTo(ctx, order, "cancelled")) });
