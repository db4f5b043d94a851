import { html } from "hono/html";
import { imageOf, itemsOf, linkOf, numberOf, textOf } from "../render/props.ts";
import { type Html, nothing, prose, type RenderBlock, section } from "./kit.ts";

const heading = (props: Parameters<RenderBlock>[0]): string => textOf(props, "heading", "title");

const card = (props: Parameters<RenderBlock>[0]): Html => {
  const image = imageOf(props, "image", "imageUrl", "src");
  const href = linkOf(props, "link", "href", "url");
  const title = textOf(props, "title", "name", "heading");
  return html`<li class="card">${image ? html`<img src="${image}" alt="" loading="lazy">` : nothing}${title ? html`<h3>${href ? html`<a href="${href}">${title}</a>` : title}</h3>` : nothing}${prose({ ...props, body: textOf(props, "description", "body", "text", "role") })}</li>`;
};

const cards: RenderBlock = (props) =>
  section(
    "cards",
    heading(props),
    html`<ul class="grid">${itemsOf(props, "items", "cards", "features", "services", "members", "steps").map(card)}</ul>`,
  );

const money = (amount: number, currency: string, locale: string): string => {
  try {
    const format = new Intl.NumberFormat(locale, { style: "currency", currency });
    return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  } catch {
    return "";
  }
};

const priceList: RenderBlock = (props, { locale }) => {
  const currency = textOf(props, "currency") || "EUR";
  const entries = itemsOf(props, "items").map((item) => {
    const price = numberOf(item, "price");
    const shown = price === null ? textOf(item, "price") : money(price, currency, locale);
    return html`<div><dt>${textOf(item, "name", "title")}</dt><dd>${shown}</dd></div>`;
  });
  return section("prices", heading(props), html`<dl class="prices">${entries}</dl>`);
};

const testimonials: RenderBlock = (props) =>
  section(
    "quotes",
    heading(props),
    itemsOf(props, "items", "testimonials").map(
      (item) =>
        html`<figure><blockquote><p>${textOf(item, "quote", "text")}</p></blockquote><figcaption>${textOf(item, "author", "name")}</figcaption></figure>`,
    ),
  );

const faq: RenderBlock = (props) =>
  section(
    "faq",
    heading(props),
    itemsOf(props, "items", "questions").map(
      (item) =>
        html`<details><summary>${textOf(item, "question", "title")}</summary>${prose({ ...item, body: textOf(item, "answer", "body", "text") })}</details>`,
    ),
  );

const gallery: RenderBlock = (props) => {
  const images = itemsOf(props, "images", "items").flatMap((item) => {
    const src = imageOf(item, "src", "url", "image");
    return src
      ? [html`<li><img src="${src}" alt="${textOf(item, "alt", "title", "caption")}" loading="lazy"></li>`]
      : [];
  });
  return section("gallery", heading(props), html`<ul class="grid">${images}</ul>`);
};

const DAYS: Record<string, string> = { weekdays: "Mon–Fri", saturday: "Sat", sunday: "Sun" };

/** Opening hours by day; a day without hours is closed. */
const openingHours: RenderBlock = (props, { locale }) => {
  const closed = locale.startsWith("de") ? "geschlossen" : locale.startsWith("nl") ? "gesloten" : "closed";
  const rows = Object.entries(props)
    .filter(([name]) => !["title", "heading"].includes(name))
    .map(([day]) => html`<div><dt>${DAYS[day] ?? day}</dt><dd>${textOf(props, day) || closed}</dd></div>`);
  return section("hours", heading(props), html`<dl class="prices">${rows}</dl>`);
};

const statistics: RenderBlock = (props) =>
  section(
    "statistics",
    heading(props),
    html`<dl class="grid">${itemsOf(props, "items", "statistics").map((item) => html`<div class="card"><dt>${textOf(item, "label", "title")}</dt><dd>${textOf(item, "value")}</dd></div>`)}</dl>`,
  );

export const listBlocks: Record<string, RenderBlock> = {
  FeatureCardsSection: cards,
  ServiceCardsSection: cards,
  TeamSection: cards,
  StepsSection: cards,
  TimelineSection: cards,
  PriceList: priceList,
  PricingSection: priceList,
  Testimonials: testimonials,
  TestimonialSection: testimonials,
  FaqSection: faq,
  AccordionSection: faq,
  GallerySection: gallery,
  OpeningHours: openingHours,
  StatisticsSection: statistics,
};
