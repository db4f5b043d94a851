import { and, eq } from "drizzle-orm";
import { ConcurrentChange, conflict, invalid } from "../../../core/errors.ts";
import { mismatch } from "../../../core/http/idempotency.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { shownBy } from "../../resource/contract.ts";
import { createItem } from "../../resource/write.ts";
import { OrderBodies, OrderSchema } from "../orders/contract.ts";
import { ORDERS } from "../orders/resource.ts";
import { type OrderRow, orders } from "../orders/table.ts";
import { shopSettingsOf } from "../settings/settings.ts";
import { type Checkout, ORDERED_FIELDS } from "./contract.ts";
import { holdUntil } from "./hold.ts";

interface Placing {
  siteId: string;
  /** Names the checkout: of all calls with one key, one places an order and all others find it. */
  checkoutKey: string;
  body: Checkout;
}

const ORDINARY = ORDERS.create as NonNullable<typeof ORDERS.create>;

/** Stages a visitor's order, or finds the one its checkout has made already. Another order under the same key is refused. */
export async function placeOrder(
  ctx: Ctx,
  { siteId, checkoutKey, body }: Placing,
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
    return { ...row, checkoutKey, locale, holdUntil: row.total === 0 ? null : holdUntil(settings, ctx.now) };
  };
  const written = { ...ORDERS, create: { ...ORDINARY, columns }, show: shownBy(OrderSchema) };
  const order = await createItem<typeof orders>(ctx, written as never, { siteId, body: ordered });
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
