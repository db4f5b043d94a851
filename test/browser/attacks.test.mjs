// What anybody puts into the fields of a site and its pages, published through the API and shown in a browser.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { BLOCK_TYPES } from "../../src/rendering/blocks/index.ts";
import { DECLARED } from "../../src/rendering/catalogue/index.ts";
import { blocksWith, PAYLOADS } from "../rendering/payloads.ts";
import { attacked, provoke } from "./support/attack.mjs";
import { openChromium } from "./support/chromium.mjs";
import { visit } from "./support/visitor.mjs";
import { startWebsites } from "./support/websites.mjs";

const TOKENS = ["colorPrimary", "colorAccent", "colorSurface", "colorText", "fontBody", "fontHeading", "radiusCard"];

/** At a time: one waits for the server while another's page is clicked through. */
const VISITORS = 3;

/** Names and titles are one line; text is whatever it is. */
const line = (payload) => payload.replace(/[\p{Cc}\u2028\u2029]/gu, " ");

const siteOf = (payload) => ({
  name: line(payload),
  settings: { contactEmail: payload },
  designTokens: Object.fromEntries(TOKENS.map((name) => [name, payload])),
});

/** What a type takes: one of two names is enough, since a page has room for so many blocks. */
const properties = (type) => JSON.stringify(DECLARED[type].properties);
const isFirst = (type, index, types) => types.findIndex((it) => properties(it) === properties(type)) === index;

/** What shows what it is given. */
const STILL = BLOCK_TYPES.filter(
  (type) =>
    !/^(?:Divider|Product|Review|Booking|Reservation|MapSection|ContactForm|FormBuilder|PushOptIn|Newsletter)/.test(
      type,
    ),
).filter(isFirst);

/** Blocks that show the website's own: of products there are none, and what customers say is an attack itself. */
const live = (payload) => [...blocksWith(["ProductList"], payload).slice(0, 1), { type: "ReviewList", props: {} }];

/** What visitors fill in and press, once: a form of either kind is shown by the same means. */
const PRESSED = ["FormBuilderSection", "PushOptInButton", "NewsletterSection"];
const pressed = (payload) => blocksWith(PRESSED, payload, ["items"]).slice(0, PRESSED.length);

const pageOf = (payload) => ({
  title: line(payload),
  slug: "home",
  blocks: [...blocksWith(STILL, payload, ["items"]), ...live(payload), ...pressed(payload)],
  seo: { title: line(payload), description: line(payload), ogImage: payload },
  navigation: { label: line(payload) },
});

/** Written by customers, whom nobody knows. */
const reviewOf = (payload) => ({
  rating: 5,
  title: line(payload),
  text: payload,
  author: [...line(payload)].slice(0, 100).join(""),
  status: "approved",
  answer: payload,
});

const postOf = (payload, number) => ({
  title: line(payload),
  slug: `attack-${number}`,
  excerpt: payload,
  content: payload,
  tags: [payload.slice(0, 50)],
});

/** Articles on one page of a blog: so many attacks are the blog of one site. */
const PER_PAGE = 20;

describe("published pages with an attack in every field", { concurrency: false, timeout: 900_000 }, () => {
  let websites;
  let chromium;
  const pages = [];
  const articles = [];

  before(async () => {
    websites = await startWebsites();
    chromium = await openChromium();
    const { demo } = websites;
    // More sites than the demo's tier has room for.
    await websites.ask("PATCH", `/api/v1/workspaces/${demo.workspaceId}`, { tier: "enterprise" });
  });

  after(() => chromium?.close());
  after(() => websites?.stop());

  async function provoked(address, prepare) {
    const { page, findings, close } = await visit(chromium.browser, address, { prepare });
    const heading = await page.evaluate(() => document.querySelector("h1")?.textContent);
    findings.push(...(await page.evaluate(provoke)));
    await close();
    return { heading, findings: [...new Set(findings)] };
  }

  it("are published for every payload, wherever the API takes it", async () => {
    const posts = PAYLOADS.map(postOf);
    for (const [number, payload] of PAYLOADS.entries()) {
      const ofSite = number % PER_PAGE === 0 ? posts.slice(number, number + PER_PAGE) : [];
      const content = { pages: [pageOf(payload)], posts: ofSite, reviews: [reviewOf(payload)] };
      const address = await websites.makeSite(siteOf(payload), content, websites.offer);
      pages.push({ address, heading: payload });
      if (ofSite.length > 0) articles.push({ address: `${address}blog`, heading: "Blog" });
      for (const { slug, title } of ofSite) articles.push({ address: `${address}blog/${slug}`, heading: title.trim() });
    }
    assert.ok(pages.length >= 200);
  });

  it("would be caught running script: it is seen where a page lets it", async () => {
    const [{ address }] = pages;
    for (const body of [
      "<script>alert(1)</script>",
      "<img src=/media/x onerror=alert(1)>",
      '<a href="javascript:alert(1)">x</a>',
      '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    ]) {
      const { findings } = await provoked(address, async (context, page, found) => {
        await attacked({ hasPolicy: true })(context, page, found);
        await context.route(address, (route) => route.fulfill({ contentType: "text/html", body }));
      });
      assert.ok(findings.includes("alert() runs"), `${body} is not seen: ${findings}`);
    }
  });

  /** Visits every page; its heading shows the attack as it was written, and nothing else comes of it. */
  async function assertHarmless(attacks, prepare) {
    const waiting = [...attacks];
    const wrong = [];
    const visitor = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const { heading, findings } = await provoked(next.address, prepare);
        if (heading !== next.heading || findings.length > 0) wrong.push({ ...next, shown: heading, findings });
      }
    };
    await Promise.all(Array.from({ length: VISITORS }, visitor));
    assert.deepEqual(wrong.slice(0, 3), []);
  }

  it("show it and run nothing as they are served", async () => {
    await assertHarmless(pages, attacked({ hasPolicy: true }));
  });

  it("show it and run nothing even without their policy", async () => {
    await assertHarmless(pages, attacked({ hasPolicy: false }));
  });

  it("show it and run nothing in a blog, even without its policy", async () => {
    await assertHarmless(articles, attacked({ hasPolicy: false }));
  });
});
