import { image, number, type Properties, richText, text, url } from "./properties.ts";

/** What several blocks have alike. */

export const HEADING: Properties = { heading: text("What the block is headed by", { also: ["title"] }) };

/** A text, plain or rich; the plain one under the name that says best what it is. */
export const proseProperties = (description: string, name = "body", also: string[] = []): Properties => ({
  [name]: text(description, { also: ["body", "text", "content", ...also].filter((it) => it !== name) }),
  html: richText("HTML, shown instead of plain text", { also: ["richText"] }),
});

export const ACTION: Properties = {
  ctaText: text("What the button says", { also: ["buttonText", "label"] }),
  ctaLink: url("Where the button leads", { also: ["buttonLink", "href", "url"] }),
};

/** What describes a picture. */
export const described = (...also: string[]): Properties => ({
  alt: text("What the picture shows, for those who do not see it", { also: ["imageAlt", ...also] }),
  width: number("Pixels of a picture that is not the website's own, so that its place is kept"),
  height: number("Pixels of a picture that is not the website's own, so that its place is kept"),
});

/** The picture of an entry. */
export const PICTURE: Properties = {
  image: image("A picture: of the website's media, or an https address", { also: ["imageUrl", "src"] }),
  ...described(),
};

/** The currency of prices that are numbers. */
export const CURRENCY: Properties = {
  currency: text("The currency of prices that are numbers, by its ISO 4217 code; EUR where it is left out"),
};
