import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { TestClock } from "../../support/fixtures.ts";
import { makeShop, type Shop } from "./world.ts";

const clock = new TestClock();
let shop: Shop;

beforeEach(async () => {
  shop = await makeShop(clock);
});

const make = (body: object) => shop.ask("POST", "/categories", body);
const product = async (id: string) => (await shop.ask("GET", `/products/${id}`)).body.data;

describe("categories", () => {
  it("categories have a name and a slug of their own on each site, whatever their case and accents", async () => {
    const cafe = await make({ name: "Café", order: 2 });
    expect(cafe.body.data).toMatchObject({ name: "Café", slug: "cafe", order: 2, image: null, translations: {} });
    for (const name of ["CAFE", "cafe\u0301"]) {
      const taken = await make({ name });
      expect([taken.status, Object.keys(taken.body.error.details.fields)]).toEqual([409, ["name"]]);
    }
    expect((await make({ name: "Caf-é" })).body.data.slug).toBe("caf-e");
    expect((await make({ name: "Other", slug: "cafe" })).status).toBe(409);
    expect((await (await makeShop(clock)).ask("POST", "/categories", { name: "Café" })).status).toBe(201);
  });

  it("categories come in their order", async () => {
    for (const [name, order] of Object.entries({ Second: 2, Third: 3, First: 1 })) await make({ name, order });
    const { body } = await shop.ask("GET", "/categories?orderBy=order&direction=asc");
    expect(body.data.map(({ name }: { name: string }) => name)).toEqual(["First", "Second", "Third"]);
  });

  it("a category that is renamed is renamed on all its products in the same commit, each told of at its next version", async () => {
    const { id } = (await make({ name: "Bread" })).body.data;
    const { id: one } = await shop.product({ category: "Bread" });
    const { id: two } = await shop.product({ category: "BREAD" });
    const { id: other } = await shop.product({ category: "Cake" });
    expect((await shop.ask("PATCH", `/categories/${id}`, { name: "Loaves" })).status).toBe(200);
    expect(await product(one)).toMatchObject({ category: "Loaves", version: 2 });
    expect(await product(two)).toMatchObject({ category: "Loaves", version: 2 });
    expect(await product(other)).toMatchObject({ category: "Cake", version: 1 });
    const total = async (of: string) => (await shop.ask("GET", `/products?category=${of}`)).body.pagination.total;
    expect([await total("bread"), await total("loaves")]).toEqual([0, 2]);
    const { results } = await env.DB.prepare(
      "SELECT data FROM events WHERE site_id = ?1 AND type = 'product.updated' ORDER BY data ->> 'id'",
    )
      .bind(shop.siteId)
      .all<{ data: string }>();
    const shown = await Promise.all([one, two].sort().map(product));
    expect(results.map(({ data }) => JSON.parse(data))).toEqual(shown);
    const versions = await shop.ask("GET", `/products/${one}/versions/current`);
    expect(versions.body.data.changedFields).toEqual(["category"]);
    expect((await shop.ask("GET", `/products/${one}/versions/1`)).body.data.product).toMatchObject({
      category: "Bread",
    });
  });

  it("a category that takes another's name changes nothing, on its products either", async () => {
    await make({ name: "Cake" });
    const { id } = (await make({ name: "Bread" })).body.data;
    const { id: productId } = await shop.product({ category: "Bread" });
    expect((await shop.ask("PATCH", `/categories/${id}`, { name: "CAKE" })).status).toBe(409);
    expect(await product(productId)).toMatchObject({ category: "Bread", version: 1 });
  });

  it("a category that is deleted leaves its name with its products", async () => {
    const { id } = (await make({ name: "Bread" })).body.data;
    const { id: productId } = await shop.product({ category: "Bread" });
    expect((await shop.ask("DELETE", `/categories/${id}`)).status).toBe(204);
    expect(await product(productId)).toMatchObject({ category: "Bread", version: 1 });
  });
});
