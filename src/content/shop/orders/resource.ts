import { sampleId } from "../../../core/events/sample.ts";
import { text } from "../../../core/fields.ts";
import { byStatus } from "../../resource/declaration.ts";
import { siteResource } from "../../resource/resource.ts";
import { SHOP } from "../shop.ts";
import { takeStock } from "../stock/take.ts";
import { CUSTOMER_FIELDS, ListOrdersQuery, OrderBodies, OrderSchema } from "./contract.ts";
import { fromEarlier } from "./earlier.ts";
import { followSteps } from "./followers.ts";
import { holdOrder, requireAhead } from "./hold.ts";
import { drawNumber } from "./number.ts";
import { priceOrder, UNPAID } from "./rules.ts";
import { isCancelled, isPaid, refundedBy } from "./status.ts";
import { stepTo } from "./step.ts";
import { ORDER_STATUSES, orders } from "./table.ts";

const SAMPLE = {
  number: 1042,
  status: "pending" as const,
  customerName: "Ada Baker",
  customerEmail: "ada@example.com",
  customerPhone: null,
  shippingAddress: null,
  items: [
    {
      productId: sampleId("prod"),
      variantId: null,
      title: "Sourdough loaf",
      sku: null,
      type: "physical" as const,
      quantity: 2,
      unitPrice: 650,
      total: 1_300,
      discount: 0,
      taxRate: 9,
      tax: 107,
      taken: 2,
    },
  ],
  currency: "EUR",
  subtotal: 1_300,
  discount: 0,
  shipping: 0,
  shippingMethod: null,
  tax: 107,
  taxIncluded: true,
  total: 1_300,
  couponCode: null,
  note: null,
  locale: null,
  paidAt: null,
  paidAmount: 0,
  refundedAmount: 0,
  holdUntil: null,
};

const PAID = {
  status: "paid" as const,
  paidAt: "2026-01-15T10:30:00.000Z",
  paidAmount: SAMPLE.total,
  holdUntil: null,
  version: 2,
};

const CANCELLED = {
  status: "cancelled" as const,
  items: SAMPLE.items.map((item) => ({ ...item, taken: 0 })),
  holdUntil: null,
  version: 2,
};
const REFUNDED = { ...PAID, status: "refunded" as const, refundedAmount: SAMPLE.total, version: 3 };

/** Orders are cancelled or refunded, not deleted: others have acted on them. */
export const ORDERS = siteResource({
  ...SHOP,
  name: "order",
  label: "Order",
  article: "an",
  path: "/shop/orders",
  idPrefix: "ord",
  table: orders,
  schema: OrderSchema,
  personal: CUSTOMER_FIELDS,
  events: {
    sample: SAMPLE,
    verbs: { created: {}, updated: PAID },
    turns: {
      paid: { sample: PAID, isNow: isPaid },
      cancelled: { sample: CANCELLED, isNow: isCancelled },
      refunded: { sample: REFUNDED, isNow: refundedBy },
    },
  },
  list: {
    query: ListOrdersQuery,
    orders: { createdAt: orders.createdAt, updatedAt: orders.updatedAt },
    state: byStatus(orders.status, ORDER_STATUSES),
    search: [orders.number, orders.customerName, orders.customerEmail],
  },
  create: {
    schema: OrderBodies.create,
    description:
      "At the products' prices of now. It takes what is ordered off the stock: 409 names the first item that there are not enough of.",
    errors: ["conflict"],
    columns: async ({ ctx, site, body }) => {
      const filled = OrderBodies.fill(body);
      requireAhead(ctx, filled.holdUntil);
      const priced = await priceOrder(ctx, site, filled);
      takeStock(
        ctx,
        site.id,
        priced.items.map(({ productId, variantId, quantity, taken }, index) => ({
          ...{ productId, variantId, quantity, isCounted: taken > 0 },
          at: `items.${index}.quantity`,
        })),
      );
      const number = await drawNumber(ctx, site.id);
      return {
        ...UNPAID,
        ...filled,
        ...priced,
        number,
        checkoutKey: null,
        locale: null,
      };
    },
    example: ({ productId }) => ({ items: [{ productId }], shippingMethod: null }),
  },
  update: {
    schema: OrderBodies.update,
    description:
      "An order goes from pending to paid, shipped, delivered and completed; it can be cancelled and refunded. `paid` records a manual payment of all that is due, `refunded` a refund of all that is left; a cancelled order gives back its stock and its coupon.",
    errors: ["conflict"],
    columns: async ({ ctx, before, changes }) => {
      requireAhead(ctx, changes.holdUntil);
      return { ...changes, ...(changes.status && (await stepTo(ctx, before, changes.status))) };
    },
  },
  follow: ({ ctx, ...change }) => followSteps(ctx, change),
  check: ({ ctx, row, before }) => holdOrder(ctx, row, before),
  item: "s_orders",
  archived: { also: { couponId: text(64).nullable() }, fromEarlier },
});
