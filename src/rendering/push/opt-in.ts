import { html } from "hono/html";
import { headingOf, type Html, nothing, type RenderBlock } from "../blocks/kit.ts";
import { textOf, textsOf } from "../text/props.ts";
import { topicsIn } from "../text/topics.ts";
import { pushWordsFor } from "./words.ts";

const MARK = "data-push";

/** Whether HTML of ours has a button for notifications: no rich text can have its attribute. */
export const hasOptIn = (main: string): boolean => main.includes(`<section class="block push" ${MARK} hidden`);

/**
 * A button that opts in to notifications. It is nothing without a script, or in a browser that has none; the script shows
 * it where there is something to press.
 */
export const optIn: RenderBlock = (props, { locale }) => {
  const words = pushWordsFor(locale);
  const [heading, text, label] = [headingOf(props), textOf(props, "text"), textOf(props, "label")];
  const topics = topicsIn(textsOf(props, "topics"));
  const said = html`<p role="status" data-on="${words.on}" data-off="${words.off}" data-denied="${words.denied}" data-failed="${words.failed}"></p>`;
  const button = html`<button class="button" type="button" data-in="${label || words.optIn}" data-out="${words.optOut}">${label || words.optIn}</button>`;
  const above: Html = html`${heading ? html`<h2>${heading}</h2>` : nothing}${text ? html`<p>${text}</p>` : nothing}`;
  return html`<section class="block push" data-push hidden data-topics="${topics.join(" ")}">${above}<p class="action">${button}</p>${said}</section>`;
};
