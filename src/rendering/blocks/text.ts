import { html } from "hono/html";
import { tell } from "../structured/facts.ts";
import { numberOf, pictureOf, textOf } from "../text/props.ts";
import { action, headingOf, lined, nothing, pictureIn, prose, type RenderBlock, section } from "./kit.ts";

/** Without a picture the stylesheet draws one from the site's colours. */
const hero: RenderBlock = (props, { isFirst }) => {
  const title = textOf(props, "title");
  const found = pictureOf(props, "image");
  const heading = isFirst ? html`<h1>${title}</h1>` : html`<h2>${title}</h2>`;
  const subtitle = textOf(props, "subtitle");
  return html`<section class="block hero${found ? "" : " drawn"}"><div>${title ? heading : nothing}${subtitle ? html`<p class="lead">${lined(subtitle)}</p>` : nothing}${action(props)}</div>${found ? pictureIn(props, found, "hero") : nothing}</section>`;
};

const text: RenderBlock = (props) => section("text split", headingOf(props), prose(props));

const image: RenderBlock = (props) => {
  const found = pictureOf(props, "src");
  if (!found) return null;
  const caption = textOf(props, "caption");
  return html`<figure class="block image">${pictureIn(props, found, "wide")}${caption ? html`<figcaption>${lined(caption)}</figcaption>` : nothing}</figure>`;
};

const button: RenderBlock = (props) => {
  const link = action(props);
  return link === nothing ? null : html`<div class="block">${link}</div>`;
};

const banner: RenderBlock = (props) => section("banner", headingOf(props), html`${prose(props)}${action(props)}`);

const alertBar: RenderBlock = (props) => html`<div class="block alert"><p>${lined(textOf(props, "message"))}</p></div>`;

const divider: RenderBlock = () => html`<hr>`;

/** A place as words and a link: a map that loads from elsewhere would tell others who looks at it. */
const map: RenderBlock = (props, { facts }) => {
  const [latitude, longitude] = [numberOf(props, "latitude"), numberOf(props, "longitude")];
  if (latitude === null || longitude === null) return null;
  const href = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=${numberOf(props, "zoom") ?? 16}/${latitude}/${longitude}`;
  const address = textOf(props, "address") || `${latitude}, ${longitude}`;
  tell(facts.places, { address: textOf(props, "address"), latitude, longitude });
  return section("map split", headingOf(props), html`<p class="place"><a href="${href}">${lined(address)}</a></p>`);
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
