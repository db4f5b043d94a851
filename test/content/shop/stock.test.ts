import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { type Answer, TestClock } from "../../support/fixtures.ts";
import { count } from "../../faults/world.ts";
import { makeShop, type Shop } from "./world.ts";

const clock = new TestClock();
let shop: Shop;

beforeEach(async () => {
  shop = await makeShop(clock);
});

const fieldsOf = ({ body }: Answer) => body.error.details.fields;
const cancel = (id: string) => shop.ask("PATCH", `/orders/${id}`, { status: "cancelled" });
const ordersOfSite = () => count("SELECT count(*) AS n FROM orders WHERE site_id = ?1", shop.siteId);

describe("an order", () => {
  it("an order takes what it orders off the stock, and its cancellation gives it back once", async () => {
    const { id: productId, version } = await shop.product({ stock: 5 });
    const { body } = await shop.order({ productId, quantity: 3 });
    expect(await shop.stock(productId)).toMatchObject({ stock: 2 });
    for (let time = 0; time < 2; time += 1) await cancel(body.data.id);
    expect(await shop.stock(productId)).toMatchObject({ stock: 5 });
    const { data } = (await shop.ask("GET", `/products/${productId}`)).body;
    expect(data.version).toBe(version + 2);
    expect(Date.parse(data.updatedAt)).toBeGreaterThan(Date.parse(data.createdAt));
  });

  it("an order of more than there is answers 409, names the line and says how many are left", async () => {
    const { id: plenty } = await shop.product({ stock: 50 });
    const { id: scarce } = await shop.product({ stock: 2 });
    const refused = await shop.order({ productId: plenty }, { productId: scarce, quantity: 3 });
    expect(refused.status).toBe(409);
    expect(fieldsOf(refused)).toEqual({ "items.1.quantity": "Only 2 left in stock." });
    expect(await shop.stock(plenty)).toMatchObject({ stock: 50 });
  });

  it("two lines of one order that share one stock item take no more than there is of it", async () => {
    const { id: productId } = await shop.product({ stock: 3 });
    const refused = await shop.order({ productId, quantity: 2 }, { productId, quantity: 2 });
    expect(fieldsOf(refused)).toEqual({ "items.1.quantity": "Only 1 left in stock." });
    expect((await shop.order({ productId, quantity: 2 }, { productId, quantity: 1 })).status).toBe(201);
    expect(await shop.stock(productId)).toMatchObject({ stock: 0 });
    expect(fieldsOf(await shop.order({ productId }))).toEqual({ "items.0.quantity": "None are left in stock." });
  });

  it("variants have a stock of their own, or share the product's, with each other too", async () => {
    const made = await shop.product({
      stock: 5,
      variants: [{ title: "Small", stock: 2 }, { title: "Medium" }, { title: "Large" }],
    });
    const [small, medium, large] = made.variants.map(({ id }: { id: string }) => ({
      productId: made.id,
      variantId: id,
    }));
    const over = await shop.order({ ...small, quantity: 2 }, { ...medium, quantity: 3 }, { ...large, quantity: 3 });
    expect(fieldsOf(over)).toEqual({ "items.2.quantity": "Only 2 left in stock." });
    const order = await shop.order({ ...small, quantity: 2 }, { ...medium, quantity: 3 }, large, {
      productId: made.id,
    });
    expect(order.status).toBe(201);
    expect(await shop.stock(made.id)).toEqual({ stock: 0, variants: [0, null, null] });
    expect((await shop.order(small)).status).toBe(409);
    await cancel(order.body.data.id);
    expect(await shop.stock(made.id)).toEqual({ stock: 5, variants: [2, null, null] });
  });

  it("what is not counted is never short, and is no other version of its product afterwards", async () => {
    const { id: productId, version } = await shop.product();
    expect((await shop.order({ productId, quantity: 10_000 })).status).toBe(201);
    expect((await shop.ask("GET", `/products/${productId}`)).body.data).toMatchObject({ stock: null, version });
  });

  it("an order of what was not counted returns none of it, though it is counted by then", async () => {
    const { id: productId } = await shop.product();
    const { body } = await shop.order({ productId, quantity: 3 });
    await shop.ask("PATCH", `/products/${productId}`, { stock: 7 });
    await cancel(body.data.id);
    expect(await shop.stock(productId)).toMatchObject({ stock: 7 });
  });

  it("what is gone when an order is cancelled takes nothing back, and the order is cancelled all the same", async () => {
    const kept = await shop.product({ stock: 5, variants: [{ title: "Small", stock: 2 }] });
    const gone = await shop.product({ stock: 5 });
    const variantId = kept.variants[0].id;
    const { body } = await shop.order(
      { productId: kept.id, variantId },
      { productId: kept.id },
      { productId: gone.id },
    );
    await shop.ask("PATCH", `/products/${kept.id}`, { variants: [] });
    await shop.ask("DELETE", `/products/${gone.id}`);
    expect((await cancel(body.data.id)).status).toBe(200);
    expect(await shop.stock(kept.id)).toEqual({ stock: 5, variants: [] });
  });
});

