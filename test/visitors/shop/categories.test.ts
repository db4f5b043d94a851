import { beforeEach, describe, expect, it } from "vitest";
import { call, TestClock } from "../../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "../world.ts";

const clock = new TestClock();
let site: VisitedSite;

const make = async (path: string, body: Record<string, unknown>) => {
  clock.advance(1);
  const made = await site.ask("POST", path, body);
  if (made.status !== 201) throw new Error(made.text);
  return made.body.data;
};
const product = (body: Record<string, unknown>) => make("/shop/products", { price: 650, ...body });
const textOf = async (path: string) => (await site.visit(path)).text();
const titles = (text: string) =>
  [...text.matchAll(/<h2 class="entry"><a href="[^"]*">(.*?)<\/a><\/h2>/g)].map(([, title]) => title);
const filter = (text: string) => {
  const [, nav = ""] = /<nav class="filter"[^>]*>(.*?)<\/nav>/.exec(text) ?? [];
  return [...nav.matchAll(/<a href="([^"]*)"( aria-current="page")?>(.*?)<\/a>/g)].map(([, href, current, name]) => ({
    path: href?.replace(`/s/${site.slug}`, ""),
    name,
    isCurrent: current !== undefined,
  }));
};

beforeEach(async () => {
  site = await makeVisitedSite(clock);
  await site.page({ title: "Home", slug: "home" });
  await site.page({ title: "Willkommen", slug: "home", locale: "de" });
  await site.publish();
  await make("/shop/categories", { name: "Cakes", order: 2, description: "<p>Sweet</p>" });
  await make("/shop/categories", {
    ...{ name: "Bread", order: 1, translations: { de: { name: "Brot", description: "Kräftig" } } },
  });
  await make("/shop/categories", { name: "Empty", order: 3 });
  await product({ title: "Rye", slug: "rye", category: "bread", translations: { de: { title: "Roggenbrot" } } });
  await product({ title: "Tart", slug: "tart", category: "Cakes" });
  await product({ title: "Bag", slug: "bag" });
  clock.advance(1_001);
});

describe("the categories of a shop", () => {
  it("lead from the list to those in which something is sold, in their order", async () => {
    expect(filter(await textOf("/shop"))).toEqual([
      { path: "/shop", name: "All", isCurrent: true },
      { path: "/shop/categories/bread", name: "Bread", isCurrent: false },
      { path: "/shop/categories/cakes", name: "Cakes", isCurrent: false },
    ]);
  });

  it("have a page of what is in them, whatever the case it is named by", async () => {
    const text = await textOf("/shop/categories/bread");
    expect(titles(text)).toEqual(["Rye"]);
    expect(filter(text).find(({ isCurrent }) => isCurrent)?.name).toBe("Bread");
    expect(await textOf("/shop/categories/cakes")).toContain('<p class="lead">Sweet</p>');
  });

  it("are in the words of each language", async () => {
    const text = await textOf("/de/shop/categories/bread");
    expect(text).toContain("<h1>Brot</h1>");
    expect(titles(text)).toEqual(["Roggenbrot"]);
    expect(await textOf("/de/shop/products/rye")).toContain(">Brot</a>");
  });

  it("say that there is nothing in one that is empty, and are not there where there is no such one", async () => {
    expect(await textOf("/shop/categories/empty")).toContain("There is nothing here at the moment.");
    expect((await site.visit("/shop/categories/tools")).status).toBe(404);
  });

  it("are named by blocks, by their slugs", async () => {
    const blocks = [
      { type: "ProductList", props: { category: "bread" } },
      { type: "ProductList", props: { category: "tools" } },
    ];
    await site.page({ title: "Today", slug: "today", blocks });
    await site.publish();
    const text = await textOf("/today");
    expect(titles(text)).toEqual(["Rye"]);
    expect(text).toContain("There is nothing here");
  });

  it("are in the sitemap and in llms.txt", async () => {
    const base = `https://api.example.com/s/${site.slug}`;
    expect(await textOf("/sitemap.xml")).toContain(`<loc>${base}/de/shop/categories/cakes</loc>`);
    expect(await textOf("/llms.txt")).toContain(`[Bread](${base}/shop/categories/bread.md)`);
  });
});

describe("what a shop with pages of its own reads", () => {
  const read = async (path: string) => call("GET", `/api${path}${path.includes("?") ? "&" : "?"}site=${site.slug}`);

  it("are its products, those of a category, and one of them", async () => {
    const slugs = async (path: string) => (await read(path)).body.items.map(({ slug }: { slug: string }) => slug);
    expect(await slugs("/shop/products")).toEqual(["bag", "tart", "rye"]);
    expect(await slugs("/shop/products?category=bread")).toEqual(["rye"]);
    expect((await read("/shop/products?slug=rye&locale=de")).body).toMatchObject({
      ...{ title: "Roggenbrot", price: 650, availability: "in_stock", left: null, rating: null },
    });
    const first = (await read("/shop/products?limit=2")).body;
    expect(first.hasMore).toBe(true);
    const rest = (await read(`/shop/products?limit=2&after=${first.items[1].id}`)).body;
    expect([rest.items.map(({ slug }: { slug: string }) => slug), rest.hasMore]).toEqual([["rye"], false]);
  });

  it("are its categories", async () => {
    const { items } = (await read("/shop/categories?locale=de")).body;
    expect(items.map(({ name, slug }: { name: string; slug: string }) => [name, slug])).toEqual([
      ["Brot", "bread"],
      ["Cakes", "cakes"],
    ]);
  });

  it("tells neither where a digital product is to be had nor how many there are of what is not scarce", async () => {
    await product({
      ...{ title: "Book", slug: "book", type: "digital", downloadUrl: "https://example.com/secret.pdf", stock: 4711 },
    });
    for (const text of [
      (await read("/shop/products")).text,
      await textOf("/shop"),
      await textOf("/shop/products/book"),
    ]) {
      expect([text.includes("secret.pdf"), text.includes("lowStockAt")]).toEqual([false, false]);
    }
    expect((await read("/shop/products?slug=book")).text).not.toContain("4711");
  });

  it("answers 404 for what is not there, and for a website that is not published", async () => {
    for (const path of ["/shop/products?slug=gone", "/shop/products?category=gone"]) {
      expect((await read(path)).status).toBe(404);
    }
    const other = await makeVisitedSite(clock);
    expect((await call("GET", `/api/shop/products?site=${other.slug}`)).status).toBe(404);
    expect((await call("GET", "/api/shop/products")).status).toBe(422);
  });
});
