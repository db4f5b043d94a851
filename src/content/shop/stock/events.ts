import { defineEvents } from "../../../core/events/define.ts";
import { sampleId } from "../../../core/events/sample.ts";
import { SHOP } from "../shop.ts";
import type { StockLevel } from "./contract.ts";

const sample: StockLevel = {
  productId: sampleId("prod"),
  variantId: null,
  title: "Sourdough loaf",
  sku: null,
  stock: 3,
  lowStockAt: 5,
};

/** Announced when a change makes a stock low that was not. */
export const STOCK_EVENTS = defineEvents({
  noun: "stock",
  scope: SHOP.scopes.read,
  integrations: SHOP.integrations,
  readAt: ["/v1/sites/{siteId}/shop/products", "/v1/sites/{siteId}/shop/products/{productId}"],
  sample,
  verbs: { low: {} },
});
