// Files that are two things at once, uploaded and opened in a browser in every way there is: none of them runs.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { openChromium } from "./support/chromium.mjs";
import { startWebsites } from "./support/websites.mjs";

const SCRIPT = 'globalThis.__found("ran")';
const HTML = `<!doctype html><html><body><script>${SCRIPT}</script><img src="x" onerror='${SCRIPT}'></body></html>`;
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" onload='${SCRIPT}'><script>${SCRIPT}</script></svg>`;
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
  "base64",
);
const GIF = Buffer.from("R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==", "base64");
const ZIP = Buffer.concat([Buffer.from("PK\u0005\u0006"), Buffer.alloc(18), Buffer.from(HTML)]);

/** A file, what it is said to be, and whether it is taken at all. */
const FILES = [
  { what: "HTML behind a PNG", bytes: Buffer.concat([PIXEL, Buffer.from(HTML)]), type: "image/png", name: "a.png" },
  {
    what: "a script behind a GIF",
    bytes: Buffer.concat([GIF, Buffer.from(`;${SCRIPT}`)]),
    type: "image/gif",
    name: "a.gif",
  },
  {
    what: "a PDF that is HTML as well",
    bytes: Buffer.from(`%PDF-1.7\n${HTML}`),
    type: "application/pdf",
    name: "a.pdf",
  },
  { what: "text that is HTML", bytes: Buffer.from(HTML), type: "text/plain", name: "a.txt" },
  { what: "HTML called a PNG", bytes: Buffer.from(HTML), type: "image/png", name: "b.png", isRefused: true },
  { what: "an SVG with a script", bytes: Buffer.from(SVG), type: "image/svg+xml", name: "a.svg", isRefused: true },
  { what: "an SVG called a PNG", bytes: Buffer.from(SVG), type: "image/png", name: "c.png", isRefused: true },
  { what: "a ZIP called a JPEG", bytes: ZIP, type: "image/jpeg", name: "a.jpg", isRefused: true },
];

/** Loads an address in every element that shows or runs what it finds; done once each has loaded or failed. */
const embed = async (address) => {
  const settled = ["iframe", "object", "embed", "img", "video", "script", "link"].map((name) => {
    const element = document.createElement(name);
    const done = new Promise((resolve) => {
      element.onload = element.onerror = element.onloadeddata = resolve;
    });
    if (name === "link") element.rel = "stylesheet";
    element[{ object: "data", link: "href" }[name] ?? "src"] = address;
    document.body.append(element);
    // What is offered as a download neither loads nor fails, nor ends any request that could be waited for.
    return Promise.race([done, new Promise((resolve) => setTimeout(resolve, 1_500))]);
  });
  await Promise.all(settled);
};

describe("uploaded files", { concurrency: false, timeout: 300_000 }, () => {
  let websites;
  let chromium;

  before(async () => {
    websites = await startWebsites();
    chromium = await openChromium();
  });

  after(() => chromium?.close());
  after(() => websites?.stop());

  async function upload({ bytes, type, name }) {
    const { baseUrl, demo } = websites;
    const body = new FormData();
    body.append("file", new Blob([bytes], { type }), name);
    const headers = { "X-Api-Key": demo.keys.live };
    return fetch(`${baseUrl}/v1/sites/${demo.siteId}/media`, { method: "POST", headers, body });
  }

  for (const file of FILES) {
    it(`uploaded files run nothing, wherever they are opened: ${file.what}`, async () => {
      const answer = await upload(file);
      assert.equal(answer.status, file.isRefused ? 400 : 201);
      if (file.isRefused) return;
      const url = websites.baseUrl + (await answer.json()).data.url;
      const found = [];
      const context = await chromium.browser.newContext();
      await context.exposeBinding("__found", (_, finding) => found.push(finding));
      const page = await context.newPage();
      page.on("dialog", (dialog) => dialog.dismiss());
      // A document is offered as a download, which is no page to go to.
      await page.goto(url).catch((error) => assert.match(error.message, /Download is starting|ERR_ABORTED/));
      await page.goto(`${websites.baseUrl}/s/blue-door-bakery/`);
      await page.evaluate(embed, url);
      const bare = await context.newPage();
      await bare.evaluate(embed, url);
      assert.deepEqual(found, []);
      await context.close();
    });
  }

  it("uploaded files would be found out: a page with the same script runs it", async () => {
    const context = await chromium.browser.newContext();
    const found = [];
    await context.exposeBinding("__found", (_, finding) => found.push(finding));
    const page = await context.newPage();
    await page.setContent(HTML);
    await page.waitForFunction(() => document.images[0]?.complete);
    assert.ok(found.length > 0);
    await context.close();
  });
});
