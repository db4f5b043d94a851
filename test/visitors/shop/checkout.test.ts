import { beforeEach, describe, expect, it } from "vitest";
import { call, TestClock } from "../../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "../world.ts";
import { Browser, hiddenIn, type Loaded, OWN } from "./browser.ts";

const clock = new TestClock();
let shop: VisitedSite;
let loaf: string;
let browser: Browser;

const CUSTOMER = {
  customerName: "Ada Baker",
  customerEmail: "ada@example.com",
  line1: "Keizersgracht 1",
  postalCode: "1015 CN",
  city: "Amsterdam",
  country: "NL",
};

const product = async (body: Record<string, unknown>): Promise<string> =>
  (await shop.ask("POST", "/shop/products", { title: "Rye", price: 650, ...body })).body.data.id;
const ordersOf = async () => (await shop.ask("GET", "/shop/orders")).body.data;
const stockOf = async (id: string) => (await shop.ask("GET", `/shop/products/${id}`)).body.data.stock;
const settings = (it: object) =>
  call("PATCH", `/v1/sites/${shop.id}`, { headers: shop.headers, body: { settings: { shop: it } } });

const put = (from: Browser, quantity = "2", productId = loaf) =>
  from.submit("/shop/cart", { action: "add", productId, quantity });

/** Orders what a page of the checkout shows. */
const orderAs = (from: Browser, page: Loaded, fields: Record<string, string> = {}) =>
  from.submit("/shop/checkout", { step: "order", ...CUSTOMER, ...hiddenIn(page.text), ...fields });

beforeEach(async () => {
  shop = await makeVisitedSite(clock);
  await shop.page({ title: "Home", slug: "home" });
  await shop.page({ title: "Willkommen", slug: "home", locale: "de" });
  await shop.publish();
  loaf = await product({ title: "Rye & spelt", stock: 10 });
  browser = new Browser(shop);
});

