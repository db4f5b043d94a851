import { z } from "@hono/zod-openapi";
import { line, TimestampSchema, timestamp } from "../../../core/fields.ts";
import { listQuery, SearchSchema } from "../../list-query.ts";
import { AmountSchema, CurrencySchema } from "../money.ts";
import { ORDER_STATUSES, type orders } from "../table.ts";

const MAX_ITEMS = 200;

const AddressSchema = z
  .strictObject({
    line1: line(200),
    line2: line(200).nullable().default(null),
    postalCode: line(20),
    city: line(100),
    region: line(100).nullable().default(null),
    country: z.string("must be text").regex(/^[A-Z]{2}$/, "must be an ISO 3166 country code such as NL"),
  })
  .openapi("Address");

const OrderItemSchema = z
  .object({
    productId: z.string(),
    variantId: z.string().nullable(),
    title: z.string(),
    sku: z.string().nullable(),
    quantity: z.int(),
    unitPrice: AmountSchema,
    total: AmountSchema,
  })
  .openapi("OrderItem");

export const OrderStatusSchema = z.enum(ORDER_STATUSES, `must be one of ${ORDER_STATUSES.join(", ")}`);

const customer = {
  customerName: line(200).openapi({ example: "Ada Baker" }),
  customerEmail: z.email("must be an e-mail address").max(254).openapi({ example: "ada@example.com" }),
  customerPhone: line(50).nullable(),
  shippingAddress: AddressSchema.nullable(),
};

const note = z.string("must be text").max(2_000, "must have at most 2000 characters").nullable();

/** Personal attributes are left out for keys that may not see them. */
export const OrderSchema = z
  .object({
    id: z.string().openapi({ example: "ord_01KAGW6PSZ0000000000000000" }),
    siteId: z.string(),
    number: z.int().openapi({ description: "Counts the website's orders", example: 1042 }),
    status: OrderStatusSchema,
    ...z.object(customer).partial().shape,
    items: z.array(OrderItemSchema),
    currency: CurrencySchema,
    subtotal: AmountSchema,
    discount: AmountSchema,
    total: AmountSchema.openapi({ example: 1300 }),
    couponCode: z.string().nullable(),
    note,
    version: z.int(),
    createdAt: TimestampSchema,
    updatedAt: TimestampSchema,
  })
  .openapi("Order");

export type Order = z.output<typeof OrderSchema>;

export const CreateOrderSchema = z
  .strictObject({
    ...z.object(customer).partial().shape,
    customerName: customer.customerName,
    customerEmail: customer.customerEmail,
    items: z
      .array(
        z.strictObject({
          productId: z.string("must be the id of a product").max(64),
          variantId: z.string("must be the id of a variant").max(64).nullable().default(null),
          quantity: z.int("must be a whole number").min(1, "must be at least 1").max(10_000).default(1),
        }),
        "must be a list of items",
      )
      .min(1, "must have at least one item")
      .max(MAX_ITEMS, `must have at most ${MAX_ITEMS} items`),
    couponCode: z.string("must be text").max(40).nullable().optional(),
    note: note.optional(),
  })
  .openapi("CreateOrder", {
    example: {
      customerName: "Ada Baker",
      customerEmail: "ada@example.com",
      items: [{ productId: "prod_01KAGW6PSZ0000000000000000", quantity: 2 }],
    },
  });

export const UpdateOrderSchema = z
  .strictObject({ status: OrderStatusSchema, note, ...customer })
  .partial()
  .refine((value) => Object.keys(value).length > 0, "names no field to change")
  .openapi("UpdateOrder", { example: { status: "paid" } });

export type CreateOrder = z.output<typeof CreateOrderSchema>;
export type UpdateOrder = z.output<typeof UpdateOrderSchema>;

export const OrderParams = z.object({ siteId: z.string(), orderId: z.string() });

export const ListOrdersQuery = listQuery(["createdAt", "updatedAt"], {
  status: OrderStatusSchema.optional(),
  search: SearchSchema.optional(),
});

/** An order in full; what a key may not see is taken off afterwards. */
export const toOrder = (row: typeof orders.$inferSelect): Order => ({
  id: row.id,
  siteId: row.siteId,
  number: row.number,
  status: row.status,
  customerName: row.customerName,
  customerEmail: row.customerEmail,
  customerPhone: row.customerPhone,
  shippingAddress: row.shippingAddress,
  items: row.items,
  currency: row.currency,
  subtotal: row.subtotal,
  discount: row.discount,
  total: row.total,
  couponCode: row.couponCode,
  note: row.note,
  version: row.version,
  createdAt: timestamp(row.createdAt),
  updatedAt: timestamp(row.updatedAt),
});
