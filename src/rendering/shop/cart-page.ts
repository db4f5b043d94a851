import { filled } from "../text/filled.ts";
import { html } from "hono/html";
import { type Html, nothing } from "../blocks/kit.ts";
import { moneyIn } from "../blocks/money.ts";
import { type CheckoutWords, checkoutWordsFor } from "./checkout-words.ts";
import { type Problem, problemSummary, textField } from "./form.ts";
import { type Totals, totalsOf } from "./totals.ts";

/** What keeps a line from being ordered as it is. */
export type LineProblem = { kind: "gone" } | { kind: "soldOut" } | { kind: "short"; left: number };

/** A line of a cart as it is now. */
export interface ShownLine {
  /** Names it among the others. */
  name: string;
  title: string;
  /** Where the product is shown; `null` of what is no longer sold. */
  href: string | null;
  quantity: number;
  /** Of one, in minor units of `currency`. */
  unitPrice: number;
  currency: string;
  /** What it cost when the visitor last saw it, where that was something else. */
  priceBefore: number | null;
  problem: LineProblem | null;
}

/** What a visitor sees of a cart. */
export interface CartPage {
  locale: string;
  lines: readonly ShownLine[];
  /** `null` while something in it cannot be ordered. */
  totals: Totals | null;
  couponCode: string;
  problems: readonly Problem[];
  /** Where forms of the cart are sent, where the shop begins, and how many of one thing fit in. */
  action: string;
  shop: string;
  maxQuantity: number;
  /** Said of what was done just now. */
  notice: string | null;
}

/** What has changed of a line since the visitor last saw it, in words. */
export function changesOf({ title, problem, priceBefore, unitPrice, currency }: ShownLine, locale: string): string[] {
  const words = checkoutWordsFor(locale);
  const money = (amount: number) => moneyIn(locale, currency, amount);
  if (problem?.kind === "gone") return [filled(words.gone, { title })];
  if (problem?.kind === "soldOut") return [filled(words.soldOut, { title })];
  const short = problem ? [filled(words.short, { title, count: String(problem.left) })] : [];
  if (priceBefore === null) return short;
  return [...short, filled(words.priceChanged, { title, before: money(priceBefore), price: money(unitPrice) })];
}

/** The changes of all lines, which are said before anything else. */
export function changesShown(lines: readonly ShownLine[], locale: string): Html {
  const changes = lines.flatMap((it) => changesOf(it, locale));
  if (changes.length === 0) return nothing;
  return html`<div class="notice" role="status"><ul>${changes.map((it) => html`<li>${it}</li>`)}</ul></div>`;
}

function lineOf(line: ShownLine, { locale, maxQuantity }: CartPage, words: CheckoutWords): Html {
  const { name, title, href, quantity, unitPrice, currency, problem } = line;
  const isGone = problem?.kind === "gone";
  const price = isGone ? nothing : html`<p class="each">${words.each} ${moneyIn(locale, currency, unitPrice)}</p>`;
  const total = isGone ? nothing : html`<p class="price">${moneyIn(locale, currency, unitPrice * quantity)}</p>`;
  const id = `quantity-${name.replaceAll(":", "-")}`;
  const amount = html`<div class="field"><label for="${id}">${words.quantity}</label><input id="${id}" name="quantity:${name}" type="number" inputmode="numeric" min="0" max="${maxQuantity}" value="${quantity}" required></div>`;
  return html`<li class="line"><p class="entry">${href ? html`<a href="${href}">${title}</a>` : title}</p>${price}${isGone ? nothing : amount}${total}<button class="plain" type="submit" form="remove" name="remove" value="${name}">${words.remove}<span class="unseen">: ${title}</span></button></li>`;
}

/** The main part of the page of a cart. */
export function cartMain(page: CartPage): Html {
  const { locale, lines, totals, couponCode, problems, action, shop, notice } = page;
  const words = checkoutWordsFor(locale);
  const said = notice ? html`<p class="notice" role="status">${notice}</p>` : nothing;
  const title = html`<h1>${words.cart}</h1>`;
  if (lines.length === 0) {
    return html`<section class="block cart">${title}${said}<p class="lead">${words.empty}</p><p class="action"><a class="button" href="${shop}">${words.toShop}</a></p></section>`;
  }
  const coupon = textField({
    name: "couponCode",
    label: words.coupon,
    value: couponCode,
    problems,
    optional: words.optional,
    maxLength: 60,
  });
  const order = totals
    ? html`<button class="button" type="submit" name="action" value="checkout">${words.toCheckout}</button>`
    : nothing;
  return html`<section class="block cart">${title}${problemSummary(words.problems, problems)}${said}${changesShown(lines, locale)}
<form method="post" action="${action}" class="split"><ul class="lines">${lines.map((it) => lineOf(it, page, words))}</ul>
<div class="summary">${coupon}<p><button class="button quiet" type="submit" name="action" value="update">${words.update}</button></p>${totals ? totalsOf(totals, locale) : nothing}<p class="action">${order}</p></div></form>
<form method="post" action="${action}" id="remove"></form><p><a href="${shop}">${words.toShop}</a></p></section>`;
}