describe("a cart", () => {
  it("is kept by the browser, for pages of its site alone, where no script reads it", async () => {
    const added = await browser.send(
      ...(["POST", `/s/${shop.slug}/shop/cart`, OWN, new URLSearchParams({ action: "add", productId: loaf })] as const),
    );
    expect([added.status, added.headers.get("Location")]).toEqual([303, `/s/${shop.slug}/shop/cart`]);
    const cookie = added.headers.get("Set-Cookie") as string;
    expect(cookie).toContain(`Path=/s/${shop.slug}/;`);
    for (const flag of ["HttpOnly", "SameSite=Lax", "Secure"]) expect(cookie.split("; ")).toContain(flag);
    const page = await browser.visit("/shop/cart");
    expect(page.text).toContain("Rye &amp; spelt");
    expect(page.text).toContain("€6.50");
    expect(page.headers.get("Cache-Control")).toBe("no-store");
    expect(page.headers.get("X-Robots-Tag")).toBe("noindex");
  });

  it("is not another site's, whatever a browser sends", async () => {
    await put(browser);
    const other = await makeVisitedSite(clock);
    await other.page({ title: "Home", slug: "home" });
    await other.publish();
    const [name, kept] = [...browser.cookies][0] as [string, { value: string }];
    const cookie = `${name}=${kept.value}; cart-${other.id.toLowerCase()}=${kept.value}`;
    const response = await browser.send("GET", `/s/${other.slug}/shop/cart`, { Cookie: cookie });
    expect(await response.text()).toContain("Your cart is empty.");
  });

  it("adds up what is put into it, takes numbers, and gives up what is to be none", async () => {
    const bun = await product({ title: "Bun", price: 90 });
    await put(browser);
    await put(browser, "3");
    await put(browser, "1", bun);
    const page = await browser.visit("/shop/cart");
    expect(page.text).toContain("€32.50");
    expect(page.text).toContain("€33.40");
    const changed = await browser.submit("/shop/cart", {
      action: "update",
      [`quantity:${loaf}`]: "1",
      [`quantity:${bun}`]: "0",
    });
    expect(changed.text).not.toContain("Bun");
    expect(changed.text).toContain("€6.50");
    const emptied = await browser.submit("/shop/cart", { remove: loaf });
    expect(emptied.text).toContain("Your cart is empty.");
  });

  it("numbers that are none, and things that are not sold, change nothing", async () => {
    const sizes = await product({ title: "Cake", variants: [{ title: "Small" }] });
    for (const quantity of ["", "0", "-1", "1e3", "2.5", "NaN", "٣"]) await put(browser, quantity);
    for (const productId of ["prod_nothing", "", "a.b:c", "x".repeat(65), sizes]) await put(browser, "1", productId);
    expect((await browser.visit("/shop/cart")).text).toContain("Your cart is empty.");
    await put(browser, "999999");
    expect([...browser.cookies.values()][0]?.value).toContain(`${loaf}::999:`);
  });

  it("a cookie that is not as we write it is no cart", async () => {
    await put(browser);
    const [name, { value }] = [...browser.cookies][0] as [string, { value: string }];
    const [key, , line] = value.split(".") as [string, string, string];
    const hostile = [
      ...["", ".", "...", `${key}.`.slice(1), `${key}.x.${line}`, `${key}..${line}.${line}`],
      ...[`${key}..<script>:1:2`, `${key}..${loaf}::0:a`, `${key}..${loaf}::1000:a`, `${key}..${loaf}::-1:a`],
      ...[`${key}..${"a".repeat(70)}::1:a`, `${key}..${Array(51).fill(line).join(".")}`, "x".repeat(5_000)],
    ];
    for (const it of hostile) {
      const response = await browser.send("GET", `/s/${shop.slug}/shop/cart`, { Cookie: `${name}=${it}` });
      expect([response.status, (await response.text()).includes("Your cart is empty.")], it.slice(0, 60)).toEqual([
        200,
        true,
      ]);
    }
  });

  it("says plainly what has changed since: prices, what is sold out, what is no longer sold", async () => {
    await put(browser, "4");
    await shop.ask("PATCH", `/shop/products/${loaf}`, { price: 700 });
    expect((await browser.visit("/shop/cart")).text).toContain("has changed from €6.50 to €7.00");
    await shop.ask("PATCH", `/shop/products/${loaf}`, { stock: 3 });
    const short = await browser.visit("/shop/cart");
    expect(short.text).toContain("Only 3 of “Rye &amp; spelt” are left.");
    expect(short.text).not.toContain("Check out");
    await shop.ask("PATCH", `/shop/products/${loaf}`, { stock: 0 });
    expect((await browser.visit("/shop/cart")).text).toContain("is sold out");
    await shop.ask("PATCH", `/shop/products/${loaf}`, { active: false });
    expect((await browser.visit("/shop/checkout")).path).toBe(`/s/${shop.slug}/shop/cart`);
  });

  it("speaks the language of its page", async () => {
    await put(browser);
    const page = await browser.visit("/de/shop/cart");
    expect(page.text).toContain("<h1>Warenkorb</h1>");
    expect(page.text).toContain(`action="/s/${shop.slug}/de/shop/cart"`);
  });
});

