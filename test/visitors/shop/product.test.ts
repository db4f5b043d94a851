import { beforeEach, describe, expect, it } from "vitest";
import { TestClock } from "../../support/fixtures.ts";
import { preview } from "../../previews/world.ts";
import { makeVisitedSite, type VisitedSite } from "../world.ts";

const clock = new TestClock();
let site: VisitedSite;

const product = async (body: Record<string, unknown>): Promise<{ id: string; slug: string }> => {
  clock.advance(1);
  const made = await site.ask("POST", "/shop/products", { price: 650, ...body });
  if (made.status !== 201) throw new Error(made.text);
  clock.advance(1_001);
  return made.body.data;
};
const textOf = async (path: string) => (await site.visit(path)).text();
// biome-ignore lint/suspicious/noExplicitAny: tests look into all of it
const graphOf = (text: string): any[] =>
  JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(text)?.[1] ?? "{}")["@graph"];
const nodeOf = (text: string, type: string) => graphOf(text).find((it) => it["@type"] === type);

beforeEach(async () => {
  site = await makeVisitedSite(clock);
  await site.page({ title: "Home", slug: "home" });
  await site.page({ title: "Willkommen", slug: "home", locale: "de" });
  await site.publish();
});

describe("a product's page", () => {
  it("shows what is sold, escaped where it is text and cleaned where it is HTML", async () => {
    await product({
      title: "Rye <b>",
      slug: "rye",
      description: "<p>Dark <em>bread</em></p><script>alert(1)</script>",
    });
    const text = await textOf("/shop/products/rye");
    expect(text).toContain("<h1>Rye &lt;b&gt;</h1>");
    expect(text).toContain("<p>Dark <em>bread</em></p>");
    expect(text).not.toContain("alert(1)");
    expect(text).toContain(`<form class="buy" method="post" action="/s/${site.slug}/shop/cart"`);
  });

  it("is not there for what is not active, not sold, or another site's", async () => {
    await product({ title: "Rye", slug: "rye", active: false });
    expect((await site.visit("/shop/products/rye")).status).toBe(404);
    expect((await site.visit("/shop/products/spelt")).status).toBe(404);
    await product({ title: "Spelt", slug: "spelt" });
    const other = await makeVisitedSite(clock);
    await other.page({ title: "Home", slug: "home" });
    await other.publish();
    expect((await other.visit("/shop/products/spelt")).status).toBe(404);
  });

  it.each([
    [{ stock: null }, "In stock", "https://schema.org/InStock"],
    [{ stock: 20 }, "In stock", "https://schema.org/InStock"],
    [{ stock: 3 }, "Only 3 left", "https://schema.org/InStock"],
    [{ stock: 0 }, "Sold out", "https://schema.org/OutOfStock"],
  ])("says of %o that it is %s", async (body, words, availability) => {
    await product({ title: "Rye", slug: "rye", ...body });
    const text = await textOf("/shop/products/rye");
    expect(text).toContain(`data-stock>${words}</p>`);
    expect(text.includes("<form class=")).toBe(words !== "Sold out");
    expect(nodeOf(text, "Product").offers[0].availability).toBe(availability);
  });

  it("offers its variants at their prices, those that are sold out not to be chosen", async () => {
    await product({
      ...{ title: "Loaf", slug: "loaf", price: 500, stock: 4 },
      variants: [
        { title: "Small", price: 300, stock: 0 },
        { title: "Large", price: 900, stock: 20 },
        { title: "As usual" },
      ],
    });
    const text = await textOf("/shop/products/loaf");
    expect(text).toContain('<p class="price" data-price>from €3.00</p>');
    const choices = [...text.matchAll(/<input type="radio"[^>]*data-price="([^"]*)"[^>]*data-max="(\d+)"([^>]*)>/g)];
    expect(choices.map(([, price, max, rest]) => [price, max, rest?.trim()])).toEqual([
      ["€3.00", "0", "disabled"],
      ["€9.00", "20", "checked"],
      ["€5.00", "4", ""],
    ]);
  });

  it("offers many variants in a list that opens", async () => {
    const variants = Array.from({ length: 12 }, (_, index) => ({ title: `Size ${index}` }));
    await product({ title: "Loaf", slug: "loaf", variants });
    const text = await textOf("/shop/products/loaf");
    expect(text.match(/<option /g)?.length).toBe(12);
    expect(text).not.toContain('type="radio"');
  });

  it.each([
    ["EUR", 1999, "19.99"],
    ["JPY", 1999, "1999"],
    ["KWD", 1999, "1.999"],
  ])("tells programs a price in %s by the digits of ISO 4217", async (currency, price, told) => {
    await product({ title: "Rye", slug: "rye", price, currency });
    const text = await textOf("/shop/products/rye");
    expect(nodeOf(text, "Product").offers).toMatchObject([{ price: told, priceCurrency: currency }]);
    expect(text).toContain(`<meta property="product:price:amount" content="${told}">`);
    expect(text).toContain('<meta property="og:type" content="product">');
  });

  it("is in the words of each language, and each names the others", async () => {
    await product({ title: "Rye", slug: "rye" });
    const german = await textOf("/de/shop/products/rye");
    expect(german).toContain("In den Warenkorb");
    expect(german).toContain(
      `<link rel="alternate" hreflang="en" href="https://api.example.com/s/${site.slug}/shop/products/rye">`,
    );
    const trail = nodeOf(german, "BreadcrumbList").itemListElement.map((it: { name: string }) => it.name);
    expect(trail).toEqual(["Blue Door Bakery", "Shop", "Rye"]);
  });

  it("says in a preview that nothing can be bought there", async () => {
    await product({ title: "Rye", slug: "rye" });
    const text = await (await (await preview(site)).look("/shop/products/rye")).text();
    expect(text).toContain("nothing can be bought");
    expect(text).toMatch(/<button class="button" type="submit" disabled>/);
  });

  it("is in the sitemap with its last change and in llms.txt, in each language", async () => {
    const { id } = await product({ title: "Rye", slug: "rye" });
    const map = await textOf("/sitemap.xml");
    const base = `https://api.example.com/s/${site.slug}`;
    const { updatedAt } = (await site.ask("GET", `/shop/products/${id}`)).body.data;
    for (const path of ["/shop/products/rye", "/de/shop/products/rye"]) {
      expect(map).toContain(`<loc>${base}${path}</loc><lastmod>${updatedAt}</lastmod>`);
    }
    expect(map).toContain(`<loc>${base}/de/shop</loc>`);
    expect(await textOf("/llms.txt")).toContain(`[Rye](${base}/shop/products/rye.md)`);
    expect(await textOf("/shop/products/rye.md")).toContain("# Rye");
  });
});

