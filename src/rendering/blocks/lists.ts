import { html } from "hono/html";
import { itemsOf, pictureOf, textOf } from "../text/props.ts";
import { WEEKDAYS, weekdayName } from "../text/weekdays.ts";
import { headingOf, type Html, lined, monogram, nothing, pictureIn, prose, type RenderBlock, section } from "./kit.ts";
import { tell } from "../structured/facts.ts";
import { openingTimes } from "../structured/opening-times.ts";
import { readableText } from "../text/readable.ts";
import { amountOf, priceOf } from "./money.ts";

/** A line with a value at its end. */
const row = (name: string, value: string, note = ""): Html =>
  html`<div><dt>${name}${note ? html`<small>${lined(note)}</small>` : nothing}</dt><dd>${lined(value)}</dd></div>`;

const priceList: RenderBlock = (props, { locale, facts }) => {
  const rows = itemsOf(props, "items").map((item) => {
    const [name, description] = [textOf(item, "name"), textOf(item, "description")];
    const amount = amountOf(item, props);
    if (name && amount) tell(facts.prices, { name, description, ...amount });
    return row(name, priceOf(item, props, locale), description);
  });
  return section("prices split", headingOf(props), html`<dl class="rows">${rows}</dl>`);
};

const testimonials: RenderBlock = (props) => {
  const quotes = itemsOf(props, "items").map((item) => {
    const author = textOf(item, "author");
    const role = textOf(item, "role");
    const from = html`<figcaption>${monogram(author)}${author}${role ? html`<small>${role}</small>` : nothing}</figcaption>`;
    return html`<figure class="card"><blockquote><p>${lined(textOf(item, "quote"))}</p></blockquote>${author ? from : nothing}</figure>`;
  });
  return section("quotes", headingOf(props), html`<div class="grid">${quotes}</div>`);
};

/** Texts that open: questions of a FAQ are told as such, an accordion may hold anything. */
const disclosures =
  (areQuestions: boolean): RenderBlock =>
  (props, { facts }) => {
    const entries = itemsOf(props, "items").flatMap((item) => {
      const question = textOf(item, "question");
      if (!question) return [];
      const answer = prose(item, "answer");
      const words = readableText(String(answer)).replace(/\s+/g, " ").trim();
      if (areQuestions && words) tell(facts.questions, { question, answer: words });
      return [html`<details><summary>${question}</summary>${answer}</details>`];
    });
    return section("faq split", headingOf(props), entries);
  };

/** Where there is no picture, the stylesheet draws one for its caption. */
const gallery: RenderBlock = (props) => {
  const tiles = itemsOf(props, "images").flatMap((item) => {
    const found = pictureOf(item, "src");
    const caption = textOf(item, "caption");
    if (!found) return caption ? [html`<li class="drawn"><p>${lined(caption)}</p></li>`] : [];
    return [html`<li>${pictureIn(item, found, "tile")}${caption ? html`<p>${lined(caption)}</p>` : nothing}</li>`];
  });
  return section("gallery", headingOf(props), html`<ul class="grid">${tiles}</ul>`);
};

/** The name of a day, or of the five that people work on, in the page's language; other words stay what they are. */
function dayName(name: string, locale: string): string {
  if (name === "weekdays") return `${weekdayName(0, locale)} – ${weekdayName(4, locale)}`;
  const day = (WEEKDAYS as readonly string[]).indexOf(name);
  return day < 0 ? name : weekdayName(day, locale);
}

const CLOSED: Record<string, string> = { de: "geschlossen", nl: "gesloten", fr: "fermé", es: "cerrado", ar: "مغلق" };

/** Opening hours by day; a day without hours is closed. */
const openingHours: RenderBlock = (props, { locale, facts }) => {
  const closed = CLOSED[locale.split("-")[0] as string] ?? "closed";
  const rows = Object.keys(props.values)
    .filter((name) => !["title", "heading"].includes(name))
    .map((day) => {
      const hours = textOf(props, day);
      for (const time of openingTimes(day, hours)) tell(facts.hours, time);
      return row(dayName(day, locale), hours || closed);
    });
  return section("hours split", headingOf(props), html`<dl class="rows">${rows}</dl>`);
};

const statistics: RenderBlock = (props) => {
  const figures = itemsOf(props, "items").map(
    (item) => html`<div><dt>${textOf(item, "label")}</dt><dd>${textOf(item, "value")}</dd></div>`,
  );
  return section("statistics", headingOf(props), html`<dl class="grid">${figures}</dl>`);
};

export const listBlocks: Record<string, RenderBlock> = {
  PriceList: priceList,
  Testimonials: testimonials,
  TestimonialSection: testimonials,
  FaqSection: disclosures(true),
  AccordionSection: disclosures(false),
  GallerySection: gallery,
  OpeningHours: openingHours,
  StatisticsSection: statistics,
};
