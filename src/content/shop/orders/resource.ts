import { sampleId } from "../../../core/events/sample.ts";
import { text } from "../../../core/fields.ts";
import { byStatus } from "../../resource/declaration.ts";
import { siteResource } from "../../resource/resource.ts";
import { SHOP } from "../shop.ts";
import { takeStock } from "../stock/take.ts";
import { CUSTOMER_FIELDS, ListOrdersQuery, OrderBodies, OrderSchema } from "./contract.ts";
import { nextNumber, priceOrder, UNPAID } from "./rules.ts";
import { stepTo } from "./status.ts";
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
  shipping: 495,
  shippingMethod: "post",
  tax: 193,
  taxIncluded: true,
  total: 1_795,
  couponCode: null,
  note: null,
  locale: "en",
  paidAt: null,
  paidAmount: 0,
  refundedAmount: 0,
  holdUntil: "2026-01-15T11:00:00.000Z",
};

const PAID = {
  status: "paid" as const,
  paidAt: "2026-01-15T10:30:00.000Z",
  paidAmount: SAMPLE.total,
  holdUntil: null,
  version: 2,
};

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
      const priced = await priceOrder(ctx, site, filled);
      takeStock(
        ctx,
        site.id,
        filled.items.map((item, index) => ({ ...item, at: `items.${index}.quantity` })),
      );
      const number = await nextNumber(ctx, site.id);
      return {
        ...filled,
        ...priced,
        number,
        status: "pending" as const,
        ...UNPAID,
        checkoutKey: null,
        locale: null,
      };
    },
    example: ({ productId }) => ({ items: [{ productId }], shippingMethod: null }),
  },
  update: {
    schema: OrderBodies.update,
    description:
      "An order goes from pending to paid, shipped, delivered and completed; it can be cancelled and refunded.",
    errors: ["conflict"],
    columns: ({ ctx, before, changes }) => ({ ...changes, ...(changes.status && stepTo(ctx, before, changes.status)) }),
  },
  item: "s_orders",
  archived: { also: { couponId: text(64).nullable() } },
});
