import { html, raw } from "hono/html";
import { type Html, nothing } from "../blocks/kit.ts";
import { moneyIn } from "../blocks/money.ts";
import { changesShown, type ShownLine } from "./cart-page.ts";
import { checkoutWordsFor } from "./checkout-words.ts";
import {
  checkField,
  type Field,
  type Problem,
  problemSummary,
  radioField,
  selectField,
  textArea,
  textField,
} from "./form.ts";
import { type Totals, totalsOf } from "./totals.ts";

/** What a visitor has typed, by the names of the fields. */
export type Typed = Readonly<Record<string, string>>;

/** What a visitor sees of a checkout. */
export interface CheckoutPage {
  locale: string;
  lines: readonly ShownLine[];
  totals: Totals;
  typed: Typed;
  problems: readonly Problem[];
  /** Whether anything is sent, so that an address is needed. */
  isShipped: boolean;
  /** Codes of the countries that can be chosen. */
  countries: readonly string[];
  methods: readonly { id: string; name: string; amount: number }[];
  /** Where the terms stand that are to be accepted. */
  termsUrl: string | null;
  /** Names the order to be, and what its totals are as they are shown. */
  checkoutKey: string;
  seen: string;
  action: string;
  cart: string;
}

/** Names of countries in a language, as far as it has them, in its order. */
function countryOptions(codes: readonly string[], locale: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([locale], { type: "region", fallback: "code" });
  const { compare } = new Intl.Collator(locale);
  const options = codes.map((value) => ({ value, label: names.of(value) ?? value }));
  return options.sort((a, b) => compare(a.label, b.label));
}

/** The main part of the page of a checkout. */
export function checkoutMain(page: CheckoutPage): Html {
  const { locale, lines, totals, typed, problems, isShipped, methods, termsUrl, checkoutKey, seen, action, cart } =
    page;
  const words = checkoutWordsFor(locale);
  const field = (name: string, label: string, more: Partial<Field> = {}): Field => ({
    ...{ name, label, value: typed[name] ?? "", problems, optional: words.optional, isRequired: true, maxLength: 200 },
    ...more,
  });
  const mayBeEmpty = { isRequired: false };
  const address = html`<fieldset><legend>${words.address}</legend>
${textField(field("line1", words.line1, { autocomplete: "shipping address-line1" }))}
${textField(field("line2", words.line2, { ...mayBeEmpty, autocomplete: "shipping address-line2" }))}
<div class="pair">${textField(field("postalCode", words.postalCode, { autocomplete: "shipping postal-code", maxLength: 20 }))}
${textField(field("city", words.city, { autocomplete: "shipping address-level2", maxLength: 100 }))}</div>
${textField(field("region", words.region, { ...mayBeEmpty, autocomplete: "shipping address-level1", maxLength: 100 }))}
${selectField(field("country", words.country, { autocomplete: "shipping country" }), countryOptions(page.countries, locale))}</fieldset>`;
  const ways = methods.map(({ id, name, amount }) => ({
    value: id,
    label: `${name} (${amount === 0 ? words.free : moneyIn(locale, totals.currency, amount)})`,
  }));
  const terms = (url: string) => {
    const [before = "", after = ""] = words.acceptTerms.split("{terms}");
    const label = html`${before}<a href="${url}" target="_blank" rel="noopener">${words.terms}</a>${after}`;
    return checkField({ name: "acceptTerms", value: typed.acceptTerms ?? "", problems, label });
  };
  const bought = lines.map(
    (it) =>
      html`<li><span>${it.quantity} × ${it.title}</span> <span>${moneyIn(locale, it.currency, it.unitPrice * it.quantity)}</span></li>`,
  );
  return html`<section class="block checkout"><h1>${words.checkout}</h1>${problemSummary(words.problems, problems)}${changesShown(lines, locale)}
<form method="post" action="${action}" class="split"><div>
<button class="unseen" type="submit" name="step" value="order" tabindex="-1" aria-hidden="true">${words.order}</button>
<input type="hidden" name="checkoutKey" value="${checkoutKey}"><input type="hidden" name="seen" value="${seen}">
<fieldset><legend>${words.customer}</legend>
${textField(field("customerName", words.name, { autocomplete: "name" }))}
${textField(field("customerEmail", words.email, { autocomplete: "email", maxLength: 254 }), "email")}
${textField(field("customerPhone", words.phone, { ...mayBeEmpty, autocomplete: "tel", maxLength: 50 }), "tel")}</fieldset>
${isShipped ? address : nothing}
<div class="ways">${isShipped && ways.length > 0 ? radioField(field("shippingMethod", words.shippingMethod), ways) : nothing}</div>
${textArea(field("note", words.note, mayBeEmpty))}</div>
<div class="summary"><ul class="bought">${bought}</ul><p><a href="${cart}">${words.cart}</a></p>
${textField(field("couponCode", words.coupon, { ...mayBeEmpty, maxLength: 60 }))}
<p><button class="button quiet" type="submit" name="step" value="recalculate"${raw(" formnovalidate")}>${words.recalculate}</button></p>
<div class="sums" aria-live="polite">${totalsOf(totals, locale)}</div>${termsUrl === null ? nothing : terms(termsUrl)}
<p class="action"><button class="button" type="submit" name="step" value="order">${words.order}</button></p></div></form></section>`;
}
