import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { orderToken } from "../../../src/content/shop/checkout/link.ts";
import { TestClock } from "../../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "../world.ts";
import { Browser, hiddenIn, OWN } from "./browser.ts";

const clock = new TestClock();
let shop: VisitedSite;
let browser: Browser;
let loaf: string;

const made = async (path: string, body: object) => {
  const answer = await shop.ask("POST", path, body);
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body.data;
};
const reviews = async () => (await shop.ask("GET", "/reviews")).body.data;

beforeEach(async () => {
  shop = await makeVisitedSite(clock);
  await shop.page({ title: "Home", slug: "home" });
  await shop.page({ title: "Willkommen", slug: "home", locale: "de" });
  await shop.publish();
  loaf = (await made("/shop/products", { title: "Rye & spelt", slug: "rye", price: 650 })).id;
  browser = new Browser(shop);
});

/** An order's link, below the site, and that of its form. */
async function ordered(isPaid = true) {
  const order = await made("/shop/orders", {
    customerName: "Ada Baker",
    customerEmail: "ada@example.com",
    items: [{ productId: loaf }],
  });
  if (isPaid) await shop.ask("PATCH", `/shop/orders/${order.id}`, { status: "paid" });
  const token = await orderToken(env, { siteId: shop.id, id: order.id });
  return {
    id: order.id as string,
    page: `/shop/orders/${order.id}?token=${token}`,
    form: `/shop/reviews/${order.id}?token=${token}&product=${loaf}`,
  };
}

const SAID = { rating: "4", title: "Rye", text: "Crust\r\nas it should be.", author: "Ada" };