describe("a checkout", () => {
  it("places the order and leads to its page, which is for its customer alone", async () => {
    await settings({ payment: { manual: { instructions: "Pay at the counter." } } });
    await put(browser);
    const page = await browser.visit("/shop/checkout");
    const done = await orderAs(browser, page, { note: "Ring twice" });
    expect(done.status).toBe(200);
    expect(done.path).toMatch(new RegExp(`^/s/${shop.slug}/shop/orders/ord_[0-9A-Z]+\\?token=`));
    for (const it of ["Order 1", "Waiting for payment", "Pay at the counter.", "Keizersgracht 1", "€13.00"]) {
      expect(done.text).toContain(it);
    }
    expect(done.headers.get("Cache-Control")).toBe("no-store");
    expect(done.headers.get("Referrer-Policy")).toBe("no-referrer");
    expect(done.text).toContain('<meta name="robots" content="noindex">');
    expect(await stockOf(loaf)).toBe(8);
    const [order] = await ordersOf();
    expect(order).toMatchObject({ customerName: "Ada Baker", note: "Ring twice", locale: "en", total: 1_300 });
    expect(Date.parse(order.holdUntil)).toBe(clock.time + 168 * 3_600_000);
    expect((await browser.visit("/shop/cart")).text).toContain("Your cart is empty.");
  });

  it("a double click, a second tab and the back button end with one order, and show it", async () => {
    await put(browser);
    const [first, second] = [await browser.visit("/shop/checkout"), await browser.visit("/shop/checkout")];
    const twice = await Promise.all([orderAs(browser, first), orderAs(browser, first)]);
    const otherTab = await orderAs(browser, second, { customerName: "Grace" });
    const back = await orderAs(browser, first);
    expect(new Set([...twice, otherTab, back].map(({ path }) => path)).size).toBe(1);
    expect(back.text).toContain("Order 1");
    expect(await ordersOf()).toHaveLength(1);
    expect(await stockOf(loaf)).toBe(8);
  });

  it("what is wrong is said beside its field and first of all, with what was typed", async () => {
    await put(browser);
    const page = await browser.visit("/shop/checkout");
    const wrong = { customerName: "", customerEmail: "ada@", note: '"><script>alert(1)</script>', couponCode: "NONE" };
    const again = await orderAs(browser, page, wrong);
    expect(again.status).toBe(422);
    expect(again.text).toContain('role="alert" tabindex="-1" autofocus');
    for (const name of ["customerName", "customerEmail", "couponCode"]) {
      expect(again.text).toContain(`<a href="#field-${name}">`);
      expect(again.text).toContain(`aria-describedby="problem-${name}"`);
      expect(again.text).toContain(`id="problem-${name}"`);
    }
    expect(again.text).toContain('value="ada@"');
    expect(again.text).toContain('value="Keizersgracht 1"');
    expect(again.text).not.toContain("<script>alert");
    expect(await ordersOf()).toEqual([]);
  });

  it("an order that is not what its customer has seen is shown again, not placed", async () => {
    await put(browser);
    const page = await browser.visit("/shop/checkout");
    await shop.ask("PATCH", `/shop/products/${loaf}`, { price: 700 });
    const again = await orderAs(browser, page);
    expect(again.status).toBe(409);
    expect(again.text).toContain("The total is €14.00 now.");
    expect(await ordersOf()).toEqual([]);
    expect((await orderAs(browser, again)).text).toContain("Order 1");
  });

  it("of two carts that stock is left for one by one, one is ordered and the other told so", async () => {
    const other = new Browser(shop);
    await put(browser, "6");
    await put(other, "6");
    const pages = [await browser.visit("/shop/checkout"), await other.visit("/shop/checkout")] as const;
    const done = await Promise.all([orderAs(browser, pages[0]), orderAs(other, pages[1])]);
    expect(done.map(({ text }) => text.includes("Order 1")).sort()).toEqual([false, true]);
    expect(done.map(({ text }) => text.includes("Only 4 of")).sort()).toEqual([false, true]);
    expect(await ordersOf()).toHaveLength(1);
  });

  it("tells what it comes to for the country and the way that its address names", async () => {
    const methods = [
      { id: "post", name: "By post", countries: ["NL", "DE"], amount: 495 },
      { id: "express", name: "Express", countries: ["NL"], amount: 995 },
    ];
    await settings({ shipping: { methods } });
    await put(browser);
    const page = await browser.visit("/shop/checkout?country=NL&shippingMethod=express");
    for (const said of ["By post (€4.95)", "Express (€9.95)", "€22.95"]) expect(page.text).toContain(said);
    expect((await browser.visit("/shop/checkout")).text).toContain("depends on the country");
    expect((await browser.visit("/shop/checkout?country=DE")).text).not.toContain("Express");
    expect((await browser.visit("/shop/checkout?country=NL&couponCode=NONE")).text).toContain("cannot be used");
    expect((await orderAs(browser, page, { shippingMethod: "express" })).text).toContain("Order 1");
  });

  it("what is not sent asks for no address", async () => {
    const file = await product({ title: "Recipes", type: "digital" });
    await put(browser, "1", file);
    const page = await browser.visit("/shop/checkout");
    expect(page.text).not.toContain("Delivery address");
    const { customerName, customerEmail } = CUSTOMER;
    const sent = { step: "order", customerName, customerEmail, ...hiddenIn(page.text) };
    expect((await browser.submit("/shop/checkout", sent)).text).toContain("Order 1");
  });

  it("terms that the settings name are to be accepted", async () => {
    await settings({ checkout: { termsUrl: "/terms" } });
    await put(browser);
    const again = await orderAs(browser, await browser.visit("/shop/checkout"));
    expect(again.status).toBe(422);
    expect(again.text).toContain("Please accept the terms and conditions.");
    expect((await orderAs(browser, again, { acceptTerms: "yes" })).text).toContain("Order 1");
  });

  it("forms that are sent from one address hold its bucket of checkouts, and nobody else's", async () => {
    await put(browser);
    const page = await browser.visit("/shop/checkout");
    const statuses: number[] = [];
    for (let n = 0; n < 12; n += 1) statuses.push((await orderAs(browser, page, { step: "recalculate" })).status);
    expect(statuses).toEqual([...Array(10).fill(200), 429, 429]);
    const other = new Browser(shop);
    await put(other);
    expect((await orderAs(other, await other.visit("/shop/checkout"))).text).toContain("Order 1");
  });
});

