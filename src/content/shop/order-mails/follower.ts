import { filled } from "../../../rendering/text/filled.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { stageMail } from "../../../mail/stage.ts";
import { moneyIn } from "../../../rendering/blocks/money.ts";
import { type OrderMailKind, orderMailWordsFor } from "../../../rendering/shop/order-mail-words.ts";
import { publicAddress } from "../../live/public-address.ts";
import { mailSettingsOf } from "../../sites/mail-settings.ts";
import { findSite } from "../../sites/service.ts";
import { orderToken } from "../checkout/link.ts";
import type { OrderFollower } from "../orders/followers.ts";
import type { OrderRow } from "../orders/table.ts";

/** Whether a customer is written to: of an order that somebody has made at the checkout, who is waiting to hear of it. */
const isAwaited = ({ checkoutKey }: OrderRow): boolean => checkoutKey !== null;

/** Stages the mail of a step, in the language of the order, with the link that opens it. */
async function write(ctx: Ctx, kind: OrderMailKind, order: OrderRow, amount = order.total): Promise<void> {
  if (!isAwaited(order)) return;
  const site = await findSite(ctx, order.siteId);
  if (!mailSettingsOf(site).orders) return;
  const locale = order.locale ?? site.locale;
  const words = orderMailWordsFor(locale);
  const money = (sum: number): string => moneyIn(locale, order.currency, sum);
  const values = {
    site: site.name,
    number: String(order.number),
    name: order.customerName,
    amount: money(amount),
    what: words.subjects[kind],
  };
  const items = order.items.map(({ quantity, title, total }) => `${quantity} × ${title}  ${money(total)}`);
  const address = publicAddress({ site, origin: ctx.origin, locale, path: `shop/orders/${order.id}` });
  const link = `${address}?${new URLSearchParams({ token: await orderToken(ctx.env, order) })}`;
  const lines = [
    filled(words.hello, values),
    "",
    filled(words.texts[kind], values),
    "",
    ...items,
    filled(words.total, { amount: money(order.total) }),
    "",
    words.look,
    link,
    "",
    site.name,
    "",
  ];
  stageMail(ctx, {
    kind: `order.${kind}`,
    siteId: site.id,
    to: order.customerEmail,
    subject: filled(words.subject, values),
    text: lines.join("\n"),
  });
}

/** Customers are written to as their order goes on, in the commit of each step: a step that did not happen is not told. */
export const ORDER_MAILS: OrderFollower = {
  placed: (ctx, order) => write(ctx, "placed", order),
  paid: (ctx, order) => write(ctx, "paid", order),
  shipped: (ctx, order) => write(ctx, "shipped", order),
  cancelled: (ctx, order) => write(ctx, "cancelled", order),
  refunded: (ctx, order, amount) => write(ctx, "refunded", order, amount),
};
