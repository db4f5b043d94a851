import { block, menu, seo, text } from "./blocks.ts";
import type { SamplePage } from "./sample.ts";

/** Pages that sell something, in both languages: their prices and stock are those of when they are read. */
export const BAKERY_SHOP_PAGES: SamplePage[] = [
  {
    daysAgo: 28,
    title: "To give away",
    slug: "presents",
    status: "published",
    blocks: [
      text(
        "Bread is a present",
        "Wrapped in paper, with a card in your words. Tell us what to write on it in the note.",
      ),
      block("ProductDetail", { heading: "Before it is gone", product: "stollen" }),
      block("ProductList", {
        heading: "Keeps longer than a loaf",
        products: ["the-sourdough-handbook", "sourdough-starter", "baking-course-one-evening"],
      }),
    ],
    seo: seo("To give away", "Stollen, a jar of starter, an evening at our oven: presents from the blue door."),
    navigation: menu("Presents", 2),
  },
  {
    daysAgo: 27,
    title: "Zum Verschenken",
    slug: "geschenke",
    status: "published",
    locale: "de",
    translates: "presents",
    blocks: [
      text(
        "Brot schenken",
        "In Papier gewickelt, mit einer Karte. Was darauf stehen soll, schreiben Sie in die Anmerkung.",
      ),
      block("ProductDetail", { heading: "Solange es ihn gibt", product: "stollen" }),
      block("ProductList", {
        heading: "Hält länger als ein Laib",
        products: ["the-sourdough-handbook", "sourdough-starter", "baking-course-one-evening"],
      }),
    ],
    seo: seo("Zum Verschenken", "Stollen, ein Glas Sauerteig, ein Abend am Ofen: Geschenke aus der Mühlenstraße."),
    navigation: menu("Geschenke", 2),
  },
];