describe("a page with blocks of products", () => {
  const blocks = (...more: object[]) => ({ title: "Today", slug: "today", blocks: more });

  it("shows the products, prices and stock of now, though it was frozen before", async () => {
    const { id } = await product({ title: "Rye", slug: "rye", price: 650, stock: 3 });
    await site.page(
      blocks(
        { type: "ProductList", props: { heading: "Fresh" } },
        { type: "ProductDetailSection", props: { product: "rye" } },
      ),
    );
    await site.publish();
    const before = await site.visit("/today");
    const text = await before.text();
    expect(text).toContain("€6.50");
    expect(text).toContain("Only 3 left");
    expect(text).toContain("shop.css");
    expect(text).not.toContain("data-live");
    await site.ask("PATCH", `/shop/products/${id}`, { price: 700, stock: 0 });
    const after = await site.visit("/today", { "If-None-Match": before.headers.get("ETag") as string });
    expect(after.status).toBe(200);
    const shown = await after.text();
    expect([shown.includes("€7.00"), shown.includes("Sold out"), shown.includes("€6.50")]).toEqual([true, true, false]);
    const again = await site.visit("/today", { "If-None-Match": after.headers.get("ETag") as string });
    expect(again.status).toBe(304);
  });

  it("shows the products that are named, in their order, those of now alone", async () => {
    for (const slug of ["rye", "spelt", "oat"]) await product({ title: slug, slug });
    await product({ title: "old", slug: "old", active: false });
    await site.page(blocks({ type: "ProductList", props: { products: ["oat", "old", "rye", "gone"] } }));
    await site.publish();
    const titles = [...(await textOf("/today")).matchAll(/<h2 class="entry"><a [^>]*>(.*?)<\/a>/g)].map(([, it]) => it);
    expect(titles).toEqual(["oat", "rye"]);
  });

  it("says that there is nothing where there is nothing, and loads nothing of the shop on other pages", async () => {
    await site.page(blocks({ type: "ProductDetail", props: { product: "rye" } }));
    await site.publish();
    const text = await textOf("/today");
    expect(text).toContain("There is nothing here at the moment.");
    expect(await textOf("/")).not.toContain("shop.css");
  });

  it("is filled in its Markdown and in a preview", async () => {
    await product({ title: "Rye", slug: "rye" });
    await site.page(blocks({ type: "ProductList", props: {} }));
    await site.publish();
    expect(await textOf("/today.md")).toContain("[Rye](");
    expect(await (await (await preview(site)).look("/today")).text()).toContain(">Rye</a>");
  });

  it("takes what looks like a place for products in a text as text", async () => {
    await product({ title: "Rye", slug: "rye" });
    const html =
      '<p>x</p><div data-live="{&quot;by&quot;:&quot;shop&quot;,&quot;shows&quot;:&quot;list&quot;,&quot;products&quot;:[]}"></div><p>y</p>';
    await site.page(blocks({ type: "RichTextSection", props: { html } }));
    await site.publish();
    const text = await textOf("/today");
    expect([text.includes("data-live"), text.includes("Rye")]).toEqual([false, false]);
  });
});
