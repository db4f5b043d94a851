import { z } from "@hono/zod-openapi";
import { AmountSchema } from "../../money.ts";
import { spread } from "../pricing/exact.ts";

/** What is read of an order from before orders had tax, shipping, stock and payments. */
const EarlierSchema = z.object({
  items: z.array(z.looseObject({ total: AmountSchema })),
  status: z.string(),
  discount: AmountSchema,
  total: AmountSchema,
  paidAt: z.string().nullable(),
});

/**
 * An order of an archive as orders are now: one that was paid was paid in whole. Its items had no tax and took nothing off the stock; the
 * discount is spread over them so that it adds up.
 */
export function fromEarlier(record: Record<string, unknown>): Record<string, unknown> {
  const { data: order } = EarlierSchema.safeParse(record);
  if (!order || "paidAmount" in record) return record;
  const { status, discount, total, paidAt } = order;
  const discounts = spread(
    discount,
    order.items.map((item) => item.total),
  );
  const isPaid = paidAt !== null;
  return {
    ...record,
    items: order.items.map((item, index) => ({
      ...{ type: "physical", ...item },
      ...{ discount: discounts[index], taxRate: 0, tax: 0, taken: 0 },
    })),
    ...{ shipping: 0, shippingMethod: null, tax: 0, taxIncluded: false, locale: null, holdUntil: null },
    paidAmount: isPaid ? total : 0,
    refundedAmount: isPaid && status === "refunded" ? total : 0,
  };
}
