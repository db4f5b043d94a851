import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../core/work/context.ts";
import { findItem } from "../../resource/find.ts";
import { ORDERS } from "../orders/resource.ts";
import type { ListOrderPaymentsQuery } from "./contract.ts";
import { PAYMENTS } from "./resource.ts";

interface OfOrder {
  siteId: string;
  orderId: string;
  query: z.output<typeof ListOrderPaymentsQuery>;
}

/** A page of what was paid for one order; `not_found` if there is no such order. */
export async function listPayments({ ctx, input: { siteId, orderId, query } }: { ctx: Ctx; input: OfOrder }) {
  await findItem(ctx, ORDERS, { siteId, id: orderId });
  return PAYMENTS.verbs.list({ ctx, input: { siteId, query: { ...query, orderId, outcome: undefined } } });
}
