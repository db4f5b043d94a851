import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { listShownReviews } from "../../../src/content/reviews/shown.ts";
import { editReview, writeReview } from "../../../src/content/reviews/write.ts";
import { orders, type OrderRow } from "../../../src/content/shop/orders/table.ts";
import { eq } from "drizzle-orm";
import { ConcurrentChange } from "../../../src/core/errors.ts";
import type { Ctx } from "../../../src/core/work/context.ts";
import { databaseOf } from "../../../src/core/storage/database.ts";
import { eventsOf, makeSite, type TestSite } from "../../support/client.ts";
import { costOf } from "../../support/counting.ts";
import { TestClock } from "../../support/fixtures.ts";

const clock = new TestClock();
let at: TestSite;
let loaf: string;
let bun: string;

const SAID = { rating: 4, title: null, text: "Crust as it should be.", author: "Ada" };

beforeEach(async () => {
  at = await makeSite(clock);
  loaf = (await at.site.create("/shop/products", { title: "Loaf", price: 650 })).id;
  bun = (await at.site.create("/shop/products", { title: "Bun", price: 90 })).id;
});

const rowOf = async (id: string): Promise<OrderRow> => {
  const [row] = await databaseOf(env, 0).select().from(orders).where(eq(orders.id, id));
  return row as OrderRow;
};

/** An order of a loaf that has come as far as this. */
async function ordered(...steps: string[]): Promise<OrderRow> {
  const made = await at.site.create("/shop/orders", {
    customerName: "Ada Baker",
    customerEmail: "ada@example.com",
    items: [{ productId: loaf, quantity: 2 }],
  });
  for (const status of steps) expect((await at.site.patch(`/shop/orders/${made.id}`, { status })).status).toBe(200);
  return rowOf(made.id);
}

/** Does something in a commit of its own, again while others come between. */
async function commit<Result>(act: (ctx: Ctx) => Promise<Result>): Promise<Result> {
  for (;;) {
    const ctx = at.workspace.context();
    try {
      const result = await act(ctx);
      await ctx.unit.commit();
      return result;
    } catch (error) {
      if (!(error instanceof ConcurrentChange)) throw error;
    }
  }
}

const write = (order: OrderRow, said: object = {}, productId = loaf) =>
  commit((ctx) => writeReview(ctx, order, { ...SAID, productId, ...said }));

