import { html } from "hono/html";
import { type Html, nothing } from "../blocks/kit.ts";
import { type Problem, problemSummary, radioField, textArea, textField } from "./form.ts";
import { reviewWordsFor } from "./review-words.ts";

/** What is typed into the form of a review. */
export interface ReviewValues {
  rating: string;
  title: string;
  text: string;
  author: string;
}

/** The form of a review, of one product. */
export interface ReviewForm {
  locale: string;
  /** What the product is called. */
  product: string;
  /** Where it is sent. */
  action: string;
  /** The way back to the order. */
  back: string;
  values: ReviewValues;
  problems: readonly Problem[];
  /** The review that is changed; `null` for a new one. */
  reviewId: string | null;
  /** The longest that its texts may be, in characters. */
  limits: { title: number; author: number };
}

/** Filled in by programs that fill in everything; people do not see it. */
export const TRAP = "website";

const MOST = 5;

/** The page of the form. */
export function reviewFormMain(form: ReviewForm): Html {
  const { locale, product, action, back, values, problems, reviewId, limits } = form;
  const words = reviewWordsFor(locale);
  const field = (name: keyof ReviewValues) => ({ name, value: values[name], problems, optional: words.optional });
  const stars = Array.from({ length: MOST }, (_, index) => MOST - index).map((it) => ({
    value: String(it),
    label: html`<span aria-hidden="true" class="stars">${"★".repeat(it)}${"☆".repeat(MOST - it)}</span> <span>${words.stars.replace("{rating}", String(it))}</span>`,
  }));
  const changed = reviewId === null ? nothing : html`<input type="hidden" name="review" value="${reviewId}">`;
  return html`<section class="block shop review-form"><h1>${words.write.replace("{title}", product)}</h1>
${problemSummary(words.problems, problems)}
<form method="post" action="${action}">${changed}
${radioField({ ...field("rating"), label: words.rating }, stars)}
${textField({ ...field("title"), label: words.title, maxLength: limits.title })}
${textArea({ ...field("text"), label: words.text })}
${textField({ ...field("author"), label: words.author, isRequired: true, autocomplete: "given-name", maxLength: limits.author })}
<p><small>${words.shown}</small></p>
<p class="trap" aria-hidden="true"><label>${words.trap} <input name="${TRAP}" type="text" tabindex="-1" autocomplete="off"></label></p>
<p class="action"><button class="button" type="submit">${words.send}</button></p></form>
<p><a href="${back}">${words.back}</a></p></section>`;
}

/** What can be reviewed of an order: a product, and the review there is. */
export interface OrderReview {
  product: string;
  /** Where it is written or changed; `null` once it is decided on. */
  href: string | null;
  status: "pending" | "approved" | "rejected" | null;
}

/** What its customer has said of an order's products, and may say; nothing where there is neither. */
export function orderReviews(entries: readonly OrderReview[], locale: string): Html {
  const words = reviewWordsFor(locale);
  if (entries.length === 0) return nothing;
  const lines = entries.map(({ product, href, status }) => {
    const said = status === null ? nothing : html`<span>${product}: ${words.status[status]}</span> `;
    const label = status === null ? words.write.replace("{title}", product) : words.change;
    return html`<li>${said}${href ? html`<a href="${href}">${label}</a>` : nothing}</li>`;
  });
  return html`<section id="reviews"><h2>${words.yours}</h2><ul>${lines}</ul></section>`;
}
