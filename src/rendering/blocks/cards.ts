import { html } from "hono/html";
import { itemsOf, linkOf, type Props, textOf, textsOf } from "../text/props.ts";
import {
  action,
  entryHeading,
  headingOf,
  type Html,
  lined,
  monogram,
  nothing,
  type PageContext,
  picture,
  prose,
  type RenderBlock,
  section,
} from "./kit.ts";
import type { SlotName } from "../text/slots.ts";
import { tell } from "../structured/facts.ts";
import { amountOf, priceOf } from "./money.ts";

/** What an entry says beside its picture: its name, `detail`, and its text. */
function words(block: Props, item: Props, name: string, detail: Html = nothing): Html {
  const href = linkOf(item, "link");
  const title = name && entryHeading(block, href ? html`<a href="${href}">${name}</a>` : name);
  return html`${title}${detail}${prose(item, "description")}`;
}

const line = (className: string, text: string): Html =>
  text ? html`<p class="${className}">${lined(text)}</p>` : nothing;

/** A block of cards beside each other. */
const cardsOf =
  (className: string, card: (item: Props, block: Props, page: PageContext) => Html): RenderBlock =>
  (props, page) => {
    const cards = itemsOf(props, "items").map((item) => card(item, props, page));
    return section(className, headingOf(props), html`<ul class="grid">${cards}</ul>`);
  };

const cards = cardsOf("cards", (item, block, { locale }) => {
  const price = line("price", priceOf(item, block, locale));
  return html`<li class="card">${picture(item, "card") ?? nothing}${words(block, item, textOf(item, "title"), price)}</li>`;
});

const team = cardsOf("team", (item, block) => {
  const [name, role] = [textOf(item, "name"), line("role", textOf(item, "role"))];
  return html`<li class="card">${picture(item, "portrait") ?? monogram(name)}${words(block, item, name, role)}</li>`;
});

const pricing = cardsOf("plans", (item, block, { locale, facts }) => {
  const [name, amount] = [textOf(item, "title"), amountOf(item, block)];
  if (name && amount) tell(facts.prices, { name, description: textOf(item, "description"), ...amount });
  const price = line("price", priceOf(item, block, locale));
  const features = textsOf(item, "features").map((it) => html`<li>${lined(it)}</li>`);
  return html`<li class="card">${words(block, item, name, price)}${features.length > 0 ? html`<ul class="ticks">${features}</ul>` : nothing}${action(item)}</li>`;
});

/** Entries one after the other, by number or by date. */
const sequence =
  (className: string, slot: SlotName): RenderBlock =>
  (props) => {
    const entries = itemsOf(props, "items").map((item) => {
      const date = line("date", textOf(item, "date"));
      return html`<li>${date}${picture(item, slot) ?? nothing}${words(props, item, textOf(item, "title"))}</li>`;
    });
    return section(className, headingOf(props), html`<ol class="grid">${entries}</ol>`);
  };

export const cardBlocks: Record<string, RenderBlock> = {
  FeatureCardsSection: cards,
  ServiceCardsSection: cards,
  TeamSection: team,
  PricingSection: pricing,
  StepsSection: sequence("steps", "entry"),
  TimelineSection: sequence("timeline", "text"),
};
