import { and, eq } from "drizzle-orm";
import { notFound } from "../../../core/errors.ts";
import { signLink, verifyLink } from "../../../core/links.ts";
import { databaseOf } from "../../../core/storage/database.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { Env } from "../../../env.ts";
import { type OrderRow, orders } from "../orders/table.ts";

const contextOf = (siteId: string): string => `order:${siteId}`;

/** What opens an order to whoever holds its link. */
export const orderToken = (env: Env, { siteId, id }: Pick<OrderRow, "siteId" | "id">): Promise<string> =>
  signLink(env, contextOf(siteId), id);

/** The order a signed link is for. Whatever is wrong with the link, there is no such order: `not_found`. */
export async function findLinkedOrder(
  ctx: Ctx,
  { siteId, orderId, token }: { siteId: string; orderId: string; token: string },
): Promise<OrderRow> {
  const isSigned = await verifyLink(ctx.env, contextOf(siteId), orderId, token);
  const isIt = and(eq(orders.siteId, siteId), eq(orders.id, orderId));
  const [row] = isSigned
    ? await ctx.db
        .select()
        .from(orders)
        .where(scoped(ctx, orders, isIt))
    : [];
  if (!row) throw notFound("Order");
  return row;
}

/** The site an order was placed at, `null` if there is no such order: nothing else of it is told without its token. */
export async function siteOfOrder(env: Env, orderId: string): Promise<string | null> {
  const rows = databaseOf(env, 0).select({ siteId: orders.siteId }).from(orders).where(eq(orders.id, orderId));
  return (await rows)[0]?.siteId ?? null;
}
