// A form of a website's page in a real browser: with a file, with mistakes, with and without scripts.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { accessibilityFindings, layoutFindings, pageFindings } from "./support/checks.mjs";
import { openChromium } from "./support/chromium.mjs";
import { visit } from "./support/visitor.mjs";
import { startWebsites } from "./support/websites.mjs";

const VISITORS = [
  { what: "in a wide window", width: 1280 },
  { what: "on a telephone", width: 360 },
  { what: "without scripts", width: 1280, scripts: false },
  { what: "on a telephone without scripts", width: 360, scripts: false },
];

const PDF = { name: "list.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\nTen loaves of rye") };
const TEXT = { name: "list.pdf", mimeType: "application/pdf", buffer: Buffer.from("Ten loaves of rye") };

describe("a form of a website's page", { concurrency: false, timeout: 600_000 }, () => {
  let websites;
  let chromium;
  let formPage;
  let submissions;

  before(async () => {
    websites = await startWebsites();
    chromium = await openChromium();
    const { siteId } = websites.demo;
    formPage = `${websites.baseUrl}/s/blue-door-bakery/breads`;
    const [form] = await websites.ask("GET", `/v1/sites/${siteId}/forms`);
    assert.equal(form.key, "large-orders");
    submissions = `/v1/sites/${siteId}/forms/${form.id}/submissions`;
  });

  after(() => chromium?.close());
  after(() => websites?.stop());

  /** For people to look at, in the folder `SCREENSHOTS` names. */
  async function keep(page, name) {
    const { SCREENSHOTS } = process.env;
    if (!SCREENSHOTS) return;
    mkdirSync(SCREENSHOTS, { recursive: true });
    await page.screenshot({ path: join(SCREENSHOTS, `form-${name}.png`), fullPage: true });
  }

  /** Until the answer is shown: a click does not wait for where it leads. */
  const send = (page, click = "click") =>
    Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Ask for an offer" })[click]()]);

  /** Sends the form as often as it is asked for again, because people take longer. */
  async function sendInTime(page, file) {
    for (;;) {
      await page.getByLabel("A picture or a list").setInputFiles(file);
      await send(page);
      if ((await page.getByText("That was quick.").count()) === 0) return;
    }
  }

  for (const { what, width, scripts = true } of VISITORS) {
    it(`is filled in ${what}: mistakes are told at their fields, and what was sent arrives with its file`, async () => {
      const { page, findings, close } = await visit(chromium.browser, formPage, { width, scripts });
      const look = async (name) => {
        await keep(page, `${name}-${width}${scripts ? "" : "-plain"}`);
        findings.push(...(await layoutFindings(page)), ...(scripts ? await accessibilityFindings(page) : []));
      };
      await look("empty");
      await page.getByLabel("Your name").fill("   ");
      await page.getByLabel("E-mail address").fill("ada@home");
      await page.getByLabel("For which day?").fill("2027-05-22");
      await page.getByLabel("How many people?").fill("120");
      await page.getByLabel("What is it for?").selectOption("A wedding");
      await page.getByLabel("Rye", { exact: true }).check();
      await page.getByLabel("Focaccia", { exact: true }).check();
      await page.getByLabel("Anything else").fill("Three tiers,\nplease.");
      await page.getByLabel("You may keep what I send").check();
      await send(page);
      await page.getByRole("alert").waitFor();
      await look("wrong");
      const email = page.getByLabel("E-mail address");
      assert.equal(await email.getAttribute("aria-invalid"), "true");
      const described = (await email.getAttribute("aria-describedby")).split(" ");
      const said = await Promise.all(described.map((id) => page.locator(`[id="${id}"]`).textContent()));
      assert.deepEqual(said, ["We answer to this address.", "E-mail address: please enter an e-mail address."]);
      assert.equal(await page.getByLabel("Anything else").inputValue(), "Three tiers,\nplease.");
      assert.ok(await page.getByLabel("Focaccia", { exact: true }).isChecked());

      const name = `Ada ${what}`;
      await page.getByLabel("Your name").fill(name);
      await email.fill("ada@example.com");
      await sendInTime(page, TEXT);
      assert.ok((await page.getByText("this kind of file is not taken").count()) > 0);
      await sendInTime(page, PDF);
      await page.getByText("We will send you an offer within a day.").waitFor();
      await look("thanks");

      const [sent] = await websites.ask("GET", submissions);
      assert.deepEqual(sent.data, {
        ...{ name, email: "ada@example.com", occasion: "wedding", day: "2027-05-22", people: 120 },
        ...{ breads: ["Rye", "Focaccia"], message: "Three tiers,\nplease.", consent: true },
      });
      assert.deepEqual(
        sent.files.map(({ filename, contentType }) => [filename, contentType]),
        [["list.pdf", "application/pdf"]],
      );
      const { url } = await websites.ask("GET", `${submissions}/${sent.id}/files/${sent.files[0].id}`);
      assert.equal(await (await fetch(url)).text(), PDF.buffer.toString());
      assert.deepEqual(
        // A browser complains of an answer that says that something is wrong, as it should be.
        findings.filter((it) => !it.includes("Failed to load resource")),
        [],
      );
      await close();
    });
  }

  it("sent by a double click arrives once", async () => {
    const before = (await websites.ask("GET", `${submissions}?limit=100`)).length;
    const { page, close } = await visit(chromium.browser, formPage);
    await page.getByLabel("Your name").fill("Grace");
    await page.getByLabel("E-mail address").fill("grace@example.com");
    await page.getByLabel("For which day?").fill("2027-05-22");
    await page.getByLabel("You may keep what I send").check();
    for (;;) {
      await send(page, "dblclick");
      if ((await page.getByText("That was quick.").count()) === 0) break;
    }
    await page.getByText("We will send you an offer within a day.").waitFor();
    await close();
    assert.equal((await websites.ask("GET", `${submissions}?limit=100`)).length, before + 1);
  });

  it("is valid HTML on its page, by itself, and where it says that it has arrived", async () => {
    const forms = `${websites.baseUrl}/s/blue-door-bakery/forms/large-orders`;
    for (const address of [formPage, forms, `${forms}/thanks`]) {
      assert.deepEqual(await pageFindings(chromium.browser, address), []);
    }
  });
});
