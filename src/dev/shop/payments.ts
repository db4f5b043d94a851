import { eq } from "drizzle-orm";
import { refundOrder } from "../../content/shop/payments/refund.ts";
import { paymentProviders } from "../../content/shop/payments/providers/table.ts";
import { createProvider } from "../../content/shop/payments/providers/service.ts";
import { RefundSchema } from "../../content/shop/payments/contract.ts";
import { ensureRow, type Shop, step } from "./step.ts";

const HOURS_AGO = 60;

/** Whom customers can pay by card; `npm run pay` plays it. */
const PROVIDER = { name: "Card payments", payUrl: null };

/** Adds the payment provider of the demo. */
export async function ensureProvider(shop: Shop): Promise<void> {
  await ensureRow(shop, HOURS_AGO, paymentProviders, eq(paymentProviders.name, PROVIDER.name), (ctx) =>
    createProvider({ ctx, input: { siteId: shop.siteId, body: PROVIDER } }),
  );
}

/** Pays a part of an order back. */
export async function payBack(
  shop: Shop,
  hoursAgo: number,
  { orderId, amount, reason }: { orderId: string; amount: number; reason: string },
): Promise<void> {
  const refund = RefundSchema.parse({ amount, reason });
  await step(shop, hoursAgo, (ctx) => refundOrder({ ctx, input: { siteId: shop.siteId, orderId, refund } }));
}
