// What anybody puts into the fields of a site and its pages, published through the API and shown in a browser.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { BLOCK_TYPES } from "../../src/visitors/blocks/index.ts";
import { blocksWith, PAYLOADS } from "../visitors/payloads.ts";
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

const pageOf = (payload) => ({
  title: line(payload),
  slug: "home",
  blocks: blocksWith(BLOCK_TYPES, payload, ["items"]),
  seo: { title: line(payload), description: line(payload), ogImage: payload },
  navigation: { label: line(payload) },
});

describe("published pages with an attack in every field", { concurrency: false, timeout: 900_000 }, () => {
  let websites;
  let chromium;
  const published = [];

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
    for (const payload of PAYLOADS) {
      const address = await websites.makeSite(siteOf(payload), [pageOf(payload)], websites.offer);
      published.push({ payload, address });
    }
    assert.ok(published.length >= 200);
  });

  it("would be caught running script: it is seen where a page lets it", async () => {
    const { address } = published[0];
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

  for (const hasPolicy of [true, false]) {
    it(`show it and run nothing ${hasPolicy ? "as they are served" : "even without their policy"}`, async () => {
      const attacks = [...published];
      const wrong = [];
      const visitor = async () => {
        for (let next = attacks.pop(); next; next = attacks.pop()) {
          const { heading, findings } = await provoked(next.address, attacked({ hasPolicy }));
          if (heading !== next.payload || findings.length > 0) wrong.push({ ...next, heading, findings });
        }
      };
      await Promise.all(Array.from({ length: VISITORS }, visitor));
      assert.deepEqual(wrong.slice(0, 3), []);
    });
  }
});
