import { DOOR, LOAF, OVEN, ROLLS } from "./paintings.ts";
import { PICTURES_OF_GOODS } from "./goods/pictures.ts";
import { pictureNamed } from "./pictures.ts";
import { block, hero, menu, seo, text } from "./blocks.ts";
import type { SampleSite } from "./sample.ts";
import { bakeryForm } from "./bakery-form.ts";
import { BAKERY_SHOP_PAGES } from "./bakery-shop.ts";
import { BAKERY_VISIT_PAGES } from "./bakery-visits.ts";
import { SAMPLE_RESERVATION_SETTINGS } from "./cafe.ts";
import { SAMPLE_SHOP_SETTINGS } from "./shop.ts";

const ORDER = "mailto:hello@blue-door-bakery.example";
const HOURS = { weekdays: "07:00–18:00", saturday: "07:00–14:00", sunday: null };

/** Two languages, one page waiting for the next publish, one draft. */
export const BAKERY: SampleSite = {
  daysAgo: 40,
  publishedDaysAgo: 7,
  site: {
    name: "Blue Door Bakery",
    slug: "blue-door-bakery",
    domain: "example.com",
    locale: "en",
    locales: ["en", "de"],
    settings: {
      timezone: "Europe/Berlin",
      business: {
        type: "Bakery",
        email: "hello@blue-door-bakery.example",
        address: { street: "Mill Street 1", postalCode: "10178", city: "Berlin", country: "DE" },
        openingHours: [
          { days: ["monday", "tuesday", "wednesday", "thursday", "friday"], opens: "07:00", closes: "18:00" },
          { days: ["saturday"], opens: "07:00", closes: "14:00" },
        ],
        priceRange: "€",
      },
      shop: SAMPLE_SHOP_SETTINGS,
      reservation: SAMPLE_RESERVATION_SETTINGS,
    },
    designTokens: {
      colorPrimary: "#1d4e89",
      colorAccent: "#e0a458",
      colorSurface: "#fffaf3",
      colorText: "#2a2320",
      fontHeading: "Georgia, 'Source Serif 4', 'Noto Serif', serif",
      fontBody: "Inter",
      radiusCard: "12px",
      radiusButton: "999px",
    },
  },
  pictures: [
    { name: "door", alt: "The blue door in a white wall", painting: DOOR },
    { name: "loaf", alt: "A loaf with four cuts in its crust", painting: LOAF },
    { name: "oven", alt: "Fire in the mouth of a brick oven", painting: OVEN },
    { name: "rolls", alt: "Twelve rolls on a tray", painting: ROLLS },
    ...PICTURES_OF_GOODS,
  ],
  picturesOfSite: { socialImage: pictureNamed("door") },
  posts: [
    {
      daysAgo: 21,
      title: "Why our rye needs two days",
      slug: "why-our-rye-needs-two-days",
      status: "published",
      excerpt: "Rye has little gluten and a lot of patience. A word on what happens overnight.",
      content:
        "<p>Wheat dough is held together by gluten. Rye has next to none: what keeps it in shape is starch, and starch wants <strong>acid</strong>.</p><h2>The first day</h2><p>A spoonful of yesterday's dough goes into flour and warm water and is left alone. By evening it smells of apples.</p><h2>The second day</h2><ul><li>at four, the main dough</li><li>at six, the oven, as hot as it gets</li><li>at nine, the shelf</li></ul><blockquote><p>It is best on the third.</p></blockquote>",
      tags: ["rye", "sourdough"],
    },
    {
      daysAgo: 12,
      title: "The oven is thirty-nine",
      slug: "the-oven-is-thirty-nine",
      status: "published",
      excerpt: "Lit in the spring of 1987, and never cold since.",
      content:
        '<p>On 4 April 1987 a mason from the valley laid the last stone and lit a fire. It has been fed every night since, by three bakers, two apprentices and once, in the snow of 2010, by the neighbours.</p><figure><img src="demo:oven"><figcaption>Before the first loaves</figcaption></figure><p>Come by on Saturday: the first fifty loaves carry its birthday in the crust.</p>',
      tags: ["oven"],
    },
  ],
  pages: [
    {
      daysAgo: 38,
      title: "Home",
      slug: "home",
      status: "published",
      blocks: [
        hero(
          "Fresh bread, every morning",
          "Stone-oven loaves from the blue door on Mill Street since 1987.",
          "See our breads",
          "/breads",
          pictureNamed("door"),
        ),
        text(
          "Today's oven",
          "Country sourdough at 7, rye at 9, focaccia at noon. When it is gone, it is gone.\n\nWe bake four times a day in a stone oven that has not been cold since the spring of 1987. Flour comes from the mill up the river, salt from the sea, and everything else is time.",
        ),
        block("ProductList", {
          heading: "Sent to you, or put aside",
          products: ["sourdough-loaf", "rye-with-caraway", "butter-croissant", "linen-bread-bag"],
          ctaText: "Everything in the shop",
          ctaLink: "/shop",
        }),
        block("FeatureCardsSection", {
          heading: "What makes it ours",
          items: [
            {
              title: "Twenty hours of rest",
              image: pictureNamed("loaf"),
              description: "A slow dough needs little yeast and keeps for days.",
            },
            {
              title: "Grain from next door",
              image: pictureNamed("rolls"),
              description: "Wheat, rye and spelt grow within 40 km of our oven.",
            },
            {
              title: "Baked four times a day",
              image: pictureNamed("oven"),
              description: "At seven, nine, noon and three: warm whenever you come.",
            },
          ],
        }),
        block("Testimonials", {
          heading: "Heard over the counter",
          items: [
            { quote: "I moved house and kept the bakery.", author: "Ada Berg", role: "every Saturday since 1994" },
            { quote: "The rye is the reason I get up before nine.", author: "Milo Jansen", role: "lives upstairs" },
            { quote: "My children know the blue door better than our own.", author: "Noor de Wit", role: "of three" },
          ],
        }),
        block("OpeningHours", { heading: "When the door is open", ...HOURS }),
        block("CTABannerSection", {
          heading: "A cake for Saturday?",
          body: "Write to us until Thursday noon. We bake for weddings, birthdays and no reason at all.",
          ctaText: "Order by e-mail",
          ctaLink: ORDER,
        }),
      ],
      seo: seo("Blue Door Bakery", "Stone-oven bread, cakes and coffee on Mill Street."),
      navigation: menu("Home", 0),
    },
    {
      daysAgo: 37,
      title: "Our breads",
      slug: "breads",
      status: "published",
      blocks: [
        text("Long rested, slowly baked", "Every loaf rests for at least twenty hours before it meets the oven."),
        block("GallerySection", {
          items: [
            { src: pictureNamed("loaf"), caption: "Country sourdough" },
            { src: pictureNamed("rolls"), caption: "Whole rye rolls" },
            { caption: "Focaccia with rosemary" },
          ],
        }),
        block("PriceList", {
          heading: "On the shelf",
          currency: "EUR",
          items: [
            { name: "Country sourdough, 1 kg", price: 620, description: "Wheat and a little rye, dark crust" },
            { name: "Whole rye, 750 g", price: 540, description: "With caraway, best on the second day" },
            { name: "Focaccia with rosemary", price: 380, description: "From noon" },
          ],
        }),
        block("FaqSection", {
          heading: "Asked every day",
          items: [
            { question: "How long does a loaf keep?", answer: "Sourdough four days, rye a week: cut side down." },
            { question: "What is in it?", answer: "Flour, water, salt. The list for allergies hangs beside the till." },
            {
              question: "Can I have one put aside?",
              answer: "Until eleven: call before eight, and your name is on it.",
            },
          ],
        }),
        bakeryForm(),
      ],
      seo: seo("Our breads", "Sourdough, rye and focaccia: what comes out of our oven, and when."),
      navigation: menu("Breads", 1),
    },
    {
      daysAgo: 30,
      title: "Startseite",
      slug: "start",
      status: "published",
      locale: "de",
      translates: "home",
      blocks: [
        hero(
          "Frisches Brot, jeden Morgen",
          "Seit 1987 aus dem Steinofen hinter der blauen Tür in der Mühlenstraße.",
          "Unsere Brote",
          "/de/brote",
          pictureNamed("door"),
        ),
        text(
          "Heute im Ofen",
          "Bauernbrot um 7, Roggen um 9, Focaccia am Mittag. Solange der Vorrat reicht.\n\nViermal am Tag backen wir in einem Steinofen, der seit dem Frühjahr 1987 nicht mehr kalt geworden ist.",
        ),
        block("ProductList", {
          heading: "Zum Mitnehmen oder mit der Post",
          products: ["sourdough-loaf", "rye-with-caraway", "butter-croissant", "linen-bread-bag"],
          ctaText: "Alles im Laden",
          ctaLink: "/de/shop",
        }),
        block("Testimonials", {
          heading: "Über die Theke gehört",
          items: [
            { quote: "Umgezogen sind wir, die Bäckerei ist geblieben.", author: "Ada Berg" },
            { quote: "Wegen des Roggenbrots stehe ich vor neun auf.", author: "Milo Jansen" },
          ],
        }),
        block("OpeningHours", { heading: "Öffnungszeiten", ...HOURS }),
      ],
      seo: seo("Bäckerei zur blauen Tür", "Brot aus dem Steinofen, Kuchen und Kaffee in der Mühlenstraße."),
      navigation: menu("Start", 0),
    },
    {
      daysAgo: 29,
      title: "Unsere Brote",
      slug: "brote",
      status: "published",
      locale: "de",
      translates: "breads",
      blocks: [
        text(
          "Lange geruht, langsam gebacken",
          "Jeder Laib ruht mindestens zwanzig Stunden, bevor er in den Ofen kommt.",
        ),
        block("PriceList", {
          heading: "Im Regal",
          currency: "EUR",
          items: [
            { name: "Bauernbrot, 1 kg", price: 620 },
            { name: "Vollkornroggen, 750 g", price: 540 },
            { name: "Focaccia mit Rosmarin", price: 380 },
          ],
        }),
      ],
      seo: seo("Unsere Brote", "Sauerteig, Roggen und Focaccia."),
      navigation: menu("Brote", 1),
    },
    ...BAKERY_SHOP_PAGES,
    ...BAKERY_VISIT_PAGES,
    {
      daysAgo: 3,
      title: "Visit us",
      slug: "visit",
      status: "published",
      blocks: [
        text(
          "Mill Street 12",
          "Two minutes from the tram stop Old Mill. Bicycles park in the yard; the step at the door has a ramp.",
        ),
        block("Map", {
          heading: "Find the blue door",
          address: "Mill Street 12, beside the old mill",
          latitude: 52.52,
          longitude: 13.405,
          zoom: 16,
        }),
        block("OpeningHours", { heading: "Opening hours", ...HOURS }),
      ],
      seo: seo("Visit us", "Where to find the blue door, and when it is open."),
      navigation: menu("Visit", 2),
    },
    {
      daysAgo: 1,
      title: "Christmas orders",
      slug: "christmas-orders",
      status: "draft",
      blocks: [text("Stollen to order", "Orders close on 18 December; collection from the 20th.")],
      navigation: { label: null, order: 9, hidden: true },
    },
  ],
};
