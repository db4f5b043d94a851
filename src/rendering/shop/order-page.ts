import { html } from "hono/html";
import { type Html, lined, nothing } from "../blocks/kit.ts";
import { moneyIn } from "../blocks/money.ts";
import { orderWordsFor, type OrderWords } from "./order-words.ts";
import { type Totals, totalsOf } from "./totals.ts";

/** An order as the one who has its link sees it. */
export interface OrderPage {
  locale: string;
  number: number;
  status: keyof OrderWords["status"];
  /** ISO 8601. */
  createdAt: string;
  holdUntil: string | null;
  items: readonly { title: string; quantity: number; total: number; download: string | null }[];
  totals: Totals;
  /** What is still to be paid, what was, and what of it went back; in minor units. */
  due: number;
  paidAmount: number;
  refundedAmount: number;
  instructions: string | null;
  payLinks: readonly { name: string; url: string }[];
  /** Lines of the address it goes to. */
  address: readonly string[];
  canCancel: boolean;
  /** Where its forms are sent: its own address. */
  action: string;
  notice: string | null;
}

/** A moment in the site's time zone and the order's language. */
type Moment = (iso: string) => string;

function payment(page: OrderPage, moment: Moment, words: OrderWords): Html {
  const { locale, due, totals, instructions, payLinks, holdUntil, status } = page;
  if (status !== "pending" || due === 0) return nothing;
  const until = holdUntil ? html`<p>${words.payUntil.replace("{date}", moment(holdUntil))}</p>` : nothing;
  const links = payLinks.map(
    ({ name, url }) =>
      html`<p class="action"><a class="button" href="${url}" rel="noreferrer">${words.payWith.replace("{name}", name)}</a></p>`,
  );
  const byHand = instructions ? html`<p>${lined(instructions)}</p>` : nothing;
  const nothingOffered = payLinks.length === 0 && !instructions ? html`<p>${words.askHow}</p>` : nothing;
  return html`<section><h2>${words.pay}</h2><p class="price">${words.due}: ${moneyIn(locale, totals.currency, due)}</p>${until}${links}${byHand}${nothingOffered}</section>`;
}

/** The main part of the page of an order; `more` is what others have to say there. */
export function orderMain(page: OrderPage, moment: Moment, more: Html = nothing): Html {
  const { locale, number, status, items, totals, address, canCancel, paidAmount, refundedAmount } = page;
  const words = orderWordsFor(locale);
  const money = (amount: number) => moneyIn(locale, totals.currency, amount);
  const bought = items.map(
    (it) => html`<li><span>${it.quantity} × ${it.title}</span> <span>${money(it.total)}</span></li>`,
  );
  const files = items.flatMap(({ title, download }) =>
    download ? [html`<li><a href="${download}" download>${title}</a></li>`] : [],
  );
  const cancelling = html`<details class="cancel"><summary>${words.cancel}</summary><form method="post" action="${page.action}"><p>${words.really}</p><button class="button quiet" type="submit" name="action" value="cancel">${words.cancel}</button></form></details>`;
  const said = page.notice ?? (status === "pending" ? words.thanks : null);
  return html`<section class="block order"><h1>${words.title.replace("{number}", String(number))}</h1>
<p class="status ${status}">${words.status[status]}</p>${said ? html`<p class="notice" role="status">${said}</p>` : nothing}
<p>${words.placed} ${moment(page.createdAt)}</p>${payment(page, moment, words)}
${files.length > 0 ? html`<section><h2>${words.downloads}</h2><ul>${files}</ul></section>` : nothing}
<ul class="bought">${bought}</ul>${totalsOf(totals, locale)}
${paidAmount > 0 ? html`<p>${words.paid}: ${money(paidAmount)}</p>` : nothing}
${refundedAmount > 0 ? html`<p>${words.refunded}: ${money(refundedAmount)}</p>` : nothing}
${address.length > 0 ? html`<section><h2>${words.deliverTo}</h2><p>${lined(address.join("\n"))}</p></section>` : nothing}
${more}<p><small>${words.keepLink}</small></p>${canCancel ? cancelling : nothing}</section>`;
}