describe("orders at the same time", () => {
  it("two concurrent orders, each within stock but not together, make one order; the loser leaves none behind", async () => {
    const { id: productId } = await shop.product({ stock: 3 });
    const { id: other } = await shop.product({ stock: 9 });
    const both = await Promise.all([
      shop.order({ productId: other }, { productId, quantity: 2 }),
      shop.order({ productId: other }, { productId, quantity: 2 }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(fieldsOf(both.find(({ status }) => status === 409) as Answer)).toEqual({
      "items.1.quantity": "Only 1 left in stock.",
    });
    expect(await ordersOfSite()).toBe(1);
    expect([await shop.stock(productId), await shop.stock(other)]).toMatchObject([{ stock: 1 }, { stock: 8 }]);
  });

  it("of 200 parallel orders of the last item exactly one is made; the others answer 409 and change nothing", async () => {
    const { id: productId, version } = await shop.product({ stock: 1 });
    const code = (await shop.ask("POST", "/coupons", { code: "LAST", type: "percentage", value: 10 })).body.data;
    // The key's bucket is full again, before and after.
    clock.advance(60_000);
    const answers = await Promise.all(
      Array.from({ length: 200 }, () =>
        shop.ask("POST", "/orders", {
          customerName: "Bo",
          customerEmail: "bo@example.com",
          items: [{ productId }],
          couponCode: "LAST",
        }),
      ),
    );
    const of = (status: number) => answers.filter((it) => it.status === status);
    clock.advance(60_000);
    expect([of(201).length, of(409).length]).toEqual([1, 199]);
    for (const refused of of(409)) expect(fieldsOf(refused)).toHaveProperty(["items.0.quantity"]);
    expect(await ordersOfSite()).toBe(1);
    const { data } = (await shop.ask("GET", `/products/${productId}`)).body;
    expect(data).toMatchObject({ stock: 0, version: version + 1 });
    expect((await shop.ask("GET", `/coupons/${code.id}`)).body.data.uses).toBe(1);
    const told = "SELECT count(*) AS n FROM events WHERE site_id = ?1 AND type = 'order.created'";
    expect(await count(told, shop.siteId)).toBe(1);
  });
});

describe("the owner's changes", () => {
  it("a change that names the version before a sale answers 412, so that no sale is undone unseen", async () => {
    const { id: productId, version } = await shop.product({ stock: 5 });
    await shop.order({ productId });
    const late = await shop.ask("PATCH", `/products/${productId}`, { stock: 5 }, { "If-Match": `"v${version}"` });
    expect(late.status).toBe(412);
  });

  it("a version that is restored leaves the stock as it is by now", async () => {
    const made = await shop.product({ title: "Cake", stock: 5, variants: [{ title: "Small", stock: 2 }] });
    const variants = [{ ...made.variants[0], title: "Tiny" }];
    await shop.ask("PATCH", `/products/${made.id}`, { title: "Pie", variants });
    await shop.order({ productId: made.id, quantity: 4 }, { productId: made.id, variantId: made.variants[0].id });
    const restored = await shop.ask("POST", `/products/${made.id}/versions/${made.version}/restore`, {});
    expect(restored.body.data).toMatchObject({ title: "Cake", stock: 1, variants: [{ title: "Small", stock: 1 }] });
    const other = await shop.ask("POST", `/products/${made.id}/versions/${made.version}/restore`, { stock: 7 });
    expect(other.body.data).toMatchObject({ title: "Cake", stock: 7 });
  });

  it("sales push no earlier version out of a product's history, of which the last fifty are kept", async () => {
    const { id: productId } = await shop.product({ title: "Title 0", stock: 100 });
    await shop.ask("PATCH", `/products/${productId}`, { title: "Title 1" });
    for (let sale = 0; sale < 60; sale += 1) await shop.order({ productId });
    await shop.ask("PATCH", `/products/${productId}`, { title: "Title 2" });
    const { body } = await shop.ask("GET", `/products/${productId}/versions?limit=100`);
    expect(body.data.map(({ version }: { version: number }) => version)).toEqual([62, 1]);
    for (let nth = 3; nth < 55; nth += 1) await shop.ask("PATCH", `/products/${productId}`, { title: `Title ${nth}` });
    const { pagination } = (await shop.ask("GET", `/products/${productId}/versions`)).body;
    expect(pagination.total).toBe(50);
  });

  it("the database refuses a negative stock of a variant, whoever writes it", async () => {
    const { id } = await shop.product({ variants: [{ title: "Small", stock: 2 }] });
    const variants = JSON.stringify([{ id: "var_1", title: "Small", stock: -1 }]);
    const write = env.DB.prepare("UPDATE products SET variants = ?1 WHERE id = ?2").bind(variants, id).run();
    await expect(write).rejects.toThrow("products_variant_stock");
  });
});
