import { beforeAll, describe, expect, it } from "vitest";
import { Client, makeSite, type TestSite } from "../support/client.ts";
import { TestClock } from "../support/fixtures.ts";

const clock = new TestClock();
let at: TestSite;

beforeAll(async () => {
  at = await makeSite(clock);
});

const tool = async (name: string, args: object, settings: object = {}) => {
  const { headers } = await at.workspace.key(settings);
  const api = new Client(clock, headers, "/api/v1");
  return api.post("/mcp/tools/call", { server: "optimocms", tool: name, arguments: { siteId: at.siteId, ...args } });
};

const done = async (name: string, args: object) => {
  const answer = await tool(name, args);
  expect(answer.status, `${name}: ${answer.text}`).toBe(200);
  return answer.body.result;
};

describe("the tools for products", () => {
  it("a model adds a product by priceCents or by price, finds it, reads it and changes it as the Content API would", async () => {
    const made = await done("create_product", { title: "Rye loaf", priceCents: 590, category: "Bread", stock: 4 });
    expect(made).toMatchObject({ title: "Rye loaf", price: 590, currency: "EUR", stock: 4, version: 1 });
    expect(await done("create_product", { title: "Oat loaf", price: 610 })).toMatchObject({ price: 610 });
    const { products, pagination } = await done("list_products", { search: "rye", active: "true" });
    expect([products.map(({ id }: { id: string }) => id), pagination.total]).toEqual([[made.id], 1]);
    const changed = await done("update_product", { productId: made.id, priceCents: 620, expectedVersion: 1 });
    expect(changed).toMatchObject({ price: 620, title: "Rye loaf", version: 2 });
    expect(await done("get_product", { productId: made.id })).toEqual(
      (await at.site.get(`/shop/products/${made.id}`)).body.data,
    );
    expect((await tool("update_product", { productId: made.id, price: 1, expectedVersion: 1 })).status).toBe(412);
  });

  it("a price is required under one of its names, and refused where the two disagree or it is no amount", async () => {
    const { id } = await at.site.create("/shop/products", { title: "Spelt", price: 500 });
    const cases: [string, object, string][] = [
      ["create_product", { title: "Free" }, "arguments.price"],
      ["create_product", { title: "Two", price: 100, priceCents: 200 }, "arguments.priceCents"],
      ["create_product", { title: "Half", priceCents: 10.5 }, "arguments.priceCents"],
      ["update_product", { productId: id, price: 100, priceCents: 200 }, "arguments.priceCents"],
      ["update_product", { productId: id }, "arguments"],
    ];
    for (const [name, args, field] of cases) {
      const answer = await tool(name, args);
      expect([answer.status, Object.keys(answer.body.errors)], answer.text).toEqual([422, [field]]);
    }
    expect(await done("create_product", { title: "Both", price: 300, priceCents: 300 })).toMatchObject({ price: 300 });
  });
});

describe("the tools for stock and categories", () => {
  it("a model takes so many off the stock, sets it, and is refused what would be less than nothing", async () => {
    const { id: productId } = await at.site.create("/shop/products", { title: "Walnut loaf", price: 800, stock: 5 });
    expect(await done("adjust_product_stock", { productId, change: -2 })).toMatchObject({ stock: 3, version: 2 });
    expect((await tool("adjust_product_stock", { productId, change: -4 })).status).toBe(409);
    expect(await done("adjust_product_stock", { productId, set: null })).toMatchObject({ stock: null });
    const both = await tool("adjust_product_stock", { productId, set: 1, change: 1 });
    expect([both.status, Object.keys(both.body.errors)]).toEqual([422, ["arguments.change"]]);
  });

  it("a model adds a category, finds it in its place and renames it on its products", async () => {
    const category = await done("create_category", { name: "Rolls", order: 1 });
    const { id } = await at.site.create("/shop/products", { title: "Bun", price: 90, category: "rolls" });
    const { categories } = await done("list_categories", {});
    expect(categories).toEqual([category]);
    await done("update_category", { categoryId: category.id, name: "Rolls and buns", expectedVersion: 1 });
    expect(await done("get_product", { productId: id })).toMatchObject({ category: "Rolls and buns" });
  });
});

