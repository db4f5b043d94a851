import type { z } from "@hono/zod-openapi";
import { defineEvents } from "../../../core/events/define.ts";
import { SAMPLE_AT, sampleId } from "../../../core/events/sample.ts";
import { timestamp } from "../../../core/fields.ts";
import { SHOP } from "../shop.ts";
import type { OrderSchema } from "./contract.ts";

const sample: z.output<typeof OrderSchema> = {
  id: sampleId("ord"),
  siteId: sampleId("site"),
  number: 1042,
  status: "pending",
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
      quantity: 2,
      unitPrice: 650,
      total: 1_300,
    },
  ],
  currency: "EUR",
  subtotal: 1_300,
  discount: 0,
  total: 1_300,
  couponCode: null,
  note: null,
  version: 1,
  createdAt: timestamp(SAMPLE_AT),
  updatedAt: timestamp(SAMPLE_AT),
};

export const ORDER_EVENTS = defineEvents({
  noun: "order",
  scope: SHOP.scopes.read,
  integrations: SHOP.integrations,
  sample,
  verbs: { created: {}, updated: { status: "paid", version: 2 } },
});
