import { html } from "hono/html";
import { type Html, lined, nothing } from "../blocks/kit.ts";
import { moneyIn } from "../blocks/money.ts";
import { lengthOf } from "./moments.ts";
import type { BookingWords } from "./words.ts";

/** A service as visitors see it. */
export interface ShownService {
  name: string;
  description: string | null;
  minutes: number;
  /** In minor units of the currency; `null` where no price is told. */
  price: number | null;
  currency: string;
  /** Where its free times are. */
  href: string;
}

/** How long a service takes, and what it costs. */
export function serviceFacts({ minutes, price, currency }: ShownService, locale: string): Html {
  const cost = price === null ? nothing : html` · <span class="price">${moneyIn(locale, currency, price)}</span>`;
  return html`<p class="facts"><span>${lengthOf(locale, minutes)}</span>${cost}</p>`;
}

/** What can be booked, each with the way to its times; `level` is that of its headings. */
export function serviceList(
  services: readonly ShownService[],
  level: "h2" | "h3",
  { locale, words }: { locale: string; words: BookingWords },
): Html {
  if (services.length === 0) return html`<p class="empty">${words.nothingOffered}</p>`;
  const entries = services.map((it) => {
    const name = html`<a href="${it.href}">${it.name}</a>`;
    const heading = level === "h2" ? html`<h2>${name}</h2>` : html`<h3>${name}</h3>`;
    return html`<li class="service">${heading}${serviceFacts(it, locale)}${it.description ? html`<p>${lined(it.description)}</p>` : nothing}<p class="more" aria-hidden="true">${words.choose}</p></li>`;
  });
  return html`<ul class="services">${entries}</ul>`;
}
