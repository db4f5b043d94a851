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

/** What the bakery sells. Prices in cents; pictures by name. */
export const SAMPLE_PRODUCTS = [
  {
    title: "Sourdough loaf",
    description: "Wheat and a little rye, twenty hours of rest, a crust that sings when it cools. One kilogram.",
    price: 650,
    stock: 24,
    category: "Bread",
    sku: "BR-01",
    images: [pictureNamed("sourdough")],
  },
  {
    title: "Rye with caraway",
    description: "Whole rye and caraway, best on the second day. Sliced or in one piece: it is the same loaf.",
    price: 590,
    stock: 12,
    category: "Bread",
    sku: "BR-02",
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
    price: 380,
    stock: 9,
    category: "Bread",
    sku: "BR-03",
    images: [pictureNamed("focaccia")],
  },
  {
    title: "Butter croissant",
    description: "Three days in the making: butter, flour, milk, and folding it all again.",
    price: 240,
    stock: null,
    category: "Pastry",
    sku: "PA-01",
    images: [pictureNamed("croissant")],
  },
  {
    title: "Stollen",
    description: "Almonds, raisins that have slept in rum, and more butter than we may say. Keeps until spring.",
    price: 1_890,
    stock: 40,
    category: "Pastry",
    sku: "CH-01",
    images: [pictureNamed("stollen")],
    variants: [
      { title: "750 g", sku: "CH-01-750", price: null, stock: 30 },
      { title: "1.5 kg", sku: "CH-01-1500", price: 3_400, stock: 10 },
    ],
  },
  {
    title: "Sourdough starter",
    description: "A jar of what our bread begins with, alive since 1987, and how to feed it.",
    price: 750,
    stock: 3,
    category: "For your kitchen",
    sku: "KI-01",
    images: [pictureNamed("starter")],
  },
  {
    title: "Linen bread bag",
    description: "Keeps a crust crisp for four days. Sewn in the house across the street.",
    price: 1_450,
    stock: null,
    category: "For your kitchen",
    sku: "KI-02",
    images: [pictureNamed("bag"), pictureNamed("bluebag")],
    variants: [
      { title: "Natural", sku: "KI-02-N", price: null, stock: 14 },
      { title: "Blue", sku: "KI-02-B", price: 1_650, stock: 0 },
    ],
  },
  {
    title: "Baking course, one evening",
    description: "Eight people, one oven, three hours. You take home two loaves and a spoonful of starter.",
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
    price: 1_200,
    stock: null,
    category: "Courses and books",
    sku: "CO-02",
    type: "digital",
    images: [pictureNamed("handbook")],
  },
] as const;

/** Reductions of the bakery. */
export const SAMPLE_COUPONS = [
  { code: "WELCOME10", type: "percentage", value: 10, maxUses: 500 },
  { code: "FIVE", type: "fixed", value: 500, currency: "EUR", minimumAmount: 2_500 },
] as const;