describe("the tools for orders, coupons, reviews and points", () => {
  it("a model finds an order by its state, reads it and moves it on, but not where it cannot go", async () => {
    const { id: productId } = await at.site.create("/shop/products", { title: "Seeded loaf", price: 700 });
    const order = { customerName: "Ada", customerEmail: "ada@example.com", items: [{ productId, quantity: 2 }] };
    const { id } = await at.site.create("/shop/orders", order);
    expect((await done("list_orders", { status: "pending" })).orders).toMatchObject([{ id, total: 1_400 }]);
    expect((await done("list_orders", { status: "paid" })).orders).toEqual([]);
    expect((await done("list_orders", {})).pagination.total).toBe(1);
    const paid = await done("update_order", { orderId: id, status: "paid", note: "In cash", expectedVersion: 1 });
    expect(paid).toMatchObject({ status: "paid", note: "In cash" });
    expect(await done("get_order", { orderId: id })).toEqual(paid);
    const refund = { orderId: id, amount: 300, reason: "One was stale" };
    expect(await done("refund_order", refund)).toMatchObject({ kind: "refund", amount: 300, outcome: "applied" });
    expect((await tool("refund_order", { orderId: id, amount: 1_101 })).status).toBe(409);
    const back = await tool("update_order", { orderId: id, status: "pending" });
    expect([back.status, Object.keys(back.body.errors)], back.text).toEqual([409, ["arguments.status"]]);
  });

  it("a model adds a coupon that customers can use, and sees how often they have", async () => {
    await done("create_coupon", { code: "spring5", type: "fixed", value: 500, currency: "EUR", maxUses: 3 });
    expect((await done("list_coupons", { search: "spring" })).coupons).toMatchObject([
      { code: "SPRING5", value: 500, uses: 0 },
    ]);
    expect((await tool("create_coupon", { code: "SPRING5", type: "percentage", value: 5 })).status).toBe(409);
  });

  it("a model finds reviews that wait, approves and answers them, and changes nothing of what was said", async () => {
    const review = { rating: 4, author: "Ada", text: "Good crumb." };
    const { id } = await at.site.create("/reviews", review);
    expect((await done("list_reviews", { status: "pending" })).reviews).toMatchObject([{ id, ...review }]);
    const changes = { reviewId: id, status: "approved", answer: "Thank you!", expectedVersion: 1 };
    expect(await done("moderate_review", changes)).toMatchObject({ approved: true, answer: "Thank you!", ...review });
    expect((await done("list_reviews", { status: "pending" })).reviews).toEqual([]);
    const rewritten = await tool("moderate_review", { reviewId: id, status: "approved", rating: 5 });
    expect([rewritten.status, Object.keys(rewritten.body.errors)]).toEqual([422, ["arguments.rating"]]);
  });

  it("a model gives a member points by number or by money, redeems a reward for them, and reads what is left", async () => {
    const { id: memberId } = await at.site.create("/loyalty/members", { email: "ada@example.com", name: "Ada" });
    await at.site.create("/loyalty/rules", { currency: "EUR", points: 2 });
    const { id: rewardId } = await at.site.create("/loyalty/rewards", { title: "Coffee", cost: 100, stock: 1 });
    await done("earn_points", { memberId, points: 60, description: "Welcome" });
    expect((await done("get_member_status", { memberId })).points).toBe(60);
    expect((await tool("redeem_reward", { memberId, rewardId })).status).toBe(409);
    await done("earn_points", { memberId, amountCents: 2_050, description: "At the counter" });
    expect((await done("list_members", { search: "ada" })).members).toMatchObject([{ id: memberId, points: 100 }]);
    expect((await done("list_rewards", { active: "true" })).rewards).toMatchObject([{ id: rewardId, stock: 1 }]);
    expect(await done("redeem_reward", { memberId, rewardId })).toMatchObject({ cost: 100, status: "pending" });
    expect((await done("get_member_status", { memberId })).points).toBe(0);
    for (const [args, field] of [
      [{ points: 10, amount: 100 }, "arguments.points"],
      [{}, "arguments.points"],
      [{ amount: 100, amountCents: 200 }, "arguments.amountCents"],
      [{ points: 0 }, "arguments.points"],
    ] as const) {
      const answer = await tool("earn_points", { memberId, description: "Nothing", ...args });
      expect([answer.status, Object.keys(answer.body.errors)], answer.text).toEqual([422, [field]]);
    }
  });

  it("a key that may only read the shop changes nothing in it", async () => {
    const scopes = ["mcp:write", "mcp:read", "ecommerce:read", "loyalty:read"];
    expect((await tool("list_products", {}, { scopes })).status).toBe(200);
    for (const [name, args] of [
      ["create_product", { title: "X", price: 1 }],
      ["update_product", { productId: "prod_1", price: 1 }],
      ["update_order", { orderId: "ord_1", status: "paid" }],
      ["create_coupon", { code: "AA", type: "percentage", value: 1 }],
      ["moderate_review", { reviewId: "rev_1", status: "approved" }],
      ["earn_points", { memberId: "mem_1", points: 1, description: "X" }],
      ["redeem_reward", { memberId: "mem_1", rewardId: "rwd_1" }],
    ] as const) {
      expect((await tool(name, args, { scopes })).status, name).toBe(403);
    }
  });
});
