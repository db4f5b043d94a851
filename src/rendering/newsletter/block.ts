import { html } from "hono/html";
import { headingOf, type Html, lined, nothing, type RenderBlock, section } from "../blocks/kit.ts";
import { formWordsFor } from "../forms/words.ts";
import { markerOf } from "../live-marker.ts";
import { textOf, textsOf } from "../text/props.ts";
import { topicsIn } from "../text/topics.ts";
import { topicsField, TRAP } from "./pages.ts";
import type { NewsletterQuery } from "./query.ts";
import { newsletterWordsFor } from "./words.ts";

/** Asks visitors whether they want the website's news by e-mail. */
export const newsletter: RenderBlock = (props) => {
  const text = textOf(props, "text");
  const topics = topicsIn(textsOf(props, "topics"));
  const marker = markerOf<NewsletterQuery>({ by: "newsletter", label: textOf(props, "label"), topics });
  return section("form", headingOf(props), html`${text ? html`<p>${lined(text)}</p>` : nothing}${marker}`);
};

/** The form of a block; `action` is `null` in a preview, where nothing is sent. `nth` tells apart the ids of a page. */
export function newsletterFields(
  { label, topics = [] }: NewsletterQuery,
  { locale, action, nth }: { locale: string; action: string | null; nth: number },
): Html {
  const words = newsletterWordsFor(locale);
  const id = `newsletter-${nth}`;
  const email = html`<div class="field"><label for="${id}">${words.email}</label><input id="${id}" name="email" type="email" autocomplete="email" maxlength="254" required></div>`;
  if (action === null) {
    return html`<form class="form-fields">${email}<p class="empty">${formWordsFor(locale).preview}</p></form>`;
  }
  return html`<form class="form-fields" method="post" action="${action}">${topicsField(topics)}${email}
<p class="trap" aria-hidden="true"><label>${words.trap} <input name="${TRAP}" type="text" tabindex="-1" autocomplete="off"></label></p>
<p class="action"><button class="button" type="submit">${label || words.subscribe}</button></p></form>`;
}
