import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../../core/contract.ts";
import { EmailSchema, line, MomentOrNullSchema, MomentSchema, text, TimestampSchema } from "../../../core/fields.ts";
import { listQuery, SearchSchema } from "../../list-query.ts";
import { itemSchema } from "../../resource/contract.ts";
import { CouponCodeSchema } from "../coupons/contract.ts";
import { AmountSchema, CurrencySchema } from "../../money.ts";
import { CountrySchema } from "../settings/places.ts";
import { ShippingMethodIdSchema } from "../settings/shipping.ts";
import { OrderItemSchema, OrderItemsInput } from "./items-contract.ts";
import { ORDER_STATUSES } from "./table.ts";

export const AddressSchema = z
  .strictObject({
    line1: line(200),
    line2: line(200).nullable().default(null),
    postalCode: line(20),
    city: line(100),
    region: line(100).nullable().default(null),
    country: CountrySchema,
  })
  .openapi("Address");

const OrderStatusSchema = z.enum(ORDER_STATUSES, `must be one of ${ORDER_STATUSES.join(", ")}`);

const customer = {
  customerName: line(200).meta({ example: "Ada Baker" }),
  customerEmail: EmailSchema,
  customerPhone: line(50).nullable(),
  shippingAddress: AddressSchema.nullable(),
};
export const CUSTOMER_FIELDS = Object.keys(customer) as (keyof typeof customer)[];

const note = text(2_000).nullable();

/** What is of the customer is left out for keys that may not see it. */
export const OrderSchema = itemSchema("Order", "ord_01KAGW6PSZ0000000000000000", {
  number: z.int().meta({ description: "Counts the website's orders", example: 1042 }),
  status: OrderStatusSchema,
  ...z.object(customer).partial().shape,
  items: z.array(OrderItemSchema),
  currency: CurrencySchema,
  subtotal: AmountSchema,
  discount: AmountSchema,
  shipping: AmountSchema,
  shippingMethod: z.string().nullable(),
  tax: AmountSchema,
  taxIncluded: z.boolean(),
  total: AmountSchema.meta({ example: 1300 }),
  couponCode: z.string().nullable(),
  note,
  locale: z.string().nullable(),
  paidAt: TimestampSchema.nullable(),
  paidAmount: AmountSchema,
  refundedAmount: AmountSchema,
  holdUntil: TimestampSchema.nullable(),
});

/** What an order is made of, at the products' prices; later on it changes where it stands and whom it is for. */
export const OrderBodies = bodiesOf({
  label: "Order",
  fields: {
    ...customer,
    items: OrderItemsInput,
    couponCode: CouponCodeSchema.nullable(),
    shippingMethod: ShippingMethodIdSchema.nullable(),
    note,
    holdUntil: MomentOrNullSchema,
  },
  defaults: {
    customerPhone: null,
    shippingAddress: null,
    couponCode: null,
    shippingMethod: null,
    note: null,
    holdUntil: null,
  },
  changeable: { status: OrderStatusSchema, note, holdUntil: MomentOrNullSchema, ...customer },
  examples: {
    create: {
      customerName: "Ada Baker",
      customerEmail: "ada@example.com",
      items: [{ productId: "prod_01KAGW6PSZ0000000000000000", quantity: 2 }],
    },
    update: { status: "paid" },
  },
});

export const ListOrdersQuery = listQuery(["createdAt", "updatedAt"], {
  status: OrderStatusSchema.optional(),
  search: SearchSchema.optional(),
});

export const ExportOrdersQuery = z.strictObject({
  from: MomentSchema.optional().register(z.globalRegistry, { description: "Orders made then or later" }),
  to: MomentSchema.optional().register(z.globalRegistry, { description: "Orders made before then" }),
  status: OrderStatusSchema.optional(),
  bom: z.enum(["true", "false"], "must be true or false").optional().register(z.globalRegistry, {
    description: "Begins with a byte order mark, by which some spreadsheets know UTF-8",
  }),
});
