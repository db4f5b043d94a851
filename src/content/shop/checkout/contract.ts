import { z } from "@hono/zod-openapi";
import { LocaleSchema } from "../../../core/fields.ts";
import { AmountSchema } from "../../money.ts";
import { OrderBodies, OrderSchema } from "../orders/contract.ts";

const { customerName, customerEmail, customerPhone, shippingAddress } = OrderBodies.create.shape;
const { items, couponCode, shippingMethod, note } = OrderBodies.create.shape;

/** What of an order a visitor says; all else of it is its owner's. */
const ordered = {
  ...{ customerName, customerEmail, customerPhone, shippingAddress },
  ...{ items, couponCode, shippingMethod, note },
};
export const ORDERED_FIELDS = Object.keys(ordered) as (keyof typeof ordered)[];

/** What a visitor orders. What makes an order for its owner makes one for a visitor, and is held against what was shown. */
export const CheckoutSchema = z
  .strictObject({
    ...ordered,
    acceptTerms: z.boolean("must be true or false").optional().register(z.globalRegistry, {
      description: "The customer accepts the terms, where the website's settings have any",
    }),
    expectedTotal: AmountSchema.optional().register(z.globalRegistry, {
      description: "What the customer was shown to be due, in minor units: 409 if it is another amount by now",
    }),
    locale: LocaleSchema.optional().register(z.globalRegistry, { description: "The language it is ordered in" }),
  })
  .openapi("Checkout", {
    example: {
      customerName: "Ada Baker",
      customerEmail: "ada@example.com",
      shippingAddress: { line1: "Keizersgracht 1", postalCode: "1015 CN", city: "Amsterdam", country: "NL" },
      items: [{ productId: "prod_01KAGW6PSZ0000000000000000", quantity: 2 }],
    },
  });

export type Checkout = z.output<typeof CheckoutSchema>;

/** A way to pay that leads elsewhere. */
const PaymentLinkSchema = z
  .object({
    name: z.string().meta({ example: "Card", description: "What customers read" }),
    url: z.string().meta({ description: "Where the customer pays" }),
  })
  .openapi("PaymentLink");

const { siteId: _site, version: _version, updatedAt: _changed, ...shown } = OrderSchema.shape;

/** What was bought of a digital product. */
const DownloadSchema = z
  .object({
    productId: z.string(),
    title: z.string().meta({ description: "What was bought" }),
    url: z.string().meta({ description: "Where it is to be had" }),
  })
  .openapi("OrderDownload");

/** An order as its customer sees it. */
export const CustomerOrderSchema = z
  .object({
    ...shown,
    shipping: AmountSchema.meta({ description: "What sending it costs, in minor units" }),
    url: z.string().meta({ description: "Its page on the website, for whoever has the link" }),
    token: z.string().meta({ description: "Opens it without an API key; part of `url`" }),
    canCancel: z.boolean().meta({ description: "Whether its customer can still cancel it" }),
    downloads: z.array(DownloadSchema).meta({ description: "Digital products of it, once it is paid" }),
    payment: z
      .object({
        due: AmountSchema.meta({ description: "What is still to be paid, in minor units" }),
        instructions: z
          .string()
          .nullable()
          .register(z.globalRegistry, { description: "How to pay by hand; null where that is not offered" }),
        links: z.array(PaymentLinkSchema).meta({ description: "Ways to pay that lead elsewhere" }),
      })
      .openapi("CustomerPayment"),
  })
  .openapi("CustomerOrder");

export type CustomerOrder = z.output<typeof CustomerOrderSchema>;
