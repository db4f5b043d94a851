// The shop of a website in a real browser: from the list to the refund, with and without scripts, in one tab and in two.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { accessibilityFindings, layoutFindings, pageFindings } from "./support/checks.mjs";
import { openChromium } from "./support/chromium.mjs";
import { fillCheckout, payThrough, placeOrder, putInCart } from "./support/shopper.mjs";
import { visit } from "./support/visitor.mjs";
import { startWebsites } from "./support/websites.mjs";

const VISITORS = [
  { what: "in a wide window", width: 1280 },
  { what: "on a telephone", width: 360 },
  { what: "without scripts", width: 1280, scripts: false },
  { what: "on a telephone without scripts", width: 360, scripts: false },
];

describe("the shop of a website", { concurrency: false, timeout: 900_000 }, () => {
  let websites;
  let chromium;
  let shop;
  let siteId;
  let provider;

  before(async () => {
    websites = await startWebsites();
    chromium = await openChromium();
    siteId = websites.demo.siteId;
    shop = `${websites.baseUrl}/s/blue-door-bakery/shop`;
    const body = { name: "Card", payUrl: "https://pay.example.com/start" };
    provider = await websites.ask("POST", `/v1/sites/${siteId}/shop/payment-providers`, body);
  });

  after(() => chromium?.close());
  after(() => websites?.stop());

  const orderOf = (id) => websites.ask("GET", `/v1/sites/${siteId}/shop/orders/${id}`);
  const countOrders = async () => (await websites.ask("GET", `/v1/sites/${siteId}/shop/orders?limit=100`)).length;

  /** What is wrong with the page that is shown. */
  const wrongWith = async (page, scripts) => [
    ...(await layoutFindings(page)),
    // What looks for it is a script.
    ...(scripts ? await accessibilityFindings(page) : []),
  ];

  for (const { what, width, scripts = true } of VISITORS) {
    it(`sells ${what}: list, product, cart, checkout, payment, order, refund`, async () => {
      const { page, findings, close } = await visit(chromium.browser, shop, { width, scripts });
      const look = async () => findings.push(...(await wrongWith(page, scripts)));
      await look();
      await page.getByRole("link", { name: "Sourdough loaf", exact: true }).click();
      await page.waitForURL(/sourdough-loaf$/);
      await look();
      await putInCart(page, { quantity: 2, scripts });
      assert.equal(await page.locator("[data-count]").textContent(), "2");
      await look();
      await fillCheckout(page);
      await look();
      const id = await placeOrder(page);
      await look();
      assert.ok((await page.getByText("Waiting for payment").count()) > 0);

      const order = await orderOf(id);
      assert.deepEqual([order.status, order.items[0].quantity], ["pending", 2]);
      assert.equal((await payThrough(websites, siteId, { provider, order })).status, 200);
      await page.reload();
      assert.ok((await page.getByText("Paid", { exact: true }).count()) > 0);
      await look();
      await websites.ask("POST", `/v1/sites/${siteId}/shop/orders/${id}/refunds`, {});
      await page.reload();
      assert.ok((await page.getByText("Refunded", { exact: true }).count()) > 0);
      assert.deepEqual(findings, []);
      await close();
    });
  }

  it("places one order of one cart: from two tabs, by a double click, and after going back", async () => {
    const before = await countOrders();
    const { page, close } = await visit(chromium.browser, `${shop}/products/rye-with-caraway`);
    await putInCart(page);
    await fillCheckout(page);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await fillCheckoutAgain(other);
    await page.getByRole("button", { name: "Place order and pay" }).last().dblclick();
    await page.waitForURL(/\/shop\/orders\//);
    const [id] = /ord_[0-9A-Z]+/.exec(page.url());
    assert.equal(await placeOrder(other), id);
    await page.goBack();
    await page.waitForLoadState("load");
    await close();
    assert.equal(await countOrders(), before + 1);
  });

  async function fillCheckoutAgain(page) {
    await page.goto(`${shop}/cart`);
    await fillCheckout(page);
  }

  it("shows the ways of shipping and the totals of a country as it is chosen, and takes the order as shown", async () => {
    const { page, findings, close } = await visit(chromium.browser, `${shop}/products/sourdough-loaf`);
    await putInCart(page);
    await fillCheckout(page);
    const total = page.locator(".totals .sum dd");
    await page.getByLabel("Country").selectOption("NL");
    await page.getByText("By post (€8.90)").waitFor();
    assert.equal(await total.textContent(), "€15.40");
    await page.getByLabel("Country").selectOption("DE");
    await page.getByText("By post (€4.90)").waitFor();
    assert.equal(await total.textContent(), "€6.50");
    await page.getByRole("radio", { name: /By post/ }).check();
    await total.filter({ hasText: "€11.40" }).waitFor();
    await page.getByRole("button", { name: "Place order and pay" }).last().click();
    await page.waitForURL(/\/shop\/orders\//);
    assert.deepEqual(findings, []);
    await close();
  });

  it("shows the price and the stock of a variant as it is chosen", async () => {
    const variants = [
      { title: "Small", price: 300, stock: 2 },
      { title: "Large", price: 900 },
    ];
    const product = { title: "Oat loaf", slug: "oat-loaf", price: 500, variants };
    await websites.ask("POST", `/v1/sites/${siteId}/shop/products`, product);
    const { page, findings, close } = await visit(chromium.browser, `${shop}/products/oat-loaf`);
    const shown = async () => [
      await page.locator(".offer > .price").textContent(),
      await page.locator("p.stock").textContent(),
    ];
    assert.deepEqual(await shown(), ["€3.00", "Only 2 left"]);
    await page.getByRole("radio", { name: /Large/ }).check();
    assert.deepEqual(await shown(), ["€9.00", "In stock"]);
    await page.getByRole("radio", { name: /Small/ }).check();
    for (let n = 0; n < 4; n += 1) await page.getByRole("button", { name: "One more" }).click();
    assert.equal(await page.getByRole("spinbutton").inputValue(), "2");
    assert.deepEqual(findings, []);
    await close();
  });

  it("has pages that are valid and accessible, in each language and where there is nothing", async () => {
    await websites.ask("POST", `/v1/sites/${siteId}/shop/categories`, { name: "Rarities", slug: "rarities" });
    const paths = [
      "",
      "/products/linen-bread-bag",
      "/products/the-sourdough-handbook",
      "/cart",
      "/categories/rarities",
    ];
    const german = `${websites.baseUrl}/s/blue-door-bakery/de/shop`;
    const findings = [];
    for (const address of [...paths.map((it) => shop + it), german, `${german}/cart`]) {
      findings.push(...(await pageFindings(chromium.browser, address)));
    }
    assert.deepEqual(findings, []);
  });

  it("can be read whatever colours a site has, and from right to left", async () => {
    const findings = [];
    for (const designTokens of [{ colorPrimary: "#ffe600" }, { colorPrimary: "#1d4ed8", colorSurface: "#0f172a" }]) {
      const site = { name: "Harbour Lane", locale: "ar", locales: ["ar"], designTokens };
      const address = await websites.makeSite(site, { pages: [{ title: "Home", slug: "home" }] });
      const sites = await websites.ask("GET", "/v1/sites?limit=100");
      const { id } = sites.find(({ slug }) => address.endsWith(`/s/${slug}/`));
      const variants = [{ title: "A" }, { title: "B", stock: 0 }];
      await websites.ask("POST", `/v1/sites/${id}/shop/products`, {
        title: "Jug",
        slug: "jug",
        price: 900,
        stock: 3,
        variants,
      });
      for (const path of ["shop", "shop/products/jug", "shop/cart"]) {
        const { page, close } = await visit(chromium.browser, address + path, { width: 390 });
        for (const finding of await wrongWith(page, true)) findings.push({ designTokens, path, finding });
        await close();
      }
    }
    assert.deepEqual(findings, []);
  });
});
