import { html } from "hono/html";
import { type Html, lined, nothing } from "../blocks/kit.ts";
import { dayOf } from "../document.ts";
import { reviewWordsFor } from "./review-words.ts";

/** An approved review as visitors see it. */
export interface ShownReview {
  id: string;
  /** Whole stars, 1 to 5. */
  rating: number;
  title: string | null;
  /** Plain text, with line breaks. */
  text: string;
  author: string;
  /** Whether its author has bought the product here. */
  isOfBuyer: boolean;
  /** ISO 8601. */
  createdAt: string;
  answer: string | null;
  answeredAt: string | null;
}

/** Approved reviews in figures, as `ratingsOf` counts them. */
export interface ShownRating {
  average: number | null;
  count: number;
  /** How many there are of so many stars. */
  stars: Record<number, number>;
}

/** What a page shows of reviews. */
export interface ReviewsSection {
  locale: string;
  siteName: string;
  rating: ShownRating;
  /** The newest first. */
  reviews: readonly ShownReview[];
  /** Addresses of the older and the newest ones; `null` where these are they. */
  older: string | null;
  newest: string | null;
  /** What it is headed by; "Reviews" where it is left out. */
  heading?: string;
}

const MOST = 5;

const number = (locale: string, value: number, digits = 0): string =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

/** Stars as they are seen, and as they are read out. */
function starsOf(locale: string, rating: number): Html {
  const label = reviewWordsFor(locale).stars.replace("{rating}", number(locale, rating));
  return html`<span class="stars" role="img" aria-label="${label}">${"★".repeat(rating)}${"☆".repeat(MOST - rating)}</span>`;
}

/** The average and how many reviews it is of, on one line; nothing where there are none. */
export function ratingLine({ average, count }: Pick<ShownRating, "average" | "count">, locale: string): Html {
  if (average === null) return nothing;
  const words = reviewWordsFor(locale)
    .average.replace("{average}", number(locale, average, 1))
    .replace("{count}", number(locale, count));
  return html`<p class="rating"><span class="stars" aria-hidden="true">★</span> ${words}</p>`;
}

/** How many reviews have how many stars. */
function distribution({ stars, count }: ShownRating, locale: string): Html {
  const words = reviewWordsFor(locale);
  const lines = Array.from({ length: MOST }, (_, index) => MOST - index).map((rating) => {
    const [label, n] = [words.share.replace("{rating}", number(locale, rating)), stars[rating] ?? 0];
    return html`<li><span>${label}</span> <meter min="0" max="${count}" value="${n}" aria-label="${label}"></meter> <span>${number(locale, n)}</span></li>`;
  });
  return html`<ul class="distribution">${lines}</ul>`;
}

function entryOf(review: ShownReview, { locale, siteName }: Pick<ReviewsSection, "locale" | "siteName">): Html {
  const words = reviewWordsFor(locale);
  const { rating, title, text, author, isOfBuyer, createdAt, answer, answeredAt } = review;
  const bought = isOfBuyer ? html` · ${words.bought}` : nothing;
  const answered = answer
    ? html`<div class="answer"><p class="meta">${words.answer.replace("{name}", siteName)}${answeredAt ? html` · ${dayOf(answeredAt)}` : nothing}</p><p dir="auto">${lined(answer)}</p></div>`
    : nothing;
  return html`<li class="review"><p>${starsOf(locale, rating)}</p>${title ? html`<h3 dir="auto">${title}</h3>` : nothing}${text ? html`<p dir="auto">${lined(text)}</p>` : nothing}<p class="meta"><bdi>${author}</bdi> · ${dayOf(createdAt)}${bought}</p>${answered}</li>`;
}

/** What customers say: the average, how many have how many stars, and the reviews with their answers. */
export function reviewsSection(section: ReviewsSection): Html {
  const { locale, rating, reviews, older, newest, heading } = section;
  const words = reviewWordsFor(locale);
  const title = heading || words.reviews;
  if (rating.count === 0) {
    return html`<section class="block reviews" id="reviews"><h2>${title}</h2><p>${words.none}</p></section>`;
  }
  const links = html`${newest ? html`<a href="${newest}">${words.newest}</a> ` : nothing}${older ? html`<a rel="next" href="${older}">${words.older}</a>` : nothing}`;
  const pages = newest || older ? html`<nav class="pages" aria-label="${title}">${links}</nav>` : nothing;
  return html`<section class="block reviews" id="reviews"><h2>${title}</h2>${ratingLine(rating, locale)}${distribution(rating, locale)}<ul class="list">${reviews.map((it) => entryOf(it, section))}</ul>${pages}</section>`;
}
