import { sql } from "drizzle-orm";
import type { z } from "@hono/zod-openapi";
import { isoTime, json, jsonObject } from "../../pages/page-json.ts";
import type { ProductSchema } from "./contract.ts";
import { products } from "./table.ts";

/** A row of `products` as its GET shows it, made where the row is. */
export const PRODUCT_JSON = jsonObject<z.output<typeof ProductSchema>>({
  id: products.id,
  siteId: products.siteId,
  title: products.title,
  slug: products.slug,
  description: products.description,
  price: products.price,
  currency: products.currency,
  images: json(products.images),
  category: products.category,
  sku: products.sku,
  stock: products.stock,
  lowStockAt: products.lowStockAt,
  taxClass: products.taxClass,
  translations: json(products.translations),
  downloadUrl: products.downloadUrl,
  type: products.type,
  active: json(sql`iif(${products.active}, 'true', 'false')`),
  variants: json(products.variants),
  version: products.version,
  createdAt: isoTime(products.createdAt),
  updatedAt: isoTime(products.updatedAt),
});
