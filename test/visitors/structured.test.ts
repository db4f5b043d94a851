import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { TestClock } from "../support/fixtures.ts";
import { flaws, jsonLdIn, nodeOf } from "../support/structured.ts";
import { makeVisitedSite, type VisitedSite } from "./world.ts";

const BUSINESS = {
  type: "Bakery",
  telephone: "+31 20 123 4567",
  email: "hello@bakery.example",
  address: { street: "Mill Street 1", postalCode: "1012 AB", city: "Amsterdam", country: "NL" },
  geo: { latitude: 52.37, longitude: 4.9 },
  openingHours: [{ days: ["monday", "tuesday", "wednesday"], opens: "07:00", closes: "18:00" }],
  priceRange: "€€",
};

const block = (type: string, props: Record<string, unknown>) => ({ type, props });

let clock: TestClock;
let site: VisitedSite;
const textOf = async (path: string): Promise<string> => (await site.visit(path)).text();
const at = (path: string) => `https://api.example.com/s/${site.slug}${path}`;

beforeAll(async () => {
  clock = new TestClock();
  site = await makeVisitedSite(clock, { settings: { business: BUSINESS, logo: "/media/logo.png" } });
  await site.page({ title: "Home", slug: "home", seo: { description: "Bread & cakes" } });
  const about = await site.page({ title: "About us", slug: "about" });
  const team = await site.page({ title: "Team", slug: "team", parentId: about });
  await site.page({ title: "Über uns", slug: "ueber-uns", locale: "de", translationOf: about });
  await site.page({ title: "Mannschaft", slug: "mannschaft", locale: "de", translationOf: team, parentId: about });
  const questions = [
    { question: "Open on Sunday?", answer: "No." },
    { question: "Rye?", html: "<p>Yes, <a href='/about'>ours</a>.</p><p>Daily.</p>" },
    { question: "Unanswered?" },
  ];
  const items = [
    { name: "Rye", price: 650, description: "1 kg" },
    { name: "Cake", price: "on request" },
    { name: "Bun", price: 90, currency: "JPY" },
  ];
  await site.page({
    title: "Questions",
    slug: "questions",
    seo: { ogImage: "/media/oven.jpg" },
    blocks: [
      block("FaqSection", { items: questions }),
      block("AccordionSection", { items: [{ question: "More", answer: "Hidden" }] }),
      block("PriceList", { currency: "EUR", items }),
    ],
  });
  const author = await env.DB.prepare(
    "INSERT INTO users (id, workspace_id, name, email, folded, role, created_at, updated_at) VALUES (?, ?, 'Ada Baker', ?, '', 'member', 1, 1) RETURNING id",
  )
    .bind(4_000_000 + site.workspace.id, site.workspace.id, `ada-${site.slug}@example.com`)
    .first<{ id: number }>();
  const content = "<p>Hello</p>";
  await site.post({ title: "News", slug: "news", content, excerpt: "Short", tags: ["rye"], author_id: author?.id });
  await site.post({ title: "Unsigned", slug: "unsigned", content });
  await site.publish();
});

