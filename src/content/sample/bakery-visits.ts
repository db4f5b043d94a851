import { block, menu, seo, text } from "./blocks.ts";
import type { SamplePage } from "./sample.ts";

/** A page in both languages from which an hour or a table is booked: what is free is what is so when it is read. */
export const BAKERY_VISIT_PAGES: SamplePage[] = [
  {
    daysAgo: 26,
    title: "Come by",
    slug: "come-by",
    status: "published",
    blocks: [
      text("Come by", "A table for breakfast, or an hour beside the oven: choose a day, and we keep it for you."),
      block("ReservationWidget", { heading: "A table for breakfast", partySize: 2 }),
      block("BookingWidget", { heading: "Beside the oven", text: "Bring an apron and an empty bag.", limit: 6 }),
    ],
    seo: seo("Come by", "Reserve a table for breakfast, or book an hour beside our oven."),
    navigation: menu("Come by", 3),
  },
  {
    daysAgo: 25,
    title: "Vorbeikommen",
    slug: "vorbeikommen",
    status: "published",
    locale: "de",
    translates: "come-by",
    blocks: [
      text(
        "Vorbeikommen",
        "Ein Tisch zum Frühstück oder eine Stunde am Ofen: Wählen Sie einen Tag, wir halten ihn frei.",
      ),
      block("ReservationWidget", { heading: "Ein Tisch zum Frühstück", partySize: 2 }),
      block("BookingWidget", {
        heading: "Am Ofen",
        text: "Bringen Sie eine Schürze und einen leeren Beutel mit.",
        limit: 6,
      }),
    ],
    seo: seo("Vorbeikommen", "Einen Tisch zum Frühstück reservieren oder eine Stunde am Ofen buchen."),
    navigation: menu("Vorbeikommen", 3),
  },
];