describe("the form of a review", () => {
  it("leads back within the shop, whatever the name in its address says", async () => {
    for (const name of ["%0D%0ASet-Cookie%3Aa%3Db", "%00", "a%3Fb", "%E2%80%AE"]) {
      const path = `/s/${shop.slug}/shop/reviews/${name}?token=x`;
      const { status, headers } = await browser.send("POST", path, OWN, new URLSearchParams(SAID));
      expect([status, headers.get("Location")]).toEqual([303, `/s/${shop.slug}/shop/orders/${name}?token=x#reviews`]);
    }
  });

  it("is one link from the page of an order that is paid, and leads back to it with what became of it", async () => {
    const order = await ordered();
    const page = await browser.visit(order.page);
    const link = /href="([^"]*\/shop\/reviews\/[^"]*)"/.exec(page.text)?.[1]?.replaceAll("&amp;", "&") as string;
    expect(link).toBe(`/s/${shop.slug}${order.form}`);
    const form = await browser.load(link);
    expect([form.status, form.text.includes("Rye &amp; spelt")]).toEqual([200, true]);
    expect(form.text).toContain('name="author" type="text" value="Ada"');
    const done = await browser.submit(link, { ...SAID, website: "" });
    expect(done.path).toBe(`/s/${shop.slug}${order.page}#reviews`);
    expect(done.text).toContain("Your review is being looked at.");
    expect(await reviews()).toMatchObject([
      { rating: 4, title: "Rye", text: "Crust\nas it should be.", author: "Ada", status: "pending", orderId: order.id },
    ]);
  });

  it("is kept by no cache and listed by no search engine, and tells nobody its address", async () => {
    const { headers, text } = await browser.visit((await ordered()).form);
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(headers.get("X-Robots-Tag")).toBe("noindex");
    expect(headers.get("Referrer-Policy")).toBe("no-referrer");
    expect(text).not.toContain("ada@example.com");
  });

  it("sent twice is one review, the first", async () => {
    const order = await ordered();
    await Promise.all([
      browser.submit(order.form, SAID),
      browser.submit(order.form, SAID),
      browser.submit(order.form, { ...SAID, rating: "1" }),
    ]);
    expect(await reviews()).toHaveLength(1);
    const [first] = await reviews();
    await browser.submit(order.form, { ...SAID, text: "Something else" });
    expect(await reviews()).toEqual([first]);
  });

  it("changes a review while it waits, and is gone once it is decided on", async () => {
    const order = await ordered();
    await browser.submit(order.form, SAID);
    const form = await browser.visit(order.form);
    expect(form.text).toContain('value="4" checked');
    await browser.submit(order.form, { ...SAID, ...hiddenIn(form.text), rating: "2" });
    const [{ id, rating, version }] = await reviews();
    expect([rating, version]).toEqual([2, 2]);
    await shop.ask("PATCH", `/reviews/${id}`, { status: "approved" });
    expect((await browser.visit(order.form)).status).toBe(404);
    const late = await browser.submit(order.form, { ...SAID, ...hiddenIn(form.text), rating: "1" });
    expect(late.text).toContain("Your review is published.");
    expect((await reviews())[0].rating).toBe(2);
  });

  it.each([
    [{ rating: "" }, "Choose 1 to 5 stars."],
    [{ rating: "9" }, "Choose 1 to 5 stars."],
    [{ author: " " }, "Enter the name to be shown, at most 100 characters."],
    [{ title: "x".repeat(201) }, "The title is one line of at most 200 characters."],
    [{ text: "x".repeat(5_001) }, "The review has at most 5,000 characters."],
  ])("with %j says what is wrong, with what was typed, and keeps nothing", async (wrong, message) => {
    const order = await ordered();
    const answer = await browser.submit(order.form, { ...SAID, text: "Good <b>bread</b>", ...wrong });
    expect([answer.status, answer.text.includes(message)]).toEqual([422, true]);
    if (!("text" in wrong)) expect(answer.text).toContain("Good &lt;b&gt;bread&lt;/b&gt;</textarea>");
    expect(await reviews()).toEqual([]);
  });

  it("is in the page's language", async () => {
    const order = await ordered();
    const form = await browser.visit(`/de${order.form}`);
    expect(form.text).toContain("„Rye &amp; spelt“ bewerten");
    const answer = await browser.submit(`/de${order.form}`, { ...SAID, rating: "" });
    expect(answer.text).toContain("Wählen Sie 1 bis 5 Sterne.");
  });

  it("filled in by a program that fills in everything is answered as any, and keeps nothing", async () => {
    const order = await ordered();
    const answer = await browser.submit(order.form, { ...SAID, website: "https://spam.example" });
    expect([answer.status, answer.path.includes("/shop/orders/")]).toEqual([200, true]);
    expect(await reviews()).toEqual([]);
  });

  it("is not there for an order that is not paid, another product, another order's link, or another site", async () => {
    const [unpaid, one, two] = [await ordered(false), await ordered(), await ordered()];
    const token = new URLSearchParams(two.form.split("?")[1]).get("token") as string;
    const other = await makeVisitedSite(clock);
    await other.page({ title: "Home", slug: "home" });
    await other.publish();
    for (const path of [
      unpaid.form,
      one.form.replace(loaf, "prod_01KAGW6PSZ0000000000000000"),
      `/shop/reviews/${one.id}?token=${token}&product=${loaf}`,
      `/shop/reviews/${one.id}?product=${loaf}`,
    ]) {
      expect([path, (await browser.visit(path)).status]).toEqual([path, 404]);
      await browser.submit(path, SAID);
    }
    expect((await new Browser(other).visit(one.form)).status).toBe(404);
    expect(await reviews()).toEqual([]);
    expect((await browser.visit(unpaid.page)).text).not.toContain("/shop/reviews/");
  });

  it("is not taken from another website's page", async () => {
    const order = await ordered();
    const path = `/s/${shop.slug}${order.form}`;
    const origin = { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" };
    expect((await browser.send("POST", path, origin, new URLSearchParams(SAID))).status).toBe(403);
    expect(await reviews()).toEqual([]);
  });
});
