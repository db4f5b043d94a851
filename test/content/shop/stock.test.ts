import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { type Answer, call, TestClock } from "../../support/fixtures.ts";
import { callThrough, count, held } from "../../faults/world.ts";
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

  it("orders of one moment have a number each, and wait for none of the others", async () => {
    const { id: productId } = await shop.product({ stock: null });
    const answers = await Promise.all(Array.from({ length: 100 }, () => shop.order({ productId })));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    const numbers = answers.map(({ body }) => body.data.number).sort((a, b) => a - b);
    expect(numbers).toEqual(answers.map((_, index) => index + 1));
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

  it("an order notes what it took, whatever becomes of the stock while it is made", async () => {
    for (const [before, set, after] of [
      [null, 10, 8],
      [10, null, null],
    ]) {
      for (let step = 1; ; step += 1) {
        const { id: productId } = await shop.product({ stock: before });
        const { bindings, reached, release, calls } = held(step);
        const body = { customerName: "Bo", customerEmail: "bo@example.com", items: [{ productId, quantity: 2 }] };
        const ordering = callThrough(bindings, "POST", `${shop.path}/orders`, { headers: shop.headers, body });
        await Promise.race([reached, ordering]);
        await shop.ask("POST", `/products/${productId}/stock`, { set });
        release();
        const { data } = (await ordering).body;
        const { stock } = await shop.stock(productId);
        // Either it was made after the change, or what it took came before it.
        const isFirst = data.items[0].taken === (before === null ? 0 : 2);
        expect(stock).toBe(isFirst ? set : after);
        if (calls() < step) break;
      }
    }
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

describe("adjusting a stock", () => {
  const adjust = (id: string, body: object, more = {}) => shop.ask("POST", `/products/${id}/stock`, body, more);

  it("a stock is set, or changed by so many, of the product or of a variant", async () => {
    const { id, variants } = await shop.product({ stock: 5, variants: [{ title: "S", stock: 2 }, { title: "M" }] });
    const [small, medium] = variants.map((it: { id: string }) => it.id);
    expect((await adjust(id, { change: -2 })).body.data).toMatchObject({ stock: 3, version: 2 });
    expect((await adjust(id, { variantId: small, change: 4 })).body.data.variants[0]).toMatchObject({ stock: 6 });
    expect((await adjust(id, { variantId: medium, change: 4 })).body.data).toMatchObject({ stock: 7 });
    await adjust(id, { variantId: medium, set: 9 });
    await adjust(id, { variantId: small, set: null });
    expect(await shop.stock(id)).toEqual({ stock: 7, variants: [null, 9] });
    const { data } = (await shop.ask("GET", `/products/${id}/versions/current`)).body;
    expect(data.changedFields).toEqual(["variants"]);
  });

  it("a stock is not taken below zero, and one that is not counted is not changed by so many", async () => {
    const { id } = await shop.product({ stock: 2 });
    const { id: uncounted } = await shop.product();
    const below = await adjust(id, { change: -3 });
    expect([below.status, fieldsOf(below)]).toEqual([409, { change: "Only 2 left in stock." }]);
    expect((await adjust(uncounted, { change: 1 })).status).toBe(409);
    expect(fieldsOf(await adjust(id, { variantId: "var_x", set: 1 }))).toHaveProperty("variantId");
    expect(fieldsOf(await adjust(id, {}))).toHaveProperty("change");
    expect(fieldsOf(await adjust(id, { set: 1, change: 1 }))).toHaveProperty("change");
    expect(fieldsOf(await adjust(id, { change: 1_000_000_000 }))).toHaveProperty("change");
    expect((await adjust(id, { set: 3 }, { "If-Match": '"v9"' })).status).toBe(412);
  });

  it("eight changes and four orders at once are all counted", async () => {
    const { id: productId } = await shop.product({ stock: 100 });
    const answers = await Promise.all([
      ...Array.from({ length: 8 }, () => adjust(productId, { change: 3 })),
      ...Array.from({ length: 4 }, () => shop.order({ productId, quantity: 2 })),
    ]);
    expect(answers.filter(({ status }) => status >= 300)).toEqual([]);
    expect(await shop.stock(productId)).toMatchObject({ stock: 116 });
  });

  it("variants that are sent without their stock keep it", async () => {
    const made = await shop.product({ variants: [{ title: "Small", stock: 2 }] });
    const [{ stock, ...variant }] = made.variants;
    await shop.order({ productId: made.id, variantId: variant.id });
    const { body } = await shop.ask("PATCH", `/products/${made.id}`, {
      variants: [{ ...variant, title: "Tiny" }, { title: "New" }],
    });
    expect([stock, body.data.variants]).toMatchObject([
      2,
      [
        { title: "Tiny", stock: 1 },
        { title: "New", stock: null },
      ],
    ]);
  });
});

describe("a low stock", () => {
  const told = async () =>
    (
      await env.DB.prepare("SELECT data FROM events WHERE site_id = ?1 AND type = 'stock.low' ORDER BY seq")
        .bind(shop.siteId)
        .all<{ data: string }>()
    ).results.map(({ data }) => JSON.parse(data));

  it("a low stock is announced once, by the change that makes it low, and again after it was not", async () => {
    const { id: productId } = await shop.product({ title: "Loaf", sku: "L-1", stock: 6, lowStockAt: 4 });
    const { body } = await shop.order({ productId });
    expect(await told()).toEqual([]);
    await shop.order({ productId, quantity: 2 });
    const event = { productId, variantId: null, title: "Loaf", sku: "L-1", stock: 3, lowStockAt: 4 };
    expect(await told()).toEqual([event]);
    await shop.order({ productId });
    await shop.ask("PATCH", `/products/${productId}`, { stock: 1 });
    expect(await told()).toEqual([event]);
    await shop.ask("PATCH", `/products/${productId}`, { stock: 4 });
    await cancel(body.data.id);
    expect(await told()).toEqual([event]);
    await shop.ask("POST", `/products/${productId}/stock`, { change: -1 });
    expect(await told()).toEqual([event, { ...event, stock: 4 }]);
  });

  it("a low stock is told of the variant whose stock it is, by the limit of the site where the product has none", async () => {
    await call("PATCH", `/v1/sites/${shop.siteId}`, {
      headers: shop.headers,
      body: { settings: { shop: { lowStockAt: 2 } } },
    });
    const made = await shop.product({
      title: "Cake",
      stock: 9,
      variants: [{ title: "Small", sku: "S", stock: 5 }, { title: "Big" }],
    });
    const [small, big] = made.variants.map(({ id }: { id: string }) => ({ productId: made.id, variantId: id }));
    await shop.order({ ...small, quantity: 3 }, { ...big, quantity: 6 });
    const event = { ...small, title: "Cake, Small", sku: "S", stock: 2, lowStockAt: 2 };
    expect(await told()).toEqual([event]);
    await shop.order(big);
    expect(await told()).toEqual([
      event,
      { productId: made.id, variantId: null, title: "Cake", sku: null, stock: 2, lowStockAt: 2 },
    ]);
  });

  it("a low stock is announced exactly once of twelve parallel orders that cross its limit", async () => {
    const { id: productId } = await shop.product({ stock: 20, lowStockAt: 14 });
    clock.advance(60_000);
    const all = await Promise.all(Array.from({ length: 12 }, () => shop.order({ productId })));
    expect(all.filter(({ status }) => status === 201)).toHaveLength(12);
    expect(await told()).toMatchObject([{ stock: 14 }]);
  });

  it("nothing is announced where nobody says what is low", async () => {
    const { id: productId } = await shop.product({ stock: 1 });
    await shop.order({ productId });
    expect(await told()).toEqual([]);
  });
});