describe("a form of the shop", () => {
  const post = async (headers: Record<string, string>, body: BodyInit, path = "/shop/cart") => {
    const response = await browser.send("POST", `/s/${shop.slug}${path}`, headers, body);
    return response.status;
  };
  const form = () => new URLSearchParams({ action: "add", productId: loaf });

  it("a form of another host's page is refused, and one that nobody vouches for", async () => {
    const refused: Record<string, string>[] = [
      {},
      { Origin: "https://evil.example" },
      { Origin: "null" },
      { Origin: "http://api.example.com" },
      { Origin: "https://api.example.com.evil.example" },
      { ...OWN, "Sec-Fetch-Site": "cross-site" },
      { ...OWN, "Sec-Fetch-Site": "same-site" },
      { ...OWN, "Sec-Fetch-Site": "none" },
      { ...OWN, Origin: "https://evil.example" },
    ];
    for (const headers of refused) {
      expect([await post(headers, form()), await post(headers, form(), "/shop/checkout")]).toEqual([403, 403]);
      clock.advance(10_000);
    }
    expect(browser.cookies.size).toBe(0);
    expect(await post({ Origin: "null", "Sec-Fetch-Site": "same-origin" }, form())).toBe(303);
    expect(await post({ Origin: "https://api.example.com" }, form())).toBe(303);
  });

  it("a form of another type, of more than 64 kB, or with endless fields is refused", async () => {
    const fields = Array.from({ length: 300 }, (_, n) => `f${n}=1`).join("&");
    const typed = { ...OWN, "Content-Type": "application/x-www-form-urlencoded" };
    expect(await post({ ...OWN, "Content-Type": "application/json" }, "{}")).toBe(415);
    expect(await post({ ...OWN, "Content-Type": "text/plain" }, "a=1")).toBe(415);
    expect(await post(OWN, new FormData())).toBe(415);
    expect(await post({ ...typed, "Content-Encoding": "gzip" }, "a=1")).toBe(415);
    expect(await post(typed, `a=${"x".repeat(64_001)}`)).toBe(413);
    expect(await post(typed, fields)).toBe(413);
    expect(await post(typed, "action=add&productId=%ff%00&quantity=%")).not.toBe(500);
  });

  it("there is none where no website is published, nor at a path that takes none", async () => {
    const draft = await makeVisitedSite(clock);
    const other = new Browser(draft);
    expect((await other.send("POST", `/s/${draft.slug}/shop/cart`, OWN, form())).status).toBe(404);
    expect(await post(OWN, form(), "/shop")).toBe(405);
    await call("PATCH", `/v1/sites/${shop.id}`, { headers: shop.headers, body: { status: "archived" } });
    clock.advance(1_001);
    expect(await post(OWN, form())).toBe(404);
    expect(await post(OWN, form(), "/shop/checkout")).toBe(404);
  });
});

