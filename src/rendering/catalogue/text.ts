import type { Declared } from "./declared.ts";
import { image, number, text } from "./properties.ts";
import { ACTION, described, HEADING, proseProperties } from "./shared.ts";

const PHOTO = "https://images.example.com/bakery.jpg";

const HERO: Omit<Declared, "label" | "description"> = {
  category: "heroes",
  properties: {
    title: text("What the page is about", { also: ["heading"] }),
    subtitle: text("A sentence below the heading", { also: ["text", "description"] }),
    ...ACTION,
    image: image("The picture; without one it is drawn from the website's colours", {
      also: ["backgroundImage", "imageUrl"],
    }),
    ...described(),
  },
  example: {
    title: "Bread that takes its time",
    subtitle: "Sourdough from the corner since 1931",
    ctaText: "See opening hours",
    ctaLink: "/contact",
    image: PHOTO,
    alt: "Loaves in front of the oven",
    width: 1600,
    height: 900,
  },
};

const TEXT: Omit<Declared, "label" | "description"> = {
  category: "text",
  properties: { ...HEADING, ...proseProperties("Plain text; an empty line parts paragraphs") },
  example: { heading: "Our grain", body: "Rye and spelt from two farms nearby.\n\nMilled every morning." },
  variants: [{ heading: "Our grain", html: "<p>Rye and <strong>spelt</strong> from two farms nearby.</p>" }],
};

const MAP: Omit<Declared, "label" | "description"> = {
  category: "contact",
  properties: {
    ...HEADING,
    latitude: number("Degrees north of the equator", { isRequired: true }),
    longitude: number("Degrees east of Greenwich", { isRequired: true }),
    zoom: number("How close the map is, from 1 to 19; 16 where it is left out"),
    address: text("The place in words; its coordinates where it is left out"),
  },
  example: {
    heading: "Find us",
    latitude: 52.3676,
    longitude: 4.9041,
    zoom: 17,
    address: "Blue Door Lane 4, Amsterdam",
  },
};

export const TEXT_BLOCKS: Readonly<Record<string, Declared>> = {
  HeroSection: {
    ...HERO,
    label: "Hero",
    description: "How a page begins: its heading, a sentence, a button, a picture",
  },
  VideoHeroSection: { ...HERO, label: "Hero (video)", description: "A hero; its picture is shown in place of a video" },
  TextSection: { ...TEXT, label: "Text", description: "A heading and paragraphs" },
  RichTextSection: {
    ...TEXT,
    label: "Rich text",
    description: "A heading and text with headings, lists, tables and links",
  },
  ImageSection: {
    label: "Picture",
    category: "media",
    description: "One picture with its caption",
    properties: {
      src: image("The picture: of the website's media, or an https address", {
        also: ["url", "imageUrl", "image"],
        isRequired: true,
      }),
      ...described("title"),
      caption: text("A line below the picture"),
    },
    example: {
      src: PHOTO,
      alt: "Loaves in front of the oven",
      width: 1600,
      height: 900,
      caption: "Six in the morning",
    },
  },
  ButtonSection: {
    label: "Button",
    category: "text",
    description: "One link as a button",
    properties: Object.fromEntries(
      Object.entries(ACTION).map(([name, property]) => [name, { ...property, isRequired: true }]),
    ),
    example: { ctaText: "Order a cake", ctaLink: "/cakes" },
  },
  CTABannerSection: {
    label: "Banner",
    category: "text",
    description: "A call to action across the page",
    properties: {
      ...HEADING,
      ...proseProperties("A sentence below the heading", "body", ["subtitle", "description"]),
      ...ACTION,
    },
    example: { heading: "Hungry?", body: "We bake until four.", ctaText: "Visit us", ctaLink: "/contact" },
    variants: [
      { heading: "Hungry?", html: "<p>We bake until <em>four</em>.</p>", ctaText: "Visit us", ctaLink: "/contact" },
    ],
  },
  AlertBarSection: {
    label: "Notice",
    category: "text",
    description: "A line that stands out",
    properties: { message: text("What there is to say", { also: ["text", "title"], isRequired: true }) },
    example: { message: "Closed on Easter Monday" },
  },
  DividerSection: {
    label: "Divider",
    category: "text",
    description: "A line between two parts of a page",
    properties: {},
    example: {},
  },
  Map: { ...MAP, label: "Place", description: "A place as an address with a link to a map" },
  MapSection: { ...MAP, label: "Place", description: "A place as an address with a link to a map" },
};
