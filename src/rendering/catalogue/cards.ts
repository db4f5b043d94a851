import type { Declared } from "./declared.ts";
import { list, price, type Properties, text, texts, url } from "./properties.ts";
import { ACTION, CURRENCY, HEADING, PICTURE, proseProperties } from "./shared.ts";

const PHOTO = { image: "https://images.example.com/rye.jpg", alt: "A dark loaf", width: 800, height: 600 };

const LISTS = ["items", "cards", "features", "services", "members", "plans", "steps", "events"];

const wordsOf = (...[name, ...also]: [string, ...string[]]): Properties => ({
  [name]: text("What it is called", { also }),
  link: url("Where its name leads", { also: ["href", "url"] }),
  ...proseProperties("What there is to say of it", "description"),
});
const WORDS = wordsOf("title", "name", "heading");

const entries = (description: string, of: Properties): Properties => ({
  items: list(description, of, { also: LISTS.filter((name) => name !== "items"), isRequired: true }),
});

const RYE = { title: "Rye", link: "/bread/rye", description: "Baked twice", ...PHOTO };
const ADA = { name: "Ada Baker", link: "/ada", description: "Began at fifteen", ...PHOTO };
const RICH = { title: "Rye", html: "<p>Baked <em>twice</em></p>" };

const CARDS: Omit<Declared, "label" | "description"> = {
  category: "cards",
  properties: {
    ...HEADING,
    ...CURRENCY,
    ...entries("The cards", { ...PICTURE, ...WORDS, price: price("What it costs, in minor units"), ...CURRENCY }),
  },
  example: {
    heading: "Our bread",
    currency: "CHF",
    items: [
      { ...RYE, price: 490 },
      { title: "Spelt", price: 520, currency: "USD" },
    ],
  },
  variants: [{ items: [RICH] }],
};

const sequenceOf = (label: string, description: string): Declared => ({
  label,
  category: "lists",
  description,
  properties: {
    ...HEADING,
    ...entries("The entries, in their order", {
      date: text("When, as it is to be shown", { also: ["year"] }),
      ...PICTURE,
      ...WORDS,
    }),
  },
  example: { heading: "How we bake", items: [{ ...RYE, date: "1931" }] },
  variants: [{ items: [RICH] }],
});

export const CARD_BLOCKS: Readonly<Record<string, Declared>> = {
  FeatureCardsSection: { ...CARDS, label: "Cards", description: "Cards beside each other: what speaks for you" },
  ServiceCardsSection: { ...CARDS, label: "Services", description: "Cards beside each other: what you offer" },
  TeamSection: {
    label: "Team",
    category: "cards",
    description: "The people, with their pictures or initials",
    properties: {
      ...HEADING,
      ...entries("The people", {
        ...PICTURE,
        ...wordsOf("name", "title", "heading"),
        role: text("What the person does"),
      }),
    },
    example: { heading: "Who bakes", items: [{ ...ADA, role: "Master baker" }] },
    variants: [{ items: [{ name: "Ada Baker", html: RICH.html }] }],
  },
  PricingSection: {
    label: "Plans",
    category: "commerce",
    description: "Plans beside each other, with prices and what they include",
    properties: {
      ...HEADING,
      ...CURRENCY,
      ...entries("The plans", {
        ...WORDS,
        price: price("What it costs: a number of minor units, or a text"),
        ...CURRENCY,
        features: texts("What it includes"),
        ctaText: ACTION.ctaText as never,
        // `href` and `url` are the link of its name.
        ctaLink: url("Where the button leads", { also: ["buttonLink"] }),
      }),
    },
    example: {
      heading: "Bread by subscription",
      currency: "CHF",
      items: [
        {
          ...{ title: "Weekly", link: "/weekly", description: "A loaf a week", price: 1990 },
          ...{ features: ["Delivered", "Cancel any time"], ctaText: "Subscribe", ctaLink: "/subscribe" },
        },
        { title: "Monthly", price: 990, currency: "USD" },
      ],
    },
    variants: [{ items: [RICH] }],
  },
  StepsSection: sequenceOf("Steps", "Steps one after the other, numbered"),
  TimelineSection: sequenceOf("Timeline", "What happened when"),
};