describe("a customer's review", () => {
  it("is of what was bought, waits for the owner, and has the order and the e-mail with it", async () => {
    const order = await ordered("paid");
    const { review, isNew } = await write(order);
    expect(isNew).toBe(true);
    const shown = (await at.site.get(`/reviews/${review.id}`)).body.data;
    expect(shown).toMatchObject({ ...SAID, productId: loaf, orderId: order.id, status: "pending", approved: false });
    expect(shown.email).toBe("ada@example.com");
    expect((await eventsOf(env.DB, review.id)).map(({ type }) => type)).toEqual(["review.created"]);
  });

  it("is written once for a product of an order: who writes another is answered the first, as it is", async () => {
    const order = await ordered("paid");
    const first = await write(order);
    const second = await write(order, { rating: 1, text: "Awful" });
    expect([second.isNew, second.review.id, second.review.rating]).toEqual([false, first.review.id, 4]);
    expect((await write(await ordered("paid"))).isNew).toBe(true);
  });

  it("is one of a hundred that are sent at the same time, and all are answered with it", async () => {
    const order = await ordered("paid");
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => write(order, { rating: 1 + (index % 5), text: `Try ${index}` })),
    );
    expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(answers.map(({ review }) => `${review.id} ${review.text}`)).size).toBe(1);
    expect((await at.site.get("/reviews")).body.pagination.total).toBe(1);
  });

  it.each([
    ["pending", []],
    ["cancelled before it was paid", ["cancelled"]],
    ["cancelled", ["paid", "cancelled"]],
    ["paid back", ["paid", "refunded"]],
  ])("is not taken of an order that is %s", async (_, steps) => {
    const order = await ordered(...steps);
    await expect(write(order)).rejects.toMatchObject({ code: "conflict" });
  });

  it("is not taken when its order is cancelled at the same moment", async () => {
    const order = await ordered("paid");
    await at.site.patch(`/shop/orders/${order.id}`, { status: "cancelled" });
    // What was read before still says that it is paid.
    await expect(write(order)).rejects.toMatchObject({ code: "conflict" });
    expect((await at.site.get("/reviews")).body.pagination.total).toBe(0);
  });

  it.each(["shipped", "delivered", "completed"])("is taken of an order that is %s", async (status) => {
    const steps = { shipped: ["shipped"], delivered: ["shipped", "delivered"], completed: ["completed"] }[status];
    expect((await write(await ordered("paid", ...(steps ?? [])))).isNew).toBe(true);
  });

  it("is of no product that was not in the order", async () => {
    const order = await ordered("paid");
    await expect(write(order, {}, bun)).rejects.toMatchObject({
      details: { fields: { productId: expect.anything() } },
    });
  });

  it("is changed while it waits, and not once it is decided on", async () => {
    const order = await ordered("paid");
    const { review } = await write(order);
    const change = (changes: object) => commit((ctx) => editReview(ctx, order, { id: review.id, changes }));
    expect((await change({ rating: 2, text: "Burnt" })).rating).toBe(2);
    await at.site.patch(`/reviews/${review.id}`, { status: "approved" });
    await expect(change({ rating: 1 })).rejects.toMatchObject({ code: "conflict" });
    const other = await ordered("paid");
    await expect(
      commit((ctx) => editReview(ctx, other, { id: review.id, changes: { rating: 1 } })),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  it("that comes back from the trash does not stand beside another one of its order", async () => {
    const order = await ordered("paid");
    const { review } = await write(order);
    await at.site.delete(`/reviews/${review.id}`);
    expect((await write(order)).isNew).toBe(true);
    expect((await at.site.post(`/trash/${review.id}/restore`, {})).status).toBe(409);
  });
});

describe("settings.shop.reviews", () => {
  const set = (reviews: object) => at.site.patch("", { settings: { shop: { reviews } } });

  it("autoApprove shows reviews of customers as they come, but for those of fewer stars than minimumRating", async () => {
    expect((await set({ autoApprove: true, minimumRating: 3 })).status).toBe(200);
    const good = await write(await ordered("paid"), { rating: 3 });
    const poor = await write(await ordered("paid"), { rating: 2 });
    expect([good.review.status, poor.review.status]).toEqual(["approved", "pending"]);
    const types = (await eventsOf(env.DB, good.review.id)).map(({ type }) => type);
    expect(types).toEqual(["review.created", "review.approved"]);
    expect((await at.site.get(`/shop/products/${loaf}/rating`)).body.data).toMatchObject({ average: 3, count: 1 });
  });

  it.each([
    [{ autoApprove: "yes" }, "settings.shop.reviews.autoApprove"],
    [{ minimumRating: 0 }, "settings.shop.reviews.minimumRating"],
    [{ hide: true }, "settings.shop.reviews.hide"],
  ])("%j is refused, naming %s", async (reviews, field) => {
    const { status, body } = await set(reviews);
    expect([status, Object.keys(body.error.details.fields)]).toEqual([400, [field]]);
  });
});

describe("what visitors see of reviews", () => {
  it("is what is approved, the newest first, page by page, without order and e-mail", async () => {
    for (let n = 1; n <= 5; n += 1) {
      clock.advance(1_000);
      const status = n === 3 ? "pending" : "approved";
      await at.site.create("/reviews", { rating: n, text: `No. ${n}`, author: "Ada", productId: loaf, status });
    }
    await at.site.create("/reviews", { rating: 1, author: "Bo", status: "approved" });
    const db = databaseOf(env, 0);
    const first = await listShownReviews(db, at.siteId, { productId: loaf, limit: 2 });
    expect([first.items.map((it) => it.rating), first.hasMore]).toEqual([[5, 4], true]);
    const next = await listShownReviews(db, at.siteId, { productId: loaf, limit: 2, before: first.items[1]?.id });
    expect([next.items.map((it) => it.rating), next.hasMore]).toEqual([[2, 1], false]);
    expect(JSON.stringify(first)).not.toMatch(/email|orderId|ord_/);
    expect((await listShownReviews(db, at.siteId, { productId: null, limit: 9 })).items).toHaveLength(5);
    const nowhere = await listShownReviews(db, at.siteId, { productId: loaf, limit: 2, before: "rev_x" });
    expect(nowhere.items).toEqual([]);
  });
});

describe("reviews of a product with 100,000 of them", () => {
  it("are shown by reading as many rows as are shown, from the newest and from the middle", async () => {
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
        INSERT INTO reviews (id, workspace_id, environment, site_id, version, created_at, updated_at, product_id, rating,
          text, author, status, approved)
        SELECT printf('rev_%026d', i), ?1, 'live', ?2, 1, i / 7, i / 7, ?3, 1 + i % 5, '', 'Ada',
          iif(i % 2, 'approved', 'rejected'), i % 2 FROM n`,
    )
      .bind(at.workspace.id, at.siteId, loaf)
      .run();
    for (const productId of [loaf, null]) {
      for (const before of [undefined, `rev_${String(50_001).padStart(26, "0")}`]) {
        const cost = await costOf(async (own) => {
          const { items } = await listShownReviews(databaseOf(own, 0), at.siteId, { productId, limit: 10, before });
          expect(items).toHaveLength(10);
        });
        expect([productId, before, cost.rowsRead <= 30, cost.rowsRead]).toEqual([
          productId,
          before,
          true,
          cost.rowsRead,
        ]);
      }
    }
  });
});
