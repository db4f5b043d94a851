import { z } from "@hono/zod-openapi";
import { line } from "../../../core/fields.ts";
import { AmountSchema, CurrencySchema } from "../../money.ts";
import { CouponCodeSchema } from "../coupons/contract.ts";
import { OrderItemsInput } from "../orders/items-contract.ts";
import { ShippingMethodIdSchema } from "../settings/shipping.ts";

/** What a visitor may order, and what is known of where it goes. */
export const CartSchema = z
  .strictObject({
    items: OrderItemsInput,
    couponCode: CouponCodeSchema.nullable().default(null),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, "must be an ISO 3166 country code such as NL")
      .nullable()
      .default(null)
      .meta({ description: "Where it goes; null while that is not known" }),
    shippingMethod: ShippingMethodIdSchema.nullable()
      .default(null)
      .meta({ description: "One of `shippingMethods`; the first of them when it is left out" }),
  })
  .openapi("Cart", {
    example: { items: [{ productId: "prod_01KAGW6PSZ0000000000000000", quantity: 2 }], country: "NL" },
  });

const CartLineSchema = z
  .object({
    productId: z.string(),
    variantId: z.string().nullable(),
    quantity: z.int(),
    title: line(400).nullable().register(z.globalRegistry, { description: "null: it is no longer sold" }),
    unitPrice: AmountSchema,
    total: AmountSchema,
    status: z
      .enum(["available", "unavailable", "short"])
      .meta({ description: "`short`: there are not so many left; `unavailable`: it is no longer sold" }),
    left: z.int().nullable().register(z.globalRegistry, { description: "How many there are of what is `short`" }),
  })
  .openapi("CartLine");

/** What a cart comes to. Amounts of the whole are null while a line of it cannot be ordered. */
export const PricedCartSchema = z
  .object({
    items: z.array(CartLineSchema),
    currency: CurrencySchema.nullable().register(z.globalRegistry, {
      description: "null while a line cannot be ordered",
    }),
    subtotal: AmountSchema.nullable(),
    discount: AmountSchema.nullable(),
    shipping: AmountSchema.nullable().register(z.globalRegistry, {
      description: "What sending it costs, in minor units",
    }),
    tax: AmountSchema.nullable(),
    taxIncluded: z.boolean().nullable(),
    total: AmountSchema.nullable(),
    couponProblem: z
      .string()
      .nullable()
      .register(z.globalRegistry, { description: "Why the coupon takes nothing off" }),
    isShipped: z.boolean().meta({ description: "Whether anything is sent, so that an address is needed" }),
    shippingMethods: z
      .array(
        z
          .object({
            id: z.string(),
            name: z.string().meta({ description: "What customers read" }),
            amount: AmountSchema.meta({ description: "What it costs for this cart, in minor units" }),
          })
          .openapi("CartShippingMethod"),
      )
      .meta({ description: "The ways in which it can be sent" }),
  })
  .openapi("PricedCart");
