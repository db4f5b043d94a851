import { SAMPLE_HOURS } from "./booking.ts";
import { block, hero, menu, seo, text } from "./blocks.ts";
import type { SampleSite } from "./sample.ts";

const PHONE = "+44 20 7946 0123";

/** One language, a page below another, one archived; never published as a site. */
export const BIKE_SHOP: SampleSite = {
  daysAgo: 20,
  site: {
    name: "Spoke & Chain Bike Repair",
    slug: "spoke-and-chain",
    domain: "www.spoke-and-chain.example",
    locale: "en",
    settings: {
      timezone: "Europe/London",
      phone: PHONE,
      business: { type: "BikeStore", telephone: PHONE, openingHours: SAMPLE_HOURS },
    },
    designTokens: {
      colorPrimary: "#15603a",
      colorAccent: "#f2b705",
      colorSurface: "#fbfcfa",
      fontBody: "Work Sans",
      radiusCard: "6px",
    },
  },
  pages: [
    {
      daysAgo: 19,
      title: "Home",
      slug: "home",
      status: "published",
      blocks: [
        hero(
          "Back on the road by tonight",
          "Bring it before ten, ride it home after work. Every repair on this side of the canal.",
          "What we fix",
          "/services",
        ),
        block("StepsSection", {
          heading: "How it goes",
          items: [
            { title: "Bring it before ten", description: "No appointment. We look at it together and name a price." },
            { title: "Go to work", description: "If we find more than that, we call before we touch it." },
            { title: "Ride it home", description: "Done by six, tested on the cobbles behind the shop." },
          ],
        }),
        block("StatisticsSection", {
          items: [
            { value: "11,400", label: "bicycles since 2009" },
            { value: "94 %", label: "ready the same day" },
            { value: "3", label: "mechanics, one dog" },
          ],
        }),
        block("Testimonials", {
          heading: "Said at the counter",
          items: [
            { quote: "Fixed my hub in an hour.", author: "Priya", role: "commutes 14 miles a day" },
            { quote: "They talked me out of a new wheel.", author: "Tom", role: "still on the old one" },
          ],
        }),
        block("CTABannerSection", {
          heading: "Something creaks?",
          body: "Describe it over the phone. Half of the time it is the saddle.",
          ctaText: `Call ${PHONE}`.replaceAll(" ", "\u00a0"),
          ctaLink: `tel:${PHONE.replaceAll(" ", "")}`,
        }),
      ],
      seo: seo("Spoke & Chain", "Same-day bicycle repairs by the canal."),
      navigation: menu("Home", 0),
    },
    {
      daysAgo: 18,
      title: "Services",
      slug: "services",
      status: "published",
      blocks: [
        text("What we fix", "Brakes, gears, wheels, bearings, and the creak nobody else could find."),
        block("ServiceCardsSection", {
          heading: "Three ways to a quiet bicycle",
          currency: "GBP",
          items: [
            {
              title: "Basic service",
              price: 4500,
              description: "Brakes and gears set, chain cleaned, bolts checked.",
              link: "/prices",
            },
            {
              title: "Full service",
              price: 9500,
              description: "All of that, with bearings greased and wheels trued.",
              link: "/prices",
            },
            { title: "Wheel building", price: "from £160", description: "Hand-laced, tensioned and ridden in." },
          ],
        }),
        block("AlertBarSection", { message: "Cargo bikes and tandems: please call first, we need the big stand." }),
      ],
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
        block("PriceList", {
          heading: "Labour",
          currency: "GBP",
          items: [
            { name: "Basic service", price: 4500 },
            { name: "Full service", price: 9500 },
            { name: "Puncture, while you wait", price: 1200 },
          ],
        }),
        block("FaqSection", {
          heading: "Before you ask",
          items: [
            { question: "Are parts included?", answer: "No. You see each part and its price before we fit it." },
            { question: "Is there a guarantee?", answer: "Six months on everything we have had in our hands." },
          ],
        }),
      ],
      seo: seo("Prices", "What a repair costs before you ask."),
      navigation: menu("Prices", 0),
    },
    {
      daysAgo: 2,
      title: "Book a repair",
      slug: "book",
      status: "draft",
      blocks: [block("BookingForm", { service: "Full service" })],
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
