import { eq } from "drizzle-orm";
import { ORDERS } from "../../content/shop/orders/resource.ts";
import { type OrderStatus, orders } from "../../content/shop/orders/table.ts";
import { scoped } from "../../core/storage/scoped.ts";
import type { DemoProduct } from "./products.ts";
import { type Shop, step } from "./step.ts";

/** What somebody bought: titles of products, and of variants, and how many. */
interface DemoOrder {
  who: string;
  hoursAgo: number;
  items: [title: string, quantity: number, variant?: string][];
  coupon?: string;
  /** What has become of it since, half an hour later. */
  steps: OrderStatus[];
}

const DEMO_ORDERS: DemoOrder[] = [
  {
    who: "Ada Berg",
    hoursAgo: 50,
    items: [
      ["Sourdough loaf", 2],
      ["Butter croissant", 4],
    ],
    steps: ["paid", "completed"],
  },
  {
    who: "Lotte Visser",
    hoursAgo: 44,
    items: [
      ["Linen bread bag", 1, "Natural"],
      ["Rye with caraway", 1, "Sliced"],
    ],
    steps: ["paid", "shipped"],
  },
  { who: "Finn Okafor", hoursAgo: 30, items: [["Stollen", 2, "750 g"]], steps: ["cancelled"] },
  { who: "Milo Jansen", hoursAgo: 20, items: [["Stollen", 1, "1.5 kg"]], coupon: "WELCOME10", steps: ["paid"] },
  { who: "Noor de Wit", hoursAgo: 2, items: [["Baking course, one evening", 1]], steps: [] },
];

/** Adds orders in several states. */
export async function ensureOrders(shop: Shop, products: ReadonlyMap<string, DemoProduct>): Promise<void> {
  for (const order of DEMO_ORDERS) await ensureOrder(shop, products, order);
}

async function ensureOrder(
  shop: Shop,
  products: ReadonlyMap<string, DemoProduct>,
  { who, hoursAgo, items, coupon, steps }: DemoOrder,
): Promise<void> {
  const { siteId } = shop;
  const email = `${who.split(" ")[0]?.toLowerCase()}@example.com`;
  const id = await step(shop, hoursAgo, async (ctx) => {
    const isIt = scoped(ctx, orders, eq(orders.siteId, siteId), eq(orders.customerEmail, email));
    const [found] = await ctx.db.select({ id: orders.id }).from(orders).where(isIt);
    if (found) return null;
    const lines = items.map(([title, quantity, variant]) => {
      const product = products.get(title) as DemoProduct;
      return { productId: product.id, variantId: (variant && product.variants.get(variant)) ?? null, quantity };
    });
    const body = { customerName: who, customerEmail: email, items: lines, ...(coupon && { couponCode: coupon }) };
    return (await ORDERS.verbs.create({ ctx, input: { siteId, body } })).id;
  });
  if (id === null) return;
  for (const status of steps) {
    await step(shop, hoursAgo - 0.5, (ctx) => ORDERS.verbs.update({ ctx, input: { siteId, id, changes: { status } } }));
  }
}
