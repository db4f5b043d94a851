import type { ShopSettings } from "../shop/settings/settings.ts";
import { pictureNamed } from "./pictures.ts";

const POSTAGE = { currency: "EUR", taxClass: "standard" };

/** How the bakery sells: prices with their tax, in two countries, and paid by transfer where no provider is set up. */
export const SAMPLE_SHOP_SETTINGS: ShopSettings = {
  tax: {
    included: true,
    rates: [
      { country: "DE", taxClass: "standard", rate: 19 },
      { country: "DE", taxClass: "reduced", rate: 7 },
      { country: "NL", taxClass: "standard", rate: 21 },
      { country: "NL", taxClass: "reduced", rate: 9 },
    ],
  },
  shipping: {
    methods: [
      { id: "collect", name: "Collect at Mill Street", countries: ["DE"], amount: 0, ...POSTAGE },
      { id: "post-de", name: "By post", countries: ["DE"], amount: 490, freeFrom: 5_000, ...POSTAGE },
      { id: "post-nl", name: "By post", countries: ["NL"], amount: 890, freeFrom: 8_000, ...POSTAGE },
    ],
  },
  payment: {
    manual: {
      enabled: true,
      instructions: "Please transfer the amount to DE02 1203 0000 0000 2020 51 and name the number of your order.",
      holdHours: 72,
    },
    holdMinutes: 60,
  },
  checkout: { termsUrl: null },
  reviews: { autoApprove: false, minimumRating: 1 },
  lowStockAt: 3,
};

/** The parts of the bakery's shop; pictures by name. */
export const SAMPLE_CATEGORIES = [
  { name: "Bread", order: 1, image: pictureNamed("sourdough"), translations: { de: { name: "Brot" } } },
  { name: "Pastry", order: 2, image: pictureNamed("croissant"), translations: { de: { name: "Gebäck" } } },
  {
    name: "For your kitchen",
    order: 3,
    image: pictureNamed("starter"),
    translations: { de: { name: "Für die Küche" } },
  },
  {
    name: "Courses and books",
    order: 4,
    image: pictureNamed("course"),
    translations: { de: { name: "Kurse und Bücher" } },
  },
] as const;

