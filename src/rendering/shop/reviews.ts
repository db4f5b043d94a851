import { html } from "hono/html";
import { type Html, lined, nothing } from "../blocks/kit.ts";
import { dayOf } from "../document.ts";
import { ratingOf } from "./rating.ts";
import { reviewWordsFor } from "./review-words.ts";
import type { ShownRating, ShownReview } from "./reviewed.ts";

/** What a page shows of reviews. */
export interface Reviewed {
  locale: string;
  siteName: string;
  rating: ShownRating;
  /** The newest first. */
  reviews: readonly ShownReview[];
  /** Addresses of the older and of the newest ones; `null` where these are they. */
  older: string | null;
  newest: string | null;
}

const MOST = 5;

const number = (locale: string, value: number): string => new Intl.NumberFormat(locale).format(value);

/** Stars as they are seen, and as they are read out. */
function starsOf(locale: string, rating: number): Html {
  const label = reviewWordsFor(locale).stars.replace("{rating}", number(locale, rating));
  return html`<span class="stars" role="img" aria-label="${label}">${"★".repeat(rating)}${"☆".repeat(MOST - rating)}</span>`;
}

/** How many reviews have how many stars. */
function distribution({ stars, count }: ShownRating, locale: string): Html {
  const words = reviewWordsFor(locale);
  const lines = Array.from({ length: MOST }, (_, index) => MOST - index).map((rating) => {
    const [label, n] = [words.stars.replace("{rating}", number(locale, rating)), stars[rating] ?? 0];
    return html`<li><span>${label}</span> <meter min="0" max="${count}" value="${n}" aria-label="${label}"></meter> <span>${number(locale, n)}</span></li>`;
  });
  return html`<ul class="distribution">${lines}</ul>`;
}

function entryOf(review: ShownReview, { locale, siteName }: Pick<Reviewed, "locale" | "siteName">): Html {
  const words = reviewWordsFor(locale);
  const { rating, title, text, author, isOfBuyer, createdAt, answer, answeredAt } = review;
  const bought = isOfBuyer ? html` · ${words.bought}` : nothing;
  const answered = answer
    ? html`<div class="answer"><p class="meta">${words.answer.replace("{name}", siteName)}${answeredAt ? html` · ${dayOf(answeredAt)}` : nothing}</p><p dir="auto">${lined(answer)}</p></div>`
    : nothing;
  return html`<li class="review"><p>${starsOf(locale, rating)}</p>${title ? html`<p dir="auto"><strong>${title}</strong></p>` : nothing}${text ? html`<p dir="auto">${lined(text)}</p>` : nothing}<p class="meta"><bdi>${author}</bdi> · ${dayOf(createdAt)}${bought}</p>${answered}</li>`;
}

/** What customers say: the average, how many have how many stars, and the reviews with their answers. */
export function reviewsOf(reviewed: Reviewed): Html {
  const { locale, rating, reviews, older, newest } = reviewed;
  const words = reviewWordsFor(locale);
  const { average, count } = rating;
  if (average === null) return html`<p class="empty">${words.none}</p>`;
  const links = html`${newest ? html`<a href="${newest}">${words.newest}</a> ` : nothing}${older ? html`<a rel="next" href="${older}">${words.older}</a>` : nothing}`;
  const pages = newest || older ? html`<nav class="pages" aria-label="${words.reviews}">${links}</nav>` : nothing;
  const entries = reviews.map((it) => entryOf(it, reviewed));
  return html`<div class="reviewed">${ratingOf({ rating: { average, count } }, locale)}${distribution(rating, locale)}</div><ul class="reviews">${entries}</ul>${pages}`;
}

/** The same as a part of a product's page; nothing where there is nothing to read. */
export const reviewsSection = (reviewed: Reviewed): Html =>
  reviewed.rating.count === 0
    ? nothing
    : html`<section id="reviews"><h2>${reviewWordsFor(reviewed.locale).reviews}</h2>${reviewsOf(reviewed)}</section>`;
