import type { Block } from "../content/pages/contract.ts";
import type { NewWorkspace } from "../platform/workspaces/service/found.ts";
import type { DemoSite } from "./sites.ts";

/** Two tenants: one with room to try everything, one whose limits are met within seconds. */
export const DEMO_WORKSPACE: NewWorkspace = {
  name: "Demo Studio",
  slug: "demo-studio",
  tier: "pro",
  contractTier: "enterprise",
};
export const STARTER_WORKSPACE: NewWorkspace = {
  name: "Corner Florist",
  slug: "corner-florist",
  tier: "starter",
  contractTier: "starter",
};

const hero = (title: string, subtitle: string): Block => ({ type: "HeroSection", props: { title, subtitle } });
const text = (heading: string, body: string): Block => ({ type: "TextSection", props: { heading, body } });
const seo = (title: string, description: string) => ({ title, description, ogImage: null, noIndex: false });
const menu = (label: string, order: number) => ({ label, order, hidden: false });

/** Two languages, one page waiting for the next publish, one draft. */
export const BAKERY: DemoSite = {
  daysAgo: 40,
  publishedDaysAgo: 7,
  site: {
    name: "Blue Door Bakery",
    slug: "blue-door-bakery",
    domain: "example.com",
    locale: "en",
    locales: ["en", "de"],
    settings: { timezone: "Europe/Berlin", contactEmail: "hello@blue-door-bakery.example" },
    designTokens: { colorPrimary: "#1d4ed8", colorSurface: "#fffaf3", fontBody: "Inter", radiusCard: "12px" },
  },
  pages: [
    {
      daysAgo: 38,
      title: "Home",
      slug: "home",
      status: "published",
      blocks: [
        hero("Fresh bread, every morning", "Stone-oven loaves from the blue door on Mill Street since 1987"),
        text("Today's oven", "Country sourdough at 7, rye at 9, focaccia at noon. When it is gone, it is gone."),
        { type: "OpeningHours", props: { weekdays: "07:00–18:00", saturday: "07:00–14:00", sunday: null } },
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
        {
          type: "PriceList",
          props: {
            currency: "EUR",
            items: [
              { name: "Country sourdough, 1 kg", price: 620 },
              { name: "Whole rye, 750 g", price: 540 },
              { name: "Focaccia with rosemary", price: 380 },
            ],
          },
        },
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
        hero("Frisches Brot, jeden Morgen", "Seit 1987 aus dem Steinofen hinter der blauen Tür"),
        text("Heute im Ofen", "Bauernbrot um 7, Roggen um 9, Focaccia am Mittag. Solange der Vorrat reicht."),
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
      blocks: [text("Lange geruht, langsam gebacken", "Jeder Laib ruht mindestens zwanzig Stunden.")],
      seo: seo("Unsere Brote", "Sauerteig, Roggen und Focaccia."),
      navigation: menu("Brote", 1),
    },
    {
      daysAgo: 3,
      title: "Visit us",
      slug: "visit",
      status: "published",
      blocks: [
        text("Mill Street 12", "Two minutes from the tram stop Old Mill. Bicycles park in the yard."),
        { type: "Map", props: { latitude: 52.52, longitude: 13.405, zoom: 16 } },
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

/** One language, a page below another, one archived; never published as a site. */
export const BIKE_SHOP: DemoSite = {
  daysAgo: 20,
  site: {
    name: "Spoke & Chain Bike Repair",
    slug: "spoke-and-chain",
    domain: "www.spoke-and-chain.example",
    locale: "en",
    settings: { timezone: "Europe/London", phone: "+44 20 7946 0123" },
    designTokens: { colorPrimary: "#15803d", fontBody: "Work Sans" },
  },
  pages: [
    {
      daysAgo: 19,
      title: "Home",
      slug: "home",
      status: "published",
      blocks: [
        hero("Back on the road by tonight", "Bring it before ten, ride it home after work"),
        { type: "Testimonials", props: { items: [{ quote: "Fixed my hub in an hour.", author: "Priya" }] } },
      ],
      seo: seo("Spoke & Chain", "Same-day bicycle repairs by the canal."),
      navigation: menu("Home", 0),
    },
    {
      daysAgo: 18,
      title: "Services",
      slug: "services",
      status: "published",
      blocks: [text("What we fix", "Brakes, gears, wheels, bearings, and the creak nobody else could find.")],
      seo: seo("Services", "Repairs, services and wheel building."),
      navigation: menu("Services", 1),
    },
    {
      daysAgo: 17,
      title: "Prices",
      slug: "prices",
      status: "published",
      parent: "services",
      blocks: [
        {
          type: "PriceList",
          props: {
            currency: "GBP",
            items: [
              { name: "Basic service", price: 4500 },
              { name: "Full service", price: 9500 },
              { name: "Puncture, while you wait", price: 1200 },
            ],
          },
        },
      ],
      seo: seo("Prices", "What a repair costs before you ask."),
      navigation: menu("Prices", 0),
    },
    {
      daysAgo: 2,
      title: "Book a repair",
      slug: "book",
      status: "draft",
      blocks: [{ type: "BookingForm", props: { service: "Full service" } }],
      navigation: menu("Book", 2),
    },
    {
      daysAgo: 16,
      title: "Winter check 2025",
      slug: "winter-check-2025",
      status: "archived",
      blocks: [text("The winter check is over", "It will be back in November.")],
    },
  ],
};

/** What the sandbox of a workspace starts with. */
export const SAMPLE: DemoSite = {
  daysAgo: 40,
  site: { name: "Sample site", slug: "demo-studio-sample", locale: "en" },
  pages: [
    {
      daysAgo: 40,
      title: "Home",
      slug: "home",
      status: "published",
      blocks: [hero("Nothing here is real", "Change, publish and delete as you like: no visitor ever sees it.")],
      navigation: menu("Home", 0),
    },
    {
      daysAgo: 39,
      title: "Contact",
      slug: "contact",
      status: "published",
      blocks: [text("Write to us", "sample@demo-studio.example")],
      navigation: menu("Contact", 1),
    },
    { daysAgo: 39, title: "About", slug: "about", status: "draft", blocks: [] },
  ],
};

export const FLORIST: DemoSite = {
  daysAgo: 10,
  site: { name: "Corner Florist", slug: "corner-florist", locale: "en" },
  pages: [
    {
      daysAgo: 9,
      title: "Home",
      slug: "home",
      status: "published",
      blocks: [hero("Flowers from the corner", "Cut this morning, tied while you wait")],
      navigation: menu("Home", 0),
    },
    {
      daysAgo: 8,
      title: "Bouquets",
      slug: "bouquets",
      status: "published",
      blocks: [text("Of the week", "Dahlias, asters and a little eucalyptus.")],
      navigation: menu("Bouquets", 1),
    },
  ],
};
