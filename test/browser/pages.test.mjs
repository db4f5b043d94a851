// Published pages as visitors see them: valid, accessible, within the window, and alone with their own host.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { BLOCK_TYPES } from "../../src/rendering/blocks/index.ts";
import { accessibilityFindings, layoutFindings, pageFindings } from "./support/checks.mjs";
import { openChromium } from "./support/chromium.mjs";
import { ARABIC } from "./support/showcase/ar.mjs";
import { GERMAN } from "./support/showcase/de.mjs";
import { ENGLISH } from "./support/showcase/en.mjs";
import { visit } from "./support/visitor.mjs";
import { startWebsites } from "./support/websites.mjs";

const SHOWCASE = [ENGLISH, GERMAN, ARABIC];

/** Colours people choose without a thought of contrast. */
const CARELESS = [
  { colorPrimary: "#ffe600" },
  { colorPrimary: "#ffffff", colorSurface: "#ffffff" },
  { colorPrimary: "#1d4ed8", colorSurface: "#0f172a" },
  { colorPrimary: "#777777", colorSurface: "#777777", colorText: "#888888", colorAccent: "#999999" },
  { colorPrimary: "gold", colorText: "hsl(0 0% 70%)" },
  { colorPrimary: "no colour", colorSurface: "oklch(0.25 0.05 200)" },
];

/** What has its own tests: the shop, and what is booked. */
const isContent = (address) => !/\/(?:shop|book|reserve)\b/.test(address);

describe("published pages", { concurrency: false, timeout: 600_000 }, () => {
  let websites;
  let chromium;
  let bakery;

  before(async () => {
    websites = await startWebsites();
    chromium = await openChromium();
    bakery = `${websites.baseUrl}/s/blue-door-bakery/`;
  });

  after(() => chromium?.close());
  after(() => websites?.stop());

  async function assertGood(addresses, status) {
    const findings = [];
    for (const address of addresses) findings.push(...(await pageFindings(chromium.browser, address, { status })));
    assert.deepEqual(findings, []);
  }

  it("would be found out: everything that is looked for is seen where it is wrong", async () => {
    const body = `<!DOCTYPE html><title>Wrong</title><body style="color:#ccc"><h1>Pale</h1><p><img src="/media/1.svg">
      <img alt="" src="https://elsewhere.example/x.png"><b style="display:block;width:2000px">wide</b></p></body>
      <audio src="/media/1.mp3"></audio><script>console.error("said"); throw new Error("thrown")</script>`;
    const headers = { "Content-Security-Policy": "media-src 'none'" };
    const answer = { contentType: "text/html", headers, body };
    const prepare = (context) => context.route(bakery, (route) => route.fulfill(answer));
    const findings = (await pageFindings(chromium.browser, bakery, { prepare })).join("\n");
    for (const expected of [
      "wcag/h37",
      "color-contrast (serious)",
      "image-alt (critical)",
      "px wider",
      "first Tab",
      "asks another host: https://elsewhere.example/x.png",
      "policy violated: media-src",
      "console: said",
      "script fails: thrown",
    ]) {
      assert.ok(findings.includes(expected), `${expected} is not among\n${findings}`);
    }
  });

  it("of the demo's bakery are good", async () => {
    const addresses = (await websites.pagesOf(bakery)).filter(isContent);
    assert.equal(addresses.length, 10);
    await assertGood([...addresses, `${bakery}blog`]);
  });

  it("of the demo's bicycle workshop are good", async () => {
    await websites.publish(websites.demo.otherSiteId);
    const addresses = (await websites.pagesOf(`${websites.baseUrl}/s/spoke-and-chain/`)).filter(isContent);
    assert.equal(addresses.length, 3);
    await assertGood(addresses);
  });

  it("are good where there is nothing, and where something was", async () => {
    const pages = `/v1/sites/${websites.demo.siteId}/pages`;
    const [brote] = await websites.ask("GET", `${pages}?slug=brote`);
    await websites.ask("PATCH", `${pages}/${brote.id}`, { status: "draft" });
    await websites.publish(websites.demo.siteId);
    await assertGood([`${bakery}visit`]);
    await assertGood([`${bakery}nothing`, `${bakery}de/nichts`], 404);
    await assertGood([`${bakery}de/brote`], 410);
  });

  it("are good with every type of block: in English, in German, and from right to left", async () => {
    for (const { blocks } of SHOWCASE) {
      assert.deepEqual(blocks.map((block) => block.type).sort(), [...BLOCK_TYPES].sort());
    }
    const site = { name: "Harbour Lane", locale: "en", locales: ["en", "de", "ar"] };
    const address = await websites.makeSite(site, { pages: SHOWCASE });
    const addresses = await websites.pagesOf(address);
    assert.equal(addresses.length, SHOWCASE.length);
    await assertGood(addresses);
  });

  it("are no wider than a telephone, whatever they hold", async () => {
    const long = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung".repeat(3);
    const html = `<p>${long}</p><pre>${long}</pre><ul><li>${long}</li></ul><blockquote>${long}</blockquote>
      <table><tr>${"<td>A cell of a table</td>".repeat(12)}</tr></table><h2>${long}</h2><p><code>${long}</code></p>`;
    const fields = "title heading subtitle body ctaText message name description quote author question answer caption";
    const said = Object.fromEntries(`${fields} value label price role date address`.split(" ").map((it) => [it, long]));
    const entry = { ...said, html, features: [long], src: "/media/1.svg", image: "/media/1.svg", ctaLink: "/" };
    const props = { ...entry, items: [entry, { ...said }], images: [entry], monday: long, latitude: 1, longitude: 2 };
    // A page has no room for all of them at this length: the first two have half each.
    const pages = ["home", "privacy", "terms"].map((slug, index) => ({
      title: long.slice(0, 200),
      slug,
      blocks: BLOCK_TYPES.filter((_, at) => at % 2 === index % 2).map((type) => ({ type, props })),
    }));
    const posts = [
      { title: long.slice(0, 200), slug: "long", excerpt: long, content: html, tags: [long.slice(0, 50)] },
    ];
    const settings = { address: long, contactEmail: `${long.slice(0, 60)}@example.com`, phone: "+44 20 7946 0000" };
    const address = await websites.makeSite({ name: long.slice(0, 200), settings }, { pages, posts }, websites.offer);
    for (const path of ["", "privacy", "blog", "blog/long", "nothing"]) {
      const { page, close } = await visit(chromium.browser, address + path, { width: 390 });
      assert.deepEqual([path, await layoutFindings(page)], [path, []]);
      await close();
    }
  });

  it("can be read whatever colours a site has", async () => {
    const findings = [];
    for (const designTokens of CARELESS) {
      const address = await websites.makeSite({ name: "Harbour Lane", designTokens }, { pages: [ENGLISH] });
      const { page, close } = await visit(chromium.browser, address);
      for (const finding of await accessibilityFindings(page)) findings.push({ designTokens, finding });
      await close();
    }
    assert.deepEqual(findings, []);
  });
});
