import { eq, or, type SQL, sql } from "drizzle-orm";
import type { z } from "@hono/zod-openapi";
import { personalAttributes, redact } from "../../../core/access/attributes.ts";
import type { Ctx } from "../../../core/context.ts";
import { ConcurrentChange, invalid } from "../../../core/errors.ts";
import { newId } from "../../../core/ids.ts";
import { contains } from "../../../core/storage/contains.ts";
import { counter } from "../../../core/storage/counter.ts";
import { listByCursor } from "../../../core/storage/list.ts";
import { ownedBy, scoped } from "../../../core/storage/scoped.ts";
import type { ExpectedVersions } from "../../../core/storage/version.ts";
import { createItem, findItem, type ItemKind, updateItem } from "../../site-items.ts";
import { findSite } from "../../sites/service.ts";
import { useCoupon } from "../coupons/service.ts";
import { MAX_AMOUNT } from "../money.ts";
import { ORDER_STATUSES, type OrderItem, type OrderStatus, orders, products } from "../table.ts";
import { type CreateOrder, type ListOrdersQuery, type Order, toOrder, type UpdateOrder } from "./contract.ts";
import { stepProblem } from "./status.ts";

export type OrderRow = typeof orders.$inferSelect;

const ORDER: ItemKind<typeof orders, Order> = {
  label: "Order",
  name: "order",
  table: orders,
  toItem: toOrder,
  events: { created: "order.created", updated: "order.updated" },
};

const ORDERS = counter("orders", ORDER_STATUSES);

export interface OrderId {
  siteId: string;
  orderId: string;
}

/** An order as the caller may see it. */
export const shownOrder = (ctx: Ctx, order: Order): Order => redact(ctx.caller, "order", order);

export const findOrder = (ctx: Ctx, { siteId, orderId }: OrderId): Promise<OrderRow> =>
  findItem(ctx, ORDER, siteId, orderId);

/** Orders of this number, or whose customer's name or address contains the text: nobody finds by what they may not see. */
export function orderSearch(ctx: Ctx, text: string): SQL {
  const isVisible = personalAttributes(ctx.caller);
  const byNumber = /^\d{1,9}$/.test(text) ? eq(orders.number, Number(text)) : undefined;
  const byName = isVisible("customerName") ? contains(orders.customerName, text) : undefined;
  const byEmail = isVisible("customerEmail") ? contains(orders.customerEmail, text) : undefined;
  return or(byNumber, byName, byEmail) ?? sql`0`;
}

/** The condition and the exact total of a site's orders. */
export function orderFilter(
  ctx: Ctx,
  siteId: string,
  { status, search }: { status?: OrderStatus | undefined; search?: string | undefined },
): { where: SQL; total: SQL } {
  const where = scoped(
    ctx,
    orders,
    eq(orders.siteId, siteId),
    status && eq(orders.status, status),
    search === undefined ? undefined : orderSearch(ctx, search),
  );
  const total =
    search === undefined
      ? ORDERS.count(siteId, status && [status])
      : sql`(SELECT count(*) FROM ${orders} WHERE ${where})`;
  return { where, total };
}

export async function listOrders({
  ctx,
  input: { siteId, query },
}: {
  ctx: Ctx;
  input: { siteId: string; query: z.output<typeof ListOrdersQuery> };
}) {
  await findSite(ctx, siteId);
  const source = {
    name: `orders:${siteId}`,
    table: orders,
    id: orders.id,
    orders: { createdAt: orders.createdAt, updatedAt: orders.updatedAt },
    ...orderFilter(ctx, siteId, query),
  };
  const { rows, pagination } = await listByCursor(ctx, source, { ...query, orderBy: query.orderBy ?? "createdAt" });
  return { items: rows.map((row) => shownOrder(ctx, toOrder(row))), pagination };
}

/** What was ordered at the prices of now. All in one currency, of products that are sold. */
async function pricedItems(
  ctx: Ctx,
  siteId: string,
  given: CreateOrder["items"],
): Promise<{ items: OrderItem[]; currency: string }> {
  const ids = JSON.stringify([...new Set(given.map((it) => it.productId))]);
  const isWanted = sql`${products.id} IN (SELECT value FROM json_each(${ids}))`;
  const rows = await ctx.db
    .select()
    .from(products)
    .where(scoped(ctx, products, eq(products.siteId, siteId), isWanted));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const items = given.map(({ productId, variantId, quantity }, index) => {
    const product = byId.get(productId);
    if (!product?.active) throw invalid(`items.${index}.productId`, "is not a product this site sells");
    const variant = product.variants.find((it) => it.id === variantId);
    if (variantId !== null && !variant) throw invalid(`items.${index}.variantId`, "is not a variant of the product");
    const unitPrice = variant?.price ?? product.price;
    return {
      productId,
      variantId,
      title: variant ? `${product.title}, ${variant.title}` : product.title,
      sku: variant?.sku ?? product.sku,
      quantity,
      unitPrice,
      total: unitPrice * quantity,
    };
  });
  const currencies = [...new Set(rows.map((row) => row.currency))];
  if (currencies.length > 1) throw invalid("items", `are sold in different currencies (${currencies.join(", ")})`);
  return { items, currency: currencies[0] as string };
}

/** A new order at the products' prices. Stock is not touched yet, and nothing is paid. */
export async function createOrder({
  ctx,
  input: { siteId, order },
}: {
  ctx: Ctx;
  input: { siteId: string; order: CreateOrder };
}): Promise<Order> {
  const site = await findSite(ctx, siteId);
  const { items, currency } = await pricedItems(ctx, site.id, order.items);
  const subtotal = items.reduce((sum, it) => sum + it.total, 0);
  if (subtotal > MAX_AMOUNT) throw invalid("items", `come to more than ${MAX_AMOUNT} minor units`);
  const code = order.couponCode ?? null;
  const discount = code === null ? 0 : await useCoupon(ctx, { siteId: site.id, code, subtotal, currency });
  const [last] = await ctx.db
    .select({ number: sql<number | null>`max(${orders.number})` })
    .from(orders)
    .where(eq(orders.siteId, site.id));
  // Two that counted alike are settled by the index: the later one counts again.
  ctx.unit.onDuplicate("orders.site_id, orders.number", new ConcurrentChange());
  const row: OrderRow = {
    id: newId("ord", ctx.now),
    ...ownedBy(ctx),
    siteId: site.id,
    number: (last?.number ?? 0) + 1,
    status: "pending",
    customerName: order.customerName,
    customerEmail: order.customerEmail,
    customerPhone: order.customerPhone ?? null,
    shippingAddress: order.shippingAddress ?? null,
    items,
    currency,
    subtotal,
    discount,
    total: subtotal - discount,
    couponCode: code?.toUpperCase() ?? null,
    note: order.note ?? null,
    version: 1,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  };
  return shownOrder(ctx, createItem(ctx, ORDER, row));
}

export async function updateOrder({
  ctx,
  input: { changes, expectedVersions, ...named },
}: {
  ctx: Ctx;
  input: OrderId & { changes: UpdateOrder; expectedVersions?: ExpectedVersions };
}): Promise<Order> {
  const before = await findOrder(ctx, named);
  const problem = changes.status && stepProblem(before.status, changes.status);
  if (problem) throw problem;
  return shownOrder(ctx, updateItem(ctx, ORDER, before, changes as Partial<OrderRow>, expectedVersions));
}
