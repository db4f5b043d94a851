import { html } from "hono/html";
import { itemsOf, pictureOf, textOf } from "../text/props.ts";
import { headingOf, type Html, lined, monogram, nothing, pictureIn, prose, type RenderBlock, section } from "./kit.ts";
import { priceOf } from "./money.ts";

/** A line with a value at its end. */
const row = (name: string, value: string, note = ""): Html =>
  html`<div><dt>${name}${note ? html`<small>${lined(note)}</small>` : nothing}</dt><dd>${lined(value)}</dd></div>`;

const priceList: RenderBlock = (props, { locale }) => {
  const rows = itemsOf(props, "items").map((item) =>
    row(textOf(item, "name", "title"), priceOf(item, props, locale), textOf(item, "description")),
  );
  return section("prices split", headingOf(props), html`<dl class="rows">${rows}</dl>`);
};

const testimonials: RenderBlock = (props) => {
  const quotes = itemsOf(props, "items", "testimonials").map((item) => {
    const author = textOf(item, "author", "name");
    const role = textOf(item, "role", "company");
    const from = html`<figcaption>${monogram(author)}${author}${role ? html`<small>${role}</small>` : nothing}</figcaption>`;
    return html`<figure class="card"><blockquote><p>${lined(textOf(item, "quote", "text"))}</p></blockquote>${author ? from : nothing}</figure>`;
  });
  return section("quotes", headingOf(props), html`<div class="grid">${quotes}</div>`);
};

const faq: RenderBlock = (props) =>
  section(
    "faq split",
    headingOf(props),
    itemsOf(props, "items", "questions").flatMap((item) => {
      const question = textOf(item, "question", "title");
      return question ? [html`<details><summary>${question}</summary>${prose(item, "answer")}</details>`] : [];
    }),
  );

/** Where there is no picture, the stylesheet draws one for its caption. */
const gallery: RenderBlock = (props) => {
  const tiles = itemsOf(props, "images", "items").flatMap((item) => {
    const found = pictureOf(item, "src", "url", "image");
    const caption = textOf(item, "caption", "title");
    if (!found) return caption ? [html`<li class="drawn"><p>${lined(caption)}</p></li>`] : [];
    return [html`<li>${pictureIn(item, found, "tile")}${caption ? html`<p>${lined(caption)}</p>` : nothing}</li>`];
  });
  return section("gallery", headingOf(props), html`<ul class="grid">${tiles}</ul>`);
};

const MONDAY = Date.UTC(2024, 0, 1);
const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** The name of a day, or of the five that people work on, in the page's language; other words stay what they are. */
function dayName(name: string, locale: string): string {
  const dateOf = (day: number) => new Date(MONDAY + day * 86_400_000);
  const format = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  if (name === "weekdays") return `${format.format(dateOf(0))} – ${format.format(dateOf(4))}`;
  const day = DAYS.indexOf(name);
  return day < 0 ? name : format.format(dateOf(day));
}

const CLOSED: Record<string, string> = { de: "geschlossen", nl: "gesloten", fr: "fermé", es: "cerrado", ar: "مغلق" };

/** Opening hours by day; a day without hours is closed. */
const openingHours: RenderBlock = (props, { locale }) => {
  const closed = CLOSED[locale.split("-")[0] as string] ?? "closed";
  const rows = Object.keys(props.values)
    .filter((name) => !["title", "heading"].includes(name))
    .map((day) => row(dayName(day, locale), textOf(props, day) || closed));
  return section("hours split", headingOf(props), html`<dl class="rows">${rows}</dl>`);
};

const statistics: RenderBlock = (props) => {
  const figures = itemsOf(props, "items", "statistics").map(
    (item) => html`<div><dt>${textOf(item, "label", "title")}</dt><dd>${textOf(item, "value")}</dd></div>`,
  );
  return section("statistics", headingOf(props), html`<dl class="grid">${figures}</dl>`);
};

export const listBlocks: Record<string, RenderBlock> = {
  PriceList: priceList,
  Testimonials: testimonials,
  TestimonialSection: testimonials,
  FaqSection: faq,
  AccordionSection: faq,
  GallerySection: gallery,
  OpeningHours: openingHours,
  StatisticsSection: statistics,
};
