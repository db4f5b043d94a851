import { and, eq } from "drizzle-orm";
import { isListed, scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { OrderRow } from "../orders/table.ts";
import { products } from "../products/table.ts";
import type { CustomerOrder } from "./contract.ts";

/** Where an order stands while what was bought is the customer's: it is paid, and its money did not go back. */
const OPEN: readonly OrderRow["status"][] = ["paid", "shipped", "delivered", "completed"];

/** The digital products of an order that is paid, where each is to be had as its product says now. */
export async function downloadsOf(ctx: Ctx, order: OrderRow): Promise<CustomerOrder["downloads"]> {
  const bought = order.items.filter(({ type }) => type === "digital");
  if (bought.length === 0 || !OPEN.includes(order.status)) return [];
  const ids = bought.map(({ productId }) => productId);
  const rows = await ctx.db
    .select({ id: products.id, url: products.downloadUrl })
    .from(products)
    .where(scoped(ctx, products, and(eq(products.siteId, order.siteId), isListed(products.id, ids))));
  const byId = new Map(rows.map(({ id, url }) => [id, url]));
  return bought.flatMap(({ productId, title }) => {
    const url = byId.get(productId);
    return url ? [{ productId, title, url }] : [];
  });
}
