import { and, eq, sql } from "drizzle-orm";
import { type OrderOrigin, stageOrigin } from "../../../analytics/order-origin.ts";
import { ConcurrentChange, conflict, invalid } from "../../../core/errors.ts";
import { mismatch } from "../../../core/http/idempotency.ts";
import { isListed, scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { shownBy } from "../../resource/contract.ts";
import { createItem } from "../../resource/write.ts";
import { OrderBodies, OrderSchema } from "../orders/contract.ts";
import { followPlaced } from "../orders/followers.ts";
import { ORDERS } from "../orders/resource.ts";
import { type OrderItem, type OrderRow, orders } from "../orders/table.ts";
import { products } from "../products/table.ts";
import { shopSettingsOf } from "../settings/settings.ts";
import { type Checkout, ORDERED_FIELDS } from "./contract.ts";
import { holdUntil } from "./hold.ts";

interface Placing {
  siteId: string;
  /** Names the checkout: of all calls with one key, one places an order and all others find it. */
  checkoutKey: string;
  body: Checkout;
  /** Where the visit came from in which it is ordered, as far as that is known. */
  origin?: OrderOrigin | null;
}

/** What is sold in variants is bought as one of them: 400 names the first item that says none. */
async function requireVariants(ctx: Ctx, siteId: string, items: readonly OrderItem[]): Promise<void> {
  const ids = items.filter(({ variantId }) => variantId === null).map(({ productId }) => productId);
  if (ids.length === 0) return;
  const hasVariants = and(eq(products.siteId, siteId), isListed(products.id, ids), sql`${products.variants} <> '[]'`);
  const rows = await ctx.db
    .select({ id: products.id })
    .from(products)
    .where(scoped(ctx, products, hasVariants));
  const nth = items.findIndex((it) => it.variantId === null && rows.some(({ id }) => id === it.productId));
  if (nth >= 0) throw invalid(`items.${nth}.variantId`, "is required: the product is sold in variants");
}

const ORDINARY = ORDERS.create as NonNullable<typeof ORDERS.create>;

/** Stages a visitor's order, or finds the one its checkout has made already. Another order under the same key is refused. */
export async function placeOrder(
  ctx: Ctx,
  { siteId, checkoutKey, body, origin }: Placing,
): Promise<{ order: OrderRow; isRepeated: boolean }> {
  const placed = await findPlaced(ctx, siteId, checkoutKey);
  if (placed) {
    if (!isSame(placed, body)) throw mismatch();
    return { order: placed, isRepeated: true };
  }
  // Of two at once the index picks one; the other one is run again and finds it.
  ctx.unit.onDuplicate([orders.siteId, orders.checkoutKey], new ConcurrentChange());
  const { acceptTerms, expectedTotal, locale = null, ...ordered } = body;
  const columns: typeof ORDINARY.columns = async (at) => {
    const settings = shopSettingsOf(at.site);
    if (settings.checkout.termsUrl !== null && acceptTerms !== true) throw invalid("acceptTerms", "must be true");
    const row = await ORDINARY.columns(at);
    await requireVariants(ctx, siteId, row.items);
    const isSent = row.items.some(({ type }) => type === "physical");
    if (isSent && row.shippingAddress === null) {
      throw invalid("shippingAddress", "is required: something is to be sent");
    }
    if (isSent && settings.shipping.methods.length > 0 && row.shippingMethod === null) {
      throw invalid("shippingMethod", "is required: something is to be sent");
    }
    if (expectedTotal !== undefined && expectedTotal !== row.total) {
      throw conflict("expectedTotal", `The order comes to ${row.total} by now.`);
    }
    // Where nothing is due there is nobody to pay it, and nothing to wait for.
    const standing =
      row.total === 0
        ? ({ status: "paid", paidAt: ctx.now, holdUntil: null } as const)
        : { holdUntil: holdUntil(settings, ctx.now) };
    return { ...row, checkoutKey, locale, ...standing };
  };
  const written = { ...ORDERS, create: { ...ORDINARY, columns }, show: shownBy(OrderSchema) };
  const order = await createItem<typeof orders>(ctx, written as never, { siteId, body: ordered });
  if (origin) stageOrigin(ctx, { siteId, orderId: order.id, origin });
  await followPlaced(ctx, order);
  return { order, isRepeated: false };
}

/** The order a checkout has made; `null` before it has. */
export async function findPlaced(ctx: Ctx, siteId: string, checkoutKey: string): Promise<OrderRow | null> {
  const isIt = and(eq(orders.siteId, siteId), eq(orders.checkoutKey, checkoutKey));
  const [row] = await ctx.db
    .select()
    .from(orders)
    .where(scoped(ctx, orders, isIt));
  return row ?? null;
}

/** Whether an order is of the same things for the same customer as a checkout that comes after it. */
function isSame(order: OrderRow, body: Checkout): boolean {
  const asked: Record<string, unknown> = OrderBodies.fill(body);
  const stored = { ...order, items: itemsOf(order.items) };
  const sent = { ...asked, items: itemsOf(body.items) };
  const said = (it: Record<string, unknown>) => JSON.stringify(ORDERED_FIELDS.map((name) => it[name] ?? null));
  return said(stored) === said(sent);
}

const itemsOf = (items: Checkout["items"]) =>
  items.map(({ productId, variantId, quantity }) => ({ productId, variantId, quantity }));