describe("the page of an order", () => {
  const placed = async (): Promise<Loaded> => {
    await put(browser);
    return orderAs(browser, await browser.visit("/shop/checkout"));
  };

  it("is opened by its link alone", async () => {
    const { path } = await placed();
    const [at, token = ""] = path.split("?token=") as [string, string];
    const stranger = new Browser(shop);
    expect((await stranger.load(path)).status).toBe(200);
    for (const it of ["", "x", token.slice(0, -1), `${token}x`, "1.AAAA"]) {
      expect((await stranger.load(`${at}?token=${it}`)).status).toBe(404);
    }
    expect((await stranger.load(at)).status).toBe(404);
    const other = await makeVisitedSite(clock);
    await other.page({ title: "Home", slug: "home" });
    await other.publish();
    expect((await stranger.load(path.replace(`/s/${shop.slug}/`, `/s/${other.slug}/`))).status).toBe(404);
  });

  it("cancels an order while it is pending: its stock comes back; one that is paid is not cancelled there", async () => {
    const { path } = await placed();
    expect(await stockOf(loaf)).toBe(8);
    const done = await browser.submit(path, { action: "cancel" });
    expect(done.text).toContain("Cancelled");
    expect(done.text).not.toContain("<details");
    expect(await stockOf(loaf)).toBe(10);
    const second = await placed();
    const [order] = (await shop.ask("GET", "/shop/orders?status=pending")).body.data;
    await shop.ask("PATCH", `/shop/orders/${order.id}`, { status: "paid" });
    const late = await browser.submit(second.path, { action: "cancel" });
    expect([late.status, late.text.includes("can no longer be cancelled here")]).toEqual([409, true]);
    expect((await browser.load(second.path)).text).toContain("Paid");
  });

  it("leads to whoever takes its payment, with what is due, and back", async () => {
    await shop.ask("POST", "/shop/payment-providers", { name: "Card", payUrl: "https://pay.example/start" });
    const { text, path } = await placed();
    const href = /<a class="button" href="(https:\/\/pay\.example[^"]+)" rel="noreferrer">Pay: Card<\/a>/.exec(
      text,
    )?.[1];
    const told = Object.fromEntries(new URL((href ?? "").replaceAll("&amp;", "&")).searchParams);
    expect(told).toMatchObject({ amount: "1300", currency: "EUR", return_url: `https://api.example.com${path}` });
  });

  it("has what was bought of a digital product once it is paid, and not before", async () => {
    const file = await product({ title: "Recipes", type: "digital", downloadUrl: "https://cdn.example/recipes.pdf" });
    await put(browser, "1", file);
    const page = await browser.visit("/shop/checkout");
    const before = await orderAs(browser, page);
    expect(before.text).not.toContain("recipes.pdf");
    const [order] = await ordersOf();
    await shop.ask("PATCH", `/shop/orders/${order.id}`, { status: "paid" });
    expect((await browser.load(before.path)).text).toContain('<a href="https://cdn.example/recipes.pdf" download>');
  });

  it("is shown in the language it was ordered in, at an address below it", async () => {
    await put(browser);
    const page = await browser.visit("/de/shop/checkout");
    const done = await browser.submit("/de/shop/checkout", { step: "order", ...CUSTOMER, ...hiddenIn(page.text) });
    expect(done.path).toContain(`/s/${shop.slug}/de/shop/orders/`);
    expect(done.text).toContain("Bestellung 1");
  });
});