/** What the bakery sells. Prices in cents; pictures by name. */
export const SAMPLE_PRODUCTS = [
  {
    title: "Sourdough loaf",
    description: "Wheat and a little rye, twenty hours of rest, a crust that sings when it cools. One kilogram.",
    translations: {
      de: {
        title: "Sauerteiglaib",
        description: "Weizen und etwas Roggen, zwanzig Stunden Ruhe, eine Kruste, die beim Abkühlen singt. Ein Kilo.",
      },
    },
    price: 650,
    stock: 24,
    category: "Bread",
    sku: "BR-01",
    taxClass: "reduced",
    images: [pictureNamed("sourdough")],
  },
  {
    title: "Rye with caraway",
    description: "Whole rye and caraway, best on the second day. Sliced or in one piece: it is the same loaf.",
    translations: {
      de: {
        title: "Roggenbrot mit Kümmel",
        description:
          "Ganzer Roggen und Kümmel, am zweiten Tag am besten. Geschnitten oder am Stück: es ist derselbe Laib.",
      },
    },
    price: 590,
    stock: 12,
    category: "Bread",
    sku: "BR-02",
    taxClass: "reduced",
    images: [pictureNamed("rye")],
    // Both are cut from the loaves there are.
    variants: [
      { title: "Whole", sku: "BR-02-W", price: null, stock: null },
      { title: "Sliced", sku: "BR-02-S", price: 610, stock: null },
    ],
  },
  {
    title: "Focaccia with rosemary",
    description: "Olive oil in every dimple, rosemary from the yard. From noon on.",
    translations: {
      de: { title: "Focaccia mit Rosmarin", description: "Olivenöl in jeder Mulde, Rosmarin aus dem Hof. Ab Mittag." },
    },
    price: 380,
    stock: 9,
    category: "Bread",
    sku: "BR-03",
    taxClass: "reduced",
    images: [pictureNamed("focaccia")],
  },
  {
    title: "Butter croissant",
    description: "Three days in the making: butter, flour, milk, and folding it all again.",
    translations: {
      de: {
        title: "Buttercroissant",
        description: "Drei Tage Arbeit: Butter, Mehl, Milch, und alles noch einmal falten.",
      },
    },
    price: 240,
    stock: null,
    category: "Pastry",
    sku: "PA-01",
    taxClass: "reduced",
    images: [pictureNamed("croissant")],
  },
  {
    title: "Stollen",
    description: "Almonds, raisins that have slept in rum, and more butter than we may say. Keeps until spring.",
    translations: {
      de: {
        title: "Stollen",
        description: "Mandeln, Rosinen aus dem Rumbad und mehr Butter, als wir sagen dürfen. Hält bis zum Frühling.",
      },
    },
    price: 1_890,
    stock: 40,
    category: "Pastry",
    sku: "CH-01",
    taxClass: "reduced",
    images: [pictureNamed("stollen")],
    variants: [
      { title: "750 g", sku: "CH-01-750", price: null, stock: 30, options: { Weight: "750 g" } },
      { title: "1.5 kg", sku: "CH-01-1500", price: 3_400, stock: 10, options: { Weight: "1.5 kg" } },
    ],
  },
  {
    title: "Sourdough starter",
    description: "A jar of what our bread begins with, alive since 1987, and how to feed it.",
    translations: {
      de: {
        title: "Sauerteigansatz",
        description: "Ein Glas von dem, womit unser Brot beginnt, am Leben seit 1987, und wie man ihn füttert.",
      },
    },
    price: 750,
    stock: 3,
    lowStockAt: 4,
    category: "For your kitchen",
    sku: "KI-01",
    taxClass: "reduced",
    images: [pictureNamed("starter")],
  },
  {
    title: "Linen bread bag",
    description: "Keeps a crust crisp for four days. Sewn in the house across the street.",
    translations: {
      de: {
        title: "Brotbeutel aus Leinen",
        description: "Hält die Kruste vier Tage lang knusprig. Genäht im Haus gegenüber.",
      },
    },
    price: 1_450,
    stock: null,
    category: "For your kitchen",
    sku: "KI-02",
    images: [pictureNamed("bag"), pictureNamed("bluebag")],
    variants: [
      {
        title: "Natural",
        sku: "KI-02-N",
        price: null,
        stock: 14,
        options: { Colour: "Natural" },
        image: pictureNamed("bag"),
      },
      {
        title: "Blue",
        sku: "KI-02-B",
        price: 1_650,
        stock: 0,
        options: { Colour: "Blue" },
        image: pictureNamed("bluebag"),
      },
    ],
  },
  {
    title: "Baking course, one evening",
    description: "Eight people, one oven, three hours. You take home two loaves and a spoonful of starter.",
    translations: {
      de: {
        title: "Backkurs, ein Abend",
        description: "Acht Leute, ein Ofen, drei Stunden. Mit nach Hause gehen zwei Laibe und ein Löffel Ansatz.",
      },
    },
    price: 8_500,
    stock: 8,
    category: "Courses and books",
    sku: "CO-01",
    type: "service",
    images: [pictureNamed("course")],
  },
  {
    title: "The sourdough handbook",
    description: "Ninety pages to read on a screen or on paper: our twelve breads, and what to do when they sulk.",
    translations: {
      de: {
        title: "Das Sauerteig-Handbuch",
        description:
          "Neunzig Seiten für Bildschirm oder Papier: unsere zwölf Brote, und was hilft, wenn sie schmollen.",
      },
    },
    price: 1_200,
    stock: null,
    category: "Courses and books",
    sku: "CO-02",
    taxClass: "reduced",
    type: "digital",
    downloadUrl: "https://example.com/sourdough-handbook.pdf",
    images: [pictureNamed("handbook")],
  },
] as const;

/** Reductions of the bakery. */
export const SAMPLE_COUPONS = [
  { code: "WELCOME10", type: "percentage", value: 10, maxUses: 500 },
  { code: "FIVE", type: "fixed", value: 500, currency: "EUR", minimumAmount: 2_500 },
] as const;
