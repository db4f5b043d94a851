import { z } from "@hono/zod-openapi";
import { AmountSchema, CurrencySchema } from "../../money.ts";
import { PRODUCT_TYPES } from "./table.ts";

/** Whether something can be bought, as visitors are told. */
const stock = {
  availability: z
    .enum(["in_stock", "few_left", "sold_out"])
    .meta({ description: "How it stands with what is left; what is not counted is in stock" }),
  left: z
    .int()
    .nullable()
    .register(z.globalRegistry, { description: "How many there are, where they are few; null elsewhere" }),
};

const ShopVariantSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    sku: z.string().nullable(),
    price: AmountSchema.meta({ description: "In minor units of the product's currency" }),
    ...stock,
    image: z.string().nullable().register(z.globalRegistry, { description: "The address of a picture of it" }),
  })
  .openapi("ShopVariant");

/** A product as visitors see it: active, in their language, at the price of now. */
export const ShopProductSchema = z
  .object({
    id: z.string().meta({ example: "prod_01KAGW6PSZ0000000000000000" }),
    title: z.string().meta({ example: "Sourdough loaf" }),
    slug: z.string().meta({ example: "sourdough-loaf" }),
    description: z.string().nullable(),
    price: AmountSchema.meta({ example: 650, description: "In minor units of the currency: 650 is € 6.50" }),
    currency: CurrencySchema,
    images: z.array(z.string()),
    category: z.string().nullable(),
    sku: z.string().nullable(),
    ...stock,
    type: z.enum(PRODUCT_TYPES),
    variants: z.array(ShopVariantSchema),
    rating: z
      .object({
        average: z.number().meta({ description: "Of five, with one decimal", example: 4.6 }),
        count: z.int().meta({ description: "How many reviews it is of" }),
      })
      .nullable()
      .register(z.globalRegistry, {
        description: "The average of its approved reviews, of five; null where there are none",
      }),
  })
  .openapi("ShopProduct");

/** Some of the products of a shop, the newest first. */
export const ShopProductsSchema = z
  .object({
    items: z.array(ShopProductSchema),
    hasMore: z.boolean().meta({ description: "Ask for more with `after`: the id of the last one" }),
  })
  .openapi("ShopProducts");

/** The parts of a shop in which something is sold, in their order. */
export const ShopCategoriesSchema = z
  .object({
    items: z.array(
      z
        .object({
          name: z.string().meta({ example: "Bread" }),
          slug: z.string().meta({ example: "bread" }),
          description: z.string().nullable(),
          image: z.string().nullable().register(z.globalRegistry, { description: "The address of a picture of it" }),
        })
        .openapi("ShopCategory"),
    ),
  })
  .openapi("ShopCategories");