describe("what programs read of a page", () => {
  it("what programs read of a page has the shape its types ask for, on every page", async () => {
    for (const path of [
      "/",
      "/about",
      "/team",
      "/de/mannschaft",
      "/questions",
      "/blog",
      "/blog/news",
      "/blog/unsigned",
    ])
      expect({ path, flaws: flaws(jsonLdIn(await textOf(path))) }).toEqual({ path, flaws: [] });
  });

  it("what programs read of a page names the site and who runs it", async () => {
    const page = await textOf("/");
    expect(nodeOf(page, "WebSite")).toMatchObject({ url: at("/"), name: "Blue Door Bakery" });
    expect(nodeOf(page, "Bakery")).toEqual({
      "@type": "Bakery",
      "@id": at("/#publisher"),
      name: "Blue Door Bakery",
      url: at("/"),
      logo: "https://api.example.com/media/logo.png",
      telephone: BUSINESS.telephone,
      email: BUSINESS.email,
      address: {
        "@type": "PostalAddress",
        streetAddress: "Mill Street 1",
        postalCode: "1012 AB",
        addressLocality: "Amsterdam",
        addressCountry: "NL",
      },
      geo: { "@type": "GeoCoordinates", latitude: 52.37, longitude: 4.9 },
      openingHoursSpecification: [
        {
          "@type": "OpeningHoursSpecification",
          dayOfWeek: ["Monday", "Tuesday", "Wednesday"],
          opens: "07:00",
          closes: "18:00",
        },
      ],
      priceRange: "€€",
    });
    expect(nodeOf(page, "BreadcrumbList")).toBeUndefined();
  });

  it("what programs read of a page tells the pages above it, in its language", async () => {
    const names = async (path: string) => {
      const list = nodeOf(await textOf(path), "BreadcrumbList")?.itemListElement as { name: string; item: string }[];
      return list.map(({ name, item }) => [name, item]);
    };
    const start = ["Blue Door Bakery", at("/")];
    expect(await names("/team")).toEqual([start, ["About us", at("/about")], ["Team", at("/team")]]);
    expect(await names("/de/mannschaft")).toEqual([
      ["Blue Door Bakery", at("/de/")],
      ["Über uns", at("/de/ueber-uns")],
      ["Mannschaft", at("/de/mannschaft")],
    ]);
    expect(await names("/blog/news")).toEqual([start, ["Blog", at("/blog")], ["News", at("/blog/news")]]);
  });

  it("what programs read of a page has the questions of a FAQ with their answers in words, and no other", async () => {
    const page = await textOf("/questions");
    expect(nodeOf(page, "FAQPage")).toMatchObject({
      primaryImageOfPage: { url: "https://api.example.com/media/oven.jpg" },
      mainEntity: [
        { name: "Open on Sunday?", acceptedAnswer: { text: "No." } },
        { name: "Rye?", acceptedAnswer: { text: "Yes, ours. Daily." } },
      ],
    });
    expect(nodeOf(page, "FAQPage")?.mainEntity).toHaveLength(2);
  });

  it("what programs read of a page has prices that are numbers, in units of their currency", async () => {
    const list = nodeOf(await textOf("/questions"), "ItemList")?.itemListElement as { item: object }[];
    expect(list.map(({ item }) => item)).toEqual([
      {
        "@type": "Product",
        name: "Rye",
        description: "1 kg",
        offers: { "@type": "Offer", price: "6.50", priceCurrency: "EUR" },
      },
      { "@type": "Product", name: "Bun", offers: { "@type": "Offer", price: "90", priceCurrency: "JPY" } },
    ]);
  });

  it("what programs read of an article names its author, or the site's owner, and readers see the same", async () => {
    const signed = await textOf("/blog/news");
    expect(nodeOf(signed, "BlogPosting")).toMatchObject({
      headline: "News",
      description: "Short",
      author: { "@type": "Person", name: "Ada Baker" },
      keywords: ["rye"],
      inLanguage: "en",
    });
    expect(signed).toContain('<p class="meta">Ada Baker · <time');
    const unsigned = await textOf("/blog/unsigned");
    expect(nodeOf(unsigned, "BlogPosting")?.author).toEqual({ "@id": at("/#publisher") });
  });

  it("a page that is not there tells programs nothing", async () => {
    for (const path of ["/nothing", "/blog/nothing"]) expect(await textOf(path)).not.toContain("ld+json");
  });

  it("a page tells those who share it what it is, in which language, and where it is", async () => {
    const page = await textOf("/");
    expect(page).toContain('<meta property="og:description" content="Bread &amp; cakes">');
    expect(page).toContain('<meta property="og:locale" content="en_US">');
    expect(page).toContain(`<meta property="og:url" content="${at("/")}">`);
    expect(await textOf("/de/ueber-uns")).toContain('<meta property="og:locale" content="de_DE">');
    expect(await textOf("/about")).toContain(`hreflang="x-default" href="${at("/about")}"`);
  });

  it("a page ends with how its business is reached, and when, in the page's language", async () => {
    const footer = async (path: string) => /<footer.*<\/footer>/s.exec(await textOf(path))?.[0] ?? "";
    expect(await footer("/")).toContain("Mill Street 1<br>1012 AB Amsterdam");
    expect(await footer("/")).toContain('<a href="mailto:hello@bakery.example">');
    expect(await footer("/de/ueber-uns")).toContain('<li>Mo – Mi <span dir="ltr">07:00 – 18:00</span></li>');
  });

  it("a business without a kind is a place to go to where a page says when it is open, and where", async () => {
    const other = await makeVisitedSite(clock);
    await other.page({ title: "Home", slug: "home" });
    const hours = block("OpeningHours", { weekdays: "9:00–17:00", saturday: "on request" });
    const map = block("MapSection", { latitude: 1.5, longitude: 2.5, address: "Mill Street 1" });
    await other.page({ title: "Contact", slug: "contact", blocks: [hours, map] });
    await other.publish();
    const home = jsonLdIn(await (await other.visit("/")).text());
    expect(home["@graph"].map((it) => it["@type"])).toEqual(["WebSite", "Organization", "WebPage"]);
    const contact = await (await other.visit("/contact")).text();
    expect(flaws(jsonLdIn(contact))).toEqual([]);
    expect(nodeOf(contact, "LocalBusiness")).toMatchObject({
      address: "Mill Street 1",
      geo: { latitude: 1.5, longitude: 2.5 },
      openingHoursSpecification: [{ opens: "09:00", closes: "17:00" }],
    });
  });

  it("a business that is none is refused by the name of its field", async () => {
    const refused = async (business: unknown) => {
      const { status, body } = await site.ask("PATCH", "", { settings: { business } });
      return [status, Object.keys(body.error.details.fields)];
    };
    expect(await refused({ type: "Castle" })).toEqual([400, ["settings.business.type"]]);
    expect(await refused({ geo: { latitude: 91, longitude: 0 } })).toEqual([400, ["settings.business.geo.latitude"]]);
    const hours = [{ days: ["monday", "monday"], opens: "9", closes: "24:00" }];
    expect(await refused({ openingHours: hours })).toEqual([
      400,
      ["days", "opens", "closes"].map((it) => `settings.business.openingHours.0.${it}`),
    ]);
    expect(await refused({ phone: "1" })).toEqual([400, ["settings.business.phone"]]);
  });
});
