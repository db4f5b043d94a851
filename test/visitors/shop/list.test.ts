import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { TestClock } from "../../support/fixtures.ts";
import { preview } from "../../previews/world.ts";
import { makeVisitedSite, type VisitedSite } from "../world.ts";

const clock = new TestClock();
let site: VisitedSite;

const product = async (body: Record<string, unknown>): Promise<{ id: string; slug: string }> => {
  clock.advance(1);
  return (await site.ask("POST", "/shop/products", { price: 650, ...body })).body.data;
};
const textOf = async (path: string) => (await site.visit(path)).text();
const statusOf = async (path: string) => (await site.visit(path)).status;
const titles = (text: string) =>
  [...text.matchAll(/<h2 class="entry"><a href="[^"]*">(.*?)<\/a><\/h2>/g)].map(([, title]) => title);

/** What is sold is known to an isolate for as long as which deployment is live. */
const later = () => clock.advance(1_001);

describe("the shop of a website", () => {
  beforeEach(async () => {
    site = await makeVisitedSite(clock);
    await site.page({ title: "Home", slug: "home" });
    await site.page({ title: "Willkommen", slug: "home", locale: "de" });
    await site.publish();
  });

  it("there is none while nothing is sold, or what is sold is not shown", async () => {
    await product({ title: "Rye", active: false });
    later();
    expect(await statusOf("/shop")).toBe(404);
    expect(await textOf("/")).not.toContain("/shop");
  });

  it("there is none of a website that is not published", async () => {
    const other = await makeVisitedSite(clock);
    await other.ask("POST", "/shop/products", { title: "Rye", price: 650 });
    expect((await other.visit("/shop")).status).toBe(404);
  });

  it("lists what is sold at once, without a publish, and leads there from every page", async () => {
    await product({ title: "Rye & spelt", price: 650 });
    later();
    const text = await textOf("/shop");
    expect(titles(text)).toEqual(["Rye &amp; spelt"]);
    expect(text).toContain("€6.50");
    expect(await textOf("/")).toContain(`<a href="/s/${site.slug}/shop">Shop</a>`);
    expect(await textOf("/de/")).toContain(`<a href="/s/${site.slug}/de/shop">Shop</a>`);
  });

  it("shows a price of now, and an ETag that knows it", async () => {
    const { id } = await product({ title: "Rye", price: 650 });
    later();
    const first = await site.visit("/shop");
    const etag = first.headers.get("ETag") as string;
    expect((await site.visit("/shop", { "If-None-Match": etag })).status).toBe(304);
    await site.ask("PATCH", `/shop/products/${id}`, { price: 700 });
    const second = await site.visit("/shop", { "If-None-Match": etag });
    expect(second.status).toBe(200);
    expect(await second.text()).toContain("€7.00");
  });

  it("gives way to a page of its owner at its address, in that page's language alone", async () => {
    await product({ title: "Rye" });
    await site.page({ title: "Our own shop", slug: "shop" });
    await site.publish();
    expect(await textOf("/shop")).toContain("<h1>Our own shop</h1>");
    expect(titles(await textOf("/de/shop"))).toEqual(["Rye"]);
  });

  it("is to be had as Markdown", async () => {
    await product({ title: "Rye", price: 650 });
    later();
    const text = await textOf("/shop.md");
    expect(text).toContain("[Rye](");
    expect(text).toContain("€6.50");
    expect((await site.visit("/shop", { Accept: "text/markdown" })).headers.get("Content-Type")).toContain("markdown");
  });

  it("is shown in a preview", async () => {
    await product({ title: "Rye" });
    const response = await (await preview(site)).look("/shop");
    expect(response.status).toBe(200);
    expect(titles(await response.text())).toEqual(["Rye"]);
    expect(response.headers.get("Content-Security-Policy")).toContain("form-action 'none'");
  });

  it("takes no form at a path that has none", async () => {
    for (const path of ["/shop", "/about", "/shop/products/rye", "/de/shop"]) {
      const url = `https://api.example.com/s/${site.slug}${path}`;
      const response = await exports.default.fetch(new Request(url, { method: "POST", body: "a=b" }));
      expect([path, response.status]).toEqual([path, 405]);
    }
  });
});

describe("a long list of products", () => {
  beforeEach(async () => {
    site = await makeVisitedSite(clock);
    await site.page({ title: "Home", slug: "home" });
    await site.publish();
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
      INSERT INTO products (id, workspace_id, environment, site_id, version, created_at, updated_at, title, slug, price, currency, images, type, active, variants)
      SELECT printf('prod_%026d', i + ?3 * 1000), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000, 'Product ' || i, 'product-' || i, 100, 'EUR', '[]', 'physical', i <> 30, '[]' FROM n`,
    )
      .bind(site.workspace.id, site.id, clock.time % 1_000_000)
      .run();
    later();
  });
  const numbers = (from: number, to: number) =>
    Array.from({ length: from - to + 1 }, (_, i) => from - i)
      .filter((it) => it !== 30)
      .map((it) => `Product ${it}`);
  const linkOf = (text: string, rel: string) => {
    const href = new RegExp(`<a class="button quiet" rel="${rel}" href="([^"]+)"`).exec(text)?.[1];
    return href?.replace(`/s/${site.slug}`, "");
  };

  it("has the newest first, and each page leads to its neighbours and to nothing beyond", async () => {
    const first = await textOf("/shop");
    expect(titles(first)).toEqual(numbers(60, 37));
    expect([linkOf(first, "prev"), first.includes('content="noindex"')]).toEqual([undefined, false]);
    const second = await textOf(linkOf(first, "next") as string);
    expect(titles(second)).toEqual(numbers(36, 12));
    expect(second).toContain('content="noindex"');
    const third = await textOf(linkOf(second, "next") as string);
    expect([titles(third), linkOf(third, "next")]).toEqual([numbers(11, 1), undefined]);
    const back = await textOf(linkOf(third, "prev") as string);
    expect(titles(back)).toEqual(numbers(36, 12));
    const start = await textOf(linkOf(back, "prev") as string);
    expect([titles(start), linkOf(start, "prev")]).toEqual([numbers(60, 37), undefined]);
  });

  it("takes what names no product for its beginning", async () => {
    for (const query of ["after=", "after=x", "before=%00", "after=prod_", `after=${"x".repeat(3000)}`]) {
      expect(titles(await textOf(`/shop?${query}`))).toEqual(numbers(60, 37));
    }
    expect(await statusOf("/shop?after=prod_00000000000000000000000000")).toBe(404);
  });
});
