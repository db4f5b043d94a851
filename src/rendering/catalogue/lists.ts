import type { Declared } from "./declared.ts";
import { image, list, price, text } from "./properties.ts";
import { CURRENCY, described, HEADING, proseProperties } from "./shared.ts";

const QUOTES: Omit<Declared, "label" | "description"> = {
  category: "lists",
  properties: {
    ...HEADING,
    items: list(
      "The quotes",
      {
        quote: text("What was said", { also: ["text"], isRequired: true }),
        author: text("Who said it", { also: ["name"] }),
        role: text("What the person does", { also: ["company"] }),
      },
      { also: ["testimonials"], isRequired: true },
    ),
  },
  example: {
    heading: "What people say",
    items: [{ quote: "Crust as it should be.", author: "Jan Smit", role: "Café Noord" }],
  },
};

const DISCLOSURES: Omit<Declared, "label" | "description"> = {
  category: "lists",
  properties: {
    ...HEADING,
    items: list(
      "What opens",
      {
        question: text("What stands there before it is opened", { also: ["title"], isRequired: true }),
        ...proseProperties("What is shown then", "answer"),
      },
      { also: ["questions"], isRequired: true },
    ),
  },
  example: { heading: "Questions", items: [{ question: "Do you ship?", answer: "Within the city." }] },
  variants: [{ items: [{ question: "Do you ship?", html: "<p>Within the <em>city</em>.</p>" }] }],
};

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

export const LIST_BLOCKS: Readonly<Record<string, Declared>> = {
  PriceList: {
    label: "Price list",
    category: "commerce",
    description: "Lines with a price at their end",
    properties: {
      ...HEADING,
      ...CURRENCY,
      items: list(
        "The lines",
        {
          name: text("What it is", { also: ["title"] }),
          description: text("A note below it"),
          price: price("What it costs: a number of minor units, or a text"),
          ...CURRENCY,
        },
        { isRequired: true },
      ),
    },
    example: {
      heading: "Prices",
      currency: "CHF",
      items: [
        { name: "Rye", description: "750 g", price: 490 },
        { name: "Spelt", price: 520, currency: "USD" },
      ],
    },
  },
  Testimonials: { ...QUOTES, label: "Quotes", description: "What customers say" },
  TestimonialSection: { ...QUOTES, label: "Quotes", description: "What customers say" },
  FaqSection: {
    ...DISCLOSURES,
    label: "FAQ",
    description: "Questions with their answers, told to search engines as such",
  },
  AccordionSection: { ...DISCLOSURES, label: "Accordion", description: "Texts that open" },
  GallerySection: {
    label: "Gallery",
    category: "media",
    description: "Pictures with captions; a caption without a picture gets a drawn one",
    properties: {
      ...HEADING,
      images: list(
        "The pictures",
        {
          src: image("The picture: of the website's media, or an https address", { also: ["url", "image"] }),
          ...described(),
          caption: text("A line below the picture", { also: ["title"] }),
        },
        { also: ["items"], isRequired: true },
      ),
    },
    example: {
      heading: "Impressions",
      images: [
        {
          src: "https://images.example.com/oven.jpg",
          ...{ alt: "The oven", width: 800, height: 600, caption: "Our oven" },
        },
      ],
    },
  },
  OpeningHours: {
    label: "Opening hours",
    category: "contact",
    description: "Hours by day; a day that is named and has no hours is closed",
    properties: {
      ...HEADING,
      weekdays: text("Monday to Friday, such as `7:00–18:00`"),
      ...Object.fromEntries(DAYS.map((day) => [day, text("Hours, such as `7:00–18:00`")])),
    },
    others: text("The hours of another day, which is called by this name"),
    example: {
      heading: "When we are here",
      weekdays: "7:00–18:00",
      ...Object.fromEntries(DAYS.map((day, index) => [day, `8:00–1${index}:00`])),
      "Easter Monday": "9:00–12:00",
    },
  },
  StatisticsSection: {
    label: "Figures",
    category: "lists",
    description: "Numbers that speak for themselves",
    properties: {
      ...HEADING,
      items: list(
        "The figures",
        {
          label: text("What is counted", { also: ["title"], isRequired: true }),
          value: text("How many", { isRequired: true }),
        },
        { also: ["statistics"], isRequired: true },
      ),
    },
    example: { heading: "In numbers", items: [{ label: "Loaves a day", value: "1,200" }] },
  },
};
