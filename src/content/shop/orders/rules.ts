import { eq, max, sql } from "drizzle-orm";
import type { Ctx } from "../../../core/work/context.ts";
import { ConcurrentChange, invalid } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import { useCoupon } from "../coupons/rules.ts";
import { MAX_AMOUNT } from "../../money.ts";
import { products } from "../products/table.ts";
import type { OrderItemsSent } from "./items-contract.ts";
import { type OrderItem, orders } from "./table.ts";

/** What was ordered at the prices of now. All in one currency, of products that are sold. */
async function pricedItems(
  ctx: Ctx,
  siteId: string,
  sent: OrderItemsSent,
): Promise<{ items: OrderItem[]; currency: string }> {
  const ids = JSON.stringify([...new Set(sent.map((it) => it.productId))]);
  const isWanted = sql`${products.id} IN (SELECT value FROM json_each(${ids}))`;
  const rows = await ctx.db
    .select()
    .from(products)
    .where(scoped(ctx, products, eq(products.siteId, siteId), isWanted));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const items = sent.map(({ productId, variantId, quantity }, index) => {
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
      type: product.type,
      quantity,
      unitPrice,
      total: unitPrice * quantity,
      discount: 0,
      taxRate: 0,
      tax: 0,
      taken: (variant?.stock ?? product.stock) === null ? 0 : quantity,
    };
  });
  const currencies = [...new Set(rows.map((row) => row.currency))];
  if (currencies.length > 1) throw invalid("items", `are sold in different currencies (${currencies.join(", ")})`);
  return { items, currency: currencies[0] as string };
}

/** What an order comes to at the products' prices, less what its coupon takes off. */
export async function priceOrder(
  ctx: Ctx,
  { siteId, items: sent, couponCode }: { siteId: string; items: OrderItemsSent; couponCode: string | null },
) {
  const { items, currency } = await pricedItems(ctx, siteId, sent);
  const subtotal = items.reduce((sum, it) => sum + it.total, 0);
  if (subtotal > MAX_AMOUNT) throw invalid("items", `come to more than ${MAX_AMOUNT} minor units`);
  const code = couponCode;
  const used = code === null ? null : await useCoupon(ctx, { siteId, code, subtotal, currency });
  const discount = used?.discount ?? 0;
  return {
    items,
    currency,
    subtotal,
    discount,
    shipping: 0,
    shippingMethod: null,
    tax: 0,
    taxIncluded: false,
    total: subtotal - discount,
    couponId: used?.couponId ?? null,
  };
}

/** What an order is when nobody has paid for it. */
export const UNPAID = { status: "pending", paidAt: null, paidAmount: 0, refundedAmount: 0 } as const;

/** The number of a site's next order. Two that counted alike are settled by the index: the later one counts again. */
export async function nextNumber(ctx: Ctx, siteId: string): Promise<number> {
  const [last] = await ctx.db
    .select({ number: max(orders.number) })
    .from(orders)
    .where(eq(orders.siteId, siteId));
  ctx.unit.onDuplicate([orders.siteId, orders.number], new ConcurrentChange());
  return (last?.number ?? 0) + 1;
}
