import { eq } from "drizzle-orm";
import { OrderBodies } from "../../content/shop/orders/contract.ts";
import { ORDERS } from "../../content/shop/orders/resource.ts";
import { type OrderStatus, orders } from "../../content/shop/orders/table.ts";
import { payBack } from "./payments.ts";
import type { DemoProduct } from "./products.ts";
import { ensureRow, type Shop, step } from "./step.ts";

/** What somebody bought: titles of products, and of variants, and how many. */
interface DemoOrder {
  who: string;
  hoursAgo: number;
  items: [title: string, quantity: number, variant?: string][];
  coupon?: string;
  /** What has become of it since, half an hour later. */
  steps: OrderStatus[];
  /** What of its money went back after that. */
  refund?: { amount: number; reason: string };
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
    refund: { amount: 240, reason: "One croissant was flat" },
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

const ADDRESS = { line1: "Linienstraße 40", postalCode: "10119", city: "Berlin", country: "DE" };

/** Adds orders in several states, with what was paid for them and paid back. */
export async function ensureOrders(shop: Shop, products: ReadonlyMap<string, DemoProduct>): Promise<void> {
  for (const order of DEMO_ORDERS) await ensureOrder(shop, products, order);
}

async function ensureOrder(
  shop: Shop,
  products: ReadonlyMap<string, DemoProduct>,
  { who, hoursAgo, items, coupon, steps, refund }: DemoOrder,
): Promise<void> {
  const { siteId } = shop;
  const email = `${who.split(" ")[0]?.toLowerCase()}@example.com`;
  const lines = items.map(([title, quantity, variant]) => {
    const product = products.get(title) as DemoProduct;
    return { productId: product.id, variantId: (variant && product.variants.get(variant)) ?? null, quantity };
  });
  const customer = { customerName: who, customerEmail: email, shippingAddress: ADDRESS };
  const body = { ...customer, items: lines, ...(coupon && { couponCode: coupon }) };
  const id = await ensureRow(shop, hoursAgo, orders, eq(orders.customerEmail, email), (ctx) =>
    ORDERS.verbs.create({ ctx, input: { siteId, body: OrderBodies.create.parse(body) } }),
  );
  const { status, refundedAmount } = await step(shop, hoursAgo, (ctx) =>
    ORDERS.verbs.get({ ctx, input: { siteId, id } }),
  );
  for (const next of steps.slice(steps.indexOf(status) + 1)) {
    await step(shop, hoursAgo - 0.5, (ctx) =>
      ORDERS.verbs.update({ ctx, input: { siteId, id, changes: { status: next } } }),
    );
  }
  if (refund && refundedAmount === 0) await payBack(shop, hoursAgo - 1, { orderId: id, ...refund });
}
