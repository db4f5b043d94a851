import { z } from "@hono/zod-openapi";
import { EmailSchema } from "../../../core/fields.ts";
import { AmountSchema, CurrencySchema } from "../../money.ts";
import { CouponCodeSchema } from "../coupons/contract.ts";
import { OrderItemSchema, OrderItemsInput } from "../orders/items-contract.ts";
import { CountrySchema } from "../settings/places.ts";
import { ShippingMethodIdSchema } from "../settings/shipping.ts";
import type { Quote } from "./quote.ts";

/** What is to be priced: as an order says it, and no more of a customer than the price depends on. */
export const QuoteBodySchema = z
  .strictObject({
    items: OrderItemsInput,
    couponCode: CouponCodeSchema.nullable().default(null),
    country: CountrySchema.nullable().default(null),
    shippingMethod: ShippingMethodIdSchema.nullable().default(null),
    customerEmail: EmailSchema.nullable().default(null),
  })
  .openapi("QuoteOrder", {
    example: { items: [{ productId: "prod_01KAGW6PSZ0000000000000000", quantity: 2 }], country: "NL" },
  });

const OfferedMethodSchema = z
  .object({ id: z.string().meta({ example: "post" }), name: z.string(), amount: AmountSchema })
  .openapi("OfferedShippingMethod");

const { taken: _, ...item } = OrderItemSchema.shape;

export const QuoteSchema = z
  .object({
    items: z.array(z.object(item).openapi("QuotedItem")),
    currency: CurrencySchema,
    subtotal: AmountSchema,
    discount: AmountSchema,
    shipping: AmountSchema,
    shippingMethod: z.string().nullable(),
    shippingMethods: z.array(OfferedMethodSchema),
    needsShipping: z.boolean(),
    tax: AmountSchema,
    taxIncluded: z.boolean(),
    total: AmountSchema,
    couponCode: z.string().nullable(),
  })
  .openapi("Quote");

/** A quote as the API shows it. */
export function toQuote({ coupon, shippingTax: _tax, items, ...shown }: Quote): z.output<typeof QuoteSchema> {
  return { ...shown, items: items.map(({ taken: _taken, ...it }) => it), couponCode: coupon?.code ?? null };
}
