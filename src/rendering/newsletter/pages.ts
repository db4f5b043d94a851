import { html } from "hono/html";
import { type Html, nothing } from "../blocks/kit.ts";
import { type Problem, problemSummary, textField } from "../shop/form.ts";
import type { NewsletterWords } from "./words.ts";

/** Filled in by programs that fill in everything; people do not see it. */
export const TRAP = "website";

/** What a form is about, as it is sent along: topics with spaces between them. */
export const TOPICS = "topics";

export const topicsField = (topics: readonly string[]): Html =>
  topics.length === 0 ? nothing : html`<input type="hidden" name="${TOPICS}" value="${topics.join(" ")}">`;

/** The form by which somebody asks for news. */
export interface NewsletterForm {
  words: NewsletterWords;
  /** The website's name. */
  site: string;
  /** Where it is sent. */
  action: string;
  email: string;
  /** What it is about; none for everything. */
  topics: readonly string[];
  problems: readonly Problem[];
  /** Names what heads a list of what is wrong. */
  problemsTitle: string;
}

/** The page of that form. */
export function newsletterMain({ words, site, action, email, topics, problems, problemsTitle }: NewsletterForm): Html {
  const field = { name: "email", label: words.email, value: email, problems, isRequired: true, optional: "" };
  return html`<section class="block shop newsletter"><h1>${words.title}</h1>
<p>${words.intro.replace("{site}", () => site)}</p>
${problemSummary(problemsTitle, problems)}
<form method="post" action="${action}">${topicsField(topics)}
${textField({ ...field, autocomplete: "email", maxLength: 254 }, "email")}
<p class="trap" aria-hidden="true"><label>${words.trap} <input name="${TRAP}" type="text" tabindex="-1" autocomplete="off"></label></p>
<p class="action"><button class="button" type="submit">${words.subscribe}</button></p></form></section>`;
}

/** A page that says one thing, and may have a button that does it. */
export const saidMain = (title: string, text: string, button: { action: string; label: string } | null = null): Html =>
  html`<section class="block shop newsletter"><h1>${title}</h1><p role="status">${text}</p>${
    button
      ? html`<form method="post" action="${button.action}"><p class="action"><button class="button" type="submit">${button.label}</button></p></form>`
      : nothing
  }</section>`;
