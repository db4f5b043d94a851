// What the script of published pages reports, from a real browser to the figures.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { until } from "../e2e/support/dev-server.mjs";
import { openChromium } from "./support/chromium.mjs";
import { visit } from "./support/visitor.mjs";
import { startWebsites } from "./support/websites.mjs";

/** Chromium without a window says what it is, and programs that say so are not counted. */
const PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const FIGURES = "visitors,sessions,pageViews,events";
const ARRIVES_MS = 30_000;

describe("the pixel of a website", { concurrency: false, timeout: 300_000 }, () => {
  let websites;
  let chromium;

  before(async () => {
    websites = await startWebsites();
    chromium = await openChromium();
  });

  after(() => chromium?.close());
  after(() => websites?.stop());

  /** A website of two pages: the address it begins at, and what its visits came to, by a question. */
  async function makeSite(name) {
    const pages = ["Home", "Breads"].map((title) => ({
      ...{ title, slug: title.toLowerCase() },
      blocks: [{ type: "TextSection", props: { body: "Rye" } }],
    }));
    const address = await websites.makeSite({ name }, { pages });
    const { id } = (await websites.ask("GET", "/v1/sites?limit=100")).find((it) => it.name === name);
    const figures = (more = "") => websites.ask("GET", `/v1/sites/${id}/analytics?metric=${FIGURES}${more}`);
    return { address, figures };
  }

  it("tells of a visit: its pages, what it came by, what a page reports itself; and keeps nothing in the browser", async () => {
    const { address, figures } = await makeSite("Counted Bakery");
    const link = `${address}?utm_source=letter`;
    const { page, findings, close } = await visit(chromium.browser, link, { userAgent: PERSON });
    await page.goto(`${address}breads`, { waitUntil: "load" });
    await page.evaluate(() => globalThis.cms("signup"));
    const arrived = async () => {
      const { totals } = await figures();
      return totals.events === 1 && totals.pageViews === 2 && totals;
    };
    const totals = await until(arrived, ARRIVES_MS, "the figures of a visit");
    assert.deepEqual([totals.visitors, totals.sessions], [1, 1]);
    const { groups } = await figures("&groupBy=source,device");
    assert.deepEqual(
      groups.map(({ dimensions, metrics }) => ({ ...dimensions, sessions: metrics.sessions })),
      [{ source: "letter", device: "desktop", sessions: 1 }],
    );
    assert.deepEqual(await page.context().cookies(), []);
    assert.equal(await page.evaluate(() => globalThis.localStorage.length + globalThis.sessionStorage.length), 0);
    assert.deepEqual(findings, []);
    await close();
  });

  it("tells nothing of visitors who ask not to be tracked", async () => {
    const { address } = await makeSite("Asked Bakery");
    const sent = [];
    const prepare = async (context) => {
      await context.addInitScript(() => Object.defineProperty(navigator, "globalPrivacyControl", { value: true }));
      context.on("request", (request) => sent.push(new URL(request.url()).pathname));
    };
    const { page, findings, close } = await visit(chromium.browser, address, { userAgent: PERSON, prepare });
    await page.evaluate(() => globalThis.cms("signup"));
    await close();
    assert.ok(!sent.includes("/api/v1/pixel/track"), sent.join(", "));
    assert.deepEqual(findings, []);
  });
});
