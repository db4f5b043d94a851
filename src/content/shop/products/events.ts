import type { z } from "@hono/zod-openapi";
import { defineEvents } from "../../../core/events/define.ts";
import { SAMPLE_AT, sampleId } from "../../../core/events/sample.ts";
import { timestamp } from "../../../core/fields.ts";
import { SHOP } from "../shop.ts";
import type { ProductSchema } from "./contract.ts";

const sample: z.output<typeof ProductSchema> = {
  id: sampleId("prod"),
  siteId: sampleId("site"),
  title: "Sourdough loaf",
  slug: "sourdough-loaf",
  description: null,
  price: 650,
  currency: "EUR",
  images: [],
  category: "Bread",
  sku: null,
  stock: 20,
  type: "physical",
  active: true,
  variants: [],
  version: 1,
  createdAt: timestamp(SAMPLE_AT),
  updatedAt: timestamp(SAMPLE_AT),
};

export const PRODUCT_EVENTS = defineEvents({
  noun: "product",
  scope: SHOP.scopes.read,
  integrations: SHOP.integrations,
  sample,
  verbs: { created: {}, updated: { price: 690, version: 2 }, deleted: {} },
});
