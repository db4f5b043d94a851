import { z } from "@hono/zod-openapi";
import { text } from "../../../core/fields.ts";
import { AmountSchema } from "../../money.ts";
import { PRODUCT_TYPES } from "../products/table.ts";

const MAX_ITEMS = 200;

/** One line of an order, as it was when it was placed. */
export const OrderItemSchema = z
  .object({
    productId: z.string(),
    variantId: z.string().nullable(),
    title: z.string(),
    sku: z.string().nullable(),
    type: z.enum(PRODUCT_TYPES),
    quantity: z.int(),
    unitPrice: AmountSchema,
    total: AmountSchema,
    discount: AmountSchema,
    taxRate: z.number(),
    tax: AmountSchema,
    taken: z.int(),
  })
  .openapi("OrderItem");

/** What a caller asks for: the products, and how many of each. */
export const OrderItemsInput = z
  .array(
    z.strictObject({
      productId: text(64, "must be the id of a product"),
      variantId: text(64, "must be the id of a variant").nullable().default(null),
      quantity: z
        .int("must be a whole number")
        .min(1, "must be at least 1")
        .max(10_000, "must be at most 10000")
        .default(1),
    }),
    "must be a list of items",
  )
  .min(1, "must have at least one item")
  .max(MAX_ITEMS, `must have at most ${MAX_ITEMS} items`);

export type OrderItemsSent = z.output<typeof OrderItemsInput>;
