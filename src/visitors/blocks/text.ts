import { html } from "hono/html";
import { imageOf, numberOf, textOf } from "../render/props.ts";
import { action, nothing, prose, type RenderBlock, section } from "./kit.ts";

const hero: RenderBlock = (props, { isFirst }) => {
  const title = textOf(props, "title", "heading");
  const image = imageOf(props, "backgroundImage", "image", "imageUrl");
  const heading = isFirst ? html`<h1>${title}</h1>` : html`<h2>${title}</h2>`;
  const subtitle = textOf(props, "subtitle", "text");
  return html`<section class="block hero">${title ? heading : nothing}${subtitle ? html`<p class="lead">${subtitle}</p>` : nothing}${action(props)}${image ? html`<img src="${image}" alt="${textOf(props, "imageAlt", "alt")}">` : nothing}</section>`;
};

const text: RenderBlock = (props) => section("text", textOf(props, "heading", "title"), prose(props));

const image: RenderBlock = (props) => {
  const src = imageOf(props, "src", "url", "imageUrl", "image");
  if (!src) return null;
  const caption = textOf(props, "caption");
  return html`<figure class="block image"><img src="${src}" alt="${textOf(props, "alt", "title")}" loading="lazy">${caption ? html`<figcaption>${caption}</figcaption>` : nothing}</figure>`;
};

const button: RenderBlock = (props) => html`<div class="block">${action(props)}</div>`;

const banner: RenderBlock = (props) =>
  section("banner", textOf(props, "title", "heading"), html`${prose(props)}${action(props)}`);

const alertBar: RenderBlock = (props) =>
  html`<aside class="block alert"><p>${textOf(props, "message", "text", "title")}</p></aside>`;

const divider: RenderBlock = () => html`<hr>`;

/** A place as words and a link: a map that loads from elsewhere would tell others who looks at it. */
const map: RenderBlock = (props) => {
  const [latitude, longitude] = [numberOf(props, "latitude"), numberOf(props, "longitude")];
  if (latitude === null || longitude === null) return null;
  const href = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=${numberOf(props, "zoom") ?? 16}/${latitude}/${longitude}`;
  const address = textOf(props, "address", "title") || `${latitude}, ${longitude}`;
  return section("map", "", html`<p><a href="${href}">${address}</a></p>`);
};

export const textBlocks: Record<string, RenderBlock> = {
  HeroSection: hero,
  VideoHeroSection: hero,
  TextSection: text,
  RichTextSection: text,
  ImageSection: image,
  ButtonSection: button,
  CTABannerSection: banner,
  AlertBarSection: alertBar,
  DividerSection: divider,
  Map: map,
  MapSection: map,
};
