import { eq } from "drizzle-orm";
import { COUPONS as COUPON_RESOURCE } from "../content/shop/coupons/resource.ts";
import { coupons } from "../content/shop/coupons/table.ts";
import { ORDERS as ORDER_RESOURCE } from "../content/shop/orders/resource.ts";
import { type OrderStatus, orders } from "../content/shop/orders/table.ts";
import { PRODUCTS as PRODUCT_RESOURCE } from "../content/shop/products/resource.ts";
import { products } from "../content/shop/products/table.ts";
import { SAMPLE_COUPONS as COUPONS, SAMPLE_PRODUCTS as PRODUCTS } from "../content/sample/shop.ts";
import type { Ctx } from "../core/work/context.ts";
import { scoped } from "../core/storage/scoped.ts";
import type { Env } from "../env.ts";
import { type Tenant, tenantContext } from "./tenant.ts";

const HOUR_MS = 3_600_000;

/** Buyers by what they bought: names of products and how many. */
const ORDERS: {
  who: string;
  hoursAgo: number;
  items: [title: string, quantity: number][];
  status: OrderStatus;
  coupon?: string;
}[] = [
  {
    who: "Ada Berg",
    hoursAgo: 50,
    items: [
      ["Sourdough loaf", 2],
      ["Butter croissant", 4],
    ],
    status: "completed",
  },
  { who: "Milo Jansen", hoursAgo: 20, items: [["Stollen", 1]], status: "paid", coupon: "WELCOME10" },
  { who: "Noor de Wit", hoursAgo: 2, items: [["Baking course, one evening", 1]], status: "pending" },
];

const STEPS: Record<string, OrderStatus[]> = { completed: ["paid", "completed"], paid: ["paid"], pending: [] };

/** Fills the demo's shop with what is not there yet; one step after the other, each with its own commit. */
export async function ensureShop(env: Env, tenant: Tenant, siteId: string, now: number): Promise<void> {
  const start = now - 60 * HOUR_MS;
  const step = async <Result>(at: number, run: (ctx: Ctx) => Promise<Result>): Promise<Result> => {
    const ctx = tenantContext(env, tenant, at);
    const result = await run(ctx);
    await ctx.unit.commit();
    return result;
  };
  const ids = new Map<string, string>();
  for (const product of PRODUCTS) {
    const id = await step(start, async (ctx) => {
      const isIt = scoped(ctx, products, eq(products.siteId, siteId), eq(products.sku, product.sku));
      const [found] = await ctx.db.select({ id: products.id }).from(products).where(isIt);
      if (found) return found.id;
      return (await PRODUCT_RESOURCE.verbs.create({ ctx, input: { siteId, body: structuredClone(product) as never } }))
        .id;
    });
    ids.set(product.title, id);
  }
  for (const coupon of COUPONS) {
    await step(start, async (ctx) => {
      const isIt = scoped(ctx, coupons, eq(coupons.siteId, siteId), eq(coupons.code, coupon.code));
      const [found] = await ctx.db.select({ id: coupons.id }).from(coupons).where(isIt);
      if (!found) await COUPON_RESOURCE.verbs.create({ ctx, input: { siteId, body: coupon } });
    });
  }
  for (const order of ORDERS) await ensureOrder(order);

  async function ensureOrder({ who, hoursAgo, items, status, coupon }: (typeof ORDERS)[number]): Promise<void> {
    const at = now - hoursAgo * HOUR_MS;
    const email = `${who.split(" ")[0]?.toLowerCase()}@example.com`;
    const orderId = await step(at, async (ctx) => {
      const isIt = scoped(ctx, orders, eq(orders.siteId, siteId), eq(orders.customerEmail, email));
      const [found] = await ctx.db.select({ id: orders.id }).from(orders).where(isIt);
      if (found) return null;
      const input = {
        customerName: who,
        customerEmail: email,
        items: items.map(([title, quantity]) => ({ productId: ids.get(title) as string, variantId: null, quantity })),
        ...(coupon && { couponCode: coupon }),
      };
      return (await ORDER_RESOURCE.verbs.create({ ctx, input: { siteId, body: input } })).id;
    });
    if (orderId === null) return;
    for (const next of STEPS[status] ?? []) {
      await step(at + HOUR_MS / 2, (ctx) =>
        ORDER_RESOURCE.verbs.update({ ctx, input: { siteId, id: orderId, changes: { status: next } } }),
      );
    }
  }
}
