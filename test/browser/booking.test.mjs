// Appointments and tables in a real browser: from a free time to its cancellation, with and without scripts.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { accessibilityFindings, layoutFindings, markupFindings, pageFindings } from "./support/checks.mjs";
import { openChromium } from "./support/chromium.mjs";
import { visit } from "./support/visitor.mjs";
import { startWebsites } from "./support/websites.mjs";

const VISITORS = [
  { what: "in a wide window", width: 1280 },
  { what: "on a telephone", width: 360 },
  { what: "without scripts", width: 1280, scripts: false },
  { what: "on a telephone without scripts", width: 360, scripts: false },
];

const CUSTOMER = { Name: "Ada Baker", "E-mail": "ada@example.com" };

describe("what is booked on a website", { concurrency: false, timeout: 900_000 }, () => {
  let websites;
  let chromium;
  let site;
  let siteId;
  let shots = 0;

  before(async () => {
    websites = await startWebsites();
    chromium = await openChromium();
    siteId = websites.demo.siteId;
    site = `${websites.baseUrl}/s/blue-door-bakery`;
  });

  after(() => chromium?.close());
  after(() => websites?.stop());

  const stored = (what, id) => websites.ask("GET", `/v1/sites/${siteId}/${what}/${id}`);

  /** Opens an address, and remembers each document as it was served. */
  async function open(address, { width = 1280, scripts = true } = {}) {
    let served;
    const prepare = (_, page) =>
      page.on("response", (response) => {
        const isPage =
          response.request().isNavigationRequest() && !(response.status() >= 300 && response.status() < 400);
        if (isPage) served = response.text();
      });
    const shown = await visit(chromium.browser, address, { width, scripts, prepare });
    return { ...shown, source: () => served };
  }

  /** What is wrong with the page that is shown, which is kept for people to look at where `SCREENSHOTS` names a folder. */
  async function look({ page, findings, source }, { what, scripts = true }) {
    const { SCREENSHOTS } = process.env;
    shots += 1;
    const name = `booking-${String(shots).padStart(2, "0")}-${what.replaceAll(" ", "-")}.png`;
    if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, name), fullPage: true });
    findings.push(...(await layoutFindings(page)), ...(await markupFindings(await source())));
    // What looks for these is a script, and opens what can be opened.
    if (scripts) findings.push(...(await accessibilityFindings(page)));
  }

  async function fill(page) {
    for (const [label, value] of Object.entries(CUSTOMER)) await page.getByLabel(label, { exact: true }).fill(value);
  }

  /** A day from which on everything can still be moved and cancelled. */
  const dayAhead = () => new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);

  /** Goes on to a day on which something is free, where the one that is shown has nothing. */
  async function toFreeDay(page) {
    const next = page.locator(".empty a");
    if ((await next.count()) > 0) await next.click();
    await page.locator(".times a").first().waitFor();
  }

  for (const visitor of VISITORS) {
    const { what, width, scripts = true } = visitor;

    it(`an appointment is booked, moved and cancelled ${what}`, async () => {
      const shown = await open(`${site}/book`, { width, scripts });
      const { page, findings, close } = shown;
      await look(shown, visitor);
      await page.getByRole("link", { name: "An hour at the oven" }).click();
      await page.waitForURL(/\/book\/svc_/);
      await page.getByLabel("Date", { exact: true }).fill(dayAhead());
      await page.getByRole("button", { name: "Show times" }).click();
      await page.waitForURL(/date=/);
      await toFreeDay(page);
      await look(shown, visitor);
      await page.locator(".times a").first().click();
      await look(shown, visitor);
      await fill(page);
      await page.getByRole("button", { name: "Book with obligation to pay" }).click();
      await page.waitForURL(/\/book\/bookings\//);
      await look(shown, visitor);
      const [id] = /bkg_[0-9A-Z]+/.exec(page.url());
      const booked = await stored("booking/bookings", id);
      assert.deepEqual([booked.status, booked.customer.email], ["confirmed", CUSTOMER["E-mail"]]);

      await page.getByRole("link", { name: "Choose another time" }).click();
      await page.waitForURL(/\/move/);
      const later = page.getByRole("link", { name: /^(Later|Next free day)/ });
      await later.first().click();
      await page.locator(".choice").first().waitFor();
      await look(shown, visitor);
      await page.locator(".choice").first().click();
      await page.getByRole("button", { name: "Move booking to this time" }).click();
      await page.waitForURL(/\/book\/bookings\/bkg_[0-9A-Z]+\?/);
      const moved = await stored("booking/bookings", id);
      assert.notEqual(moved.startTime, booked.startTime);

      const question = page.locator("details.cancel");
      if ((await question.getAttribute("open")) === null) await question.locator("summary").click();
      await page.getByRole("button", { name: "Cancel booking" }).click();
      await page.getByText("Cancelled", { exact: true }).waitFor();
      await look(shown, visitor);
      assert.equal((await stored("booking/bookings", id)).status, "cancelled");
      assert.deepEqual(findings, []);
      await close();
    });

    it(`a table is reserved and given back ${what}`, async () => {
      const shown = await open(`${site}/reserve`, { width, scripts });
      const { page, findings, close } = shown;
      await page.getByLabel("Date", { exact: true }).fill(dayAhead());
      await page.getByLabel("People").fill("3");
      await page.getByRole("button", { name: "Show times" }).click();
      await page.waitForURL(/people=3/);
      await toFreeDay(page);
      await look(shown, visitor);
      await page.locator(".times a").last().click();
      await fill(page);
      await page.getByLabel("Note").fill("A high chair, please");
      await look(shown, visitor);
      await page.getByRole("button", { name: "Reserve table" }).click();
      await page.waitForURL(/\/reserve\/reservations\//);
      await look(shown, visitor);
      const [id] = /resv_[0-9A-Z]+/.exec(page.url());
      const reserved = await stored("reservation/reservations", id);
      assert.deepEqual([reserved.status, reserved.partySize], ["confirmed", 3]);
      const question = page.locator("details.cancel");
      if ((await question.getAttribute("open")) === null) await question.locator("summary").click();
      await page.getByRole("button", { name: "Cancel reservation" }).click();
      await page.getByText("Cancelled", { exact: true }).waitFor();
      assert.equal((await stored("reservation/reservations", id)).status, "cancelled");
      assert.deepEqual(findings, []);
      await close();
    });
  }

  it("one form books once: by a double click, and sent again after going back", async () => {
    const count = async () => (await websites.ask("GET", `/v1/sites/${siteId}/booking/bookings?limit=100`)).length;
    const before = await count();
    const course = (await websites.ask("GET", `/v1/sites/${siteId}/booking/services`)).find((it) => it.capacity > 1);
    // `visit` looks at every request, and by that forbids the browser to keep a page that is gone back to.
    const context = await chromium.browser.newContext();
    const page = await context.newPage();
    await page.goto(`${site}/book/${course.id}`);
    await toFreeDay(page);
    await page.locator(".times a").first().click();
    await fill(page);
    await page.getByRole("button", { name: "Book with obligation to pay" }).dblclick();
    await page.waitForURL(/\/book\/bookings\//);
    const booking = page.url();
    await page.goBack();
    await page.waitForURL(/time=/);
    await fill(page);
    await page.getByRole("button", { name: "Book with obligation to pay" }).click();
    await page.waitForURL(/\/book\/bookings\//);
    assert.equal(page.url(), booking);
    assert.equal(await count(), before + 1);
    await context.close();
  });

  it("what is missing is said beside its field, and read first", async () => {
    const shown = await open(`${site}/reserve`, { width: 360 });
    const { page, findings, close } = shown;
    await toFreeDay(page);
    await page.locator(".times a").first().click();
    await fill(page);
    await page.getByLabel("E-mail", { exact: true }).fill("nobody@nowhere");
    await page.evaluate(() => {
      document.querySelector("form.details").noValidate = true;
    });
    await page.getByRole("button", { name: "Reserve table" }).click();
    await page.locator(".problems").waitFor();
    await look(shown, { what: "with a problem" });
    assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), CUSTOMER.Name);
    assert.deepEqual(
      // The browser says that a form was turned down.
      findings.filter((it) => !it.includes("422")),
      [],
    );
    await close();
  });

  it("has pages that are valid and accessible, in each language", async () => {
    const paths = ["/book", "/de/book", "/reserve", "/de/reserve", "/come-by", "/de/vorbeikommen"];
    for (const path of paths) assert.deepEqual(await pageFindings(chromium.browser, site + path), []);
  });
});
