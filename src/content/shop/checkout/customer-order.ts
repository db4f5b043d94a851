import type { Ctx } from "../../../core/work/context.ts";
import { type Home, pageOf } from "../../live/home.ts";
import { shownBy } from "../../resource/contract.ts";
import type { sites } from "../../../core/tenancy/sites/table.ts";
import { OrderSchema } from "../orders/contract.ts";
import type { OrderRow } from "../orders/table.ts";
import { paymentLinks } from "../payments/providers/pay-link.ts";
import { shopSettingsOf } from "../settings/settings.ts";
import { canCancel } from "./cancel.ts";
import { downloadsOf } from "./downloads.ts";
import type { CustomerOrder } from "./contract.ts";
import { orderToken } from "./link.ts";

const whole = shownBy(OrderSchema);

/** Where the page of an order is, in the language it was ordered in. */
export const orderAddress = (home: Home, { id, locale }: Pick<OrderRow, "id" | "locale">): string =>
  pageOf(home, `shop/orders/${id}`, locale);

/** An order as its customer sees it, with the ways there are to pay what is due. */
export async function customerOrder(
  ctx: Ctx,
  site: Pick<typeof sites.$inferSelect, "settings">,
  { order, home }: { order: OrderRow; home: Home },
): Promise<CustomerOrder> {
  const { siteId: _site, version: _version, updatedAt: _changed, ...shown } = whole(order as never);
  const { manual } = shopSettingsOf(site as never).payment;
  const due = order.status === "pending" ? Math.max(0, order.total - order.paidAmount) : 0;
  const token = await orderToken(ctx.env, order);
  const url = `${orderAddress(home, order)}?token=${token}`;
  return {
    ...shown,
    token,
    url,
    canCancel: canCancel(order),
    downloads: await downloadsOf(ctx, order),
    payment: {
      due,
      instructions: due > 0 && manual.enabled ? manual.instructions : null,
      links: due > 0 ? await paymentLinks(ctx, order, url) : [],
    },
  };
}
