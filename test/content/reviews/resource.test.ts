import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { Client, eventsOf, makeSite, type TestSite } from "../../support/client.ts";
import { TestClock } from "../../support/fixtures.ts";

const clock = new TestClock();
let at: TestSite;
let productId: string;

const REVIEW = { rating: 4, text: "Crust as it should be.", author: "Ada Baker" };

beforeEach(async () => {
  at = await makeSite(clock);
  productId = (await at.site.create("/shop/products", { title: "Loaf", price: 650 })).id;
});

describe("reviews", () => {
  it("a review has the published fields: id, rating, text, author, approved and createdAt", async () => {
    const made = await at.site.create("/reviews", { ...REVIEW, productId });
    expect(made).toMatchObject({ ...REVIEW, id: expect.stringMatching(/^rev_/), approved: false });
    expect(made.createdAt).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(made).toMatchObject({ status: "pending", orderId: null, title: null, answer: null, answeredAt: null });
  });

  it("reviews are listed by where they stand: all of them unless it is said, with exact totals", async () => {
    for (const status of ["pending", "pending", "approved", "rejected"])
      await at.site.create("/reviews", { ...REVIEW, status });
    const total = async (query: string) => (await at.site.get(`/reviews?${query}`)).body.pagination.total;
    expect([await total(""), await total("status=all")]).toEqual([4, 4]);
    for (const [status, n] of [
      ["pending", 2],
      ["approved", 1],
      ["rejected", 1],
    ] as const) {
      const { body } = await at.site.get(`/reviews?status=${status}`);
      expect([status, body.pagination.total, body.data.length]).toEqual([status, n, n]);
      expect(body.data.every((it: { approved: boolean }) => it.approved === (status === "approved"))).toBe(true);
    }
    expect((await at.site.get("/reviews?status=hidden")).status).toBe(400);
  });

  it("reviews are found by their product, their stars and their words", async () => {
    const one = await at.site.create("/reviews", { ...REVIEW, productId });
    const two = await at.site.create("/reviews", { ...REVIEW, rating: 1, title: "Burnt" });
    const ids = async (query: string) =>
      (await at.site.get(`/reviews?${query}`)).body.data.map(({ id }: { id: string }) => id);
    expect(await ids(`productId=${productId}`)).toEqual([one.id]);
    expect([await ids("rating=1"), await ids("rating=4"), await ids("rating=3")]).toEqual([[two.id], [one.id], []]);
    expect(await ids("search=BURNT")).toEqual([two.id]);
    expect((await at.site.get("/reviews?rating=6")).status).toBe(400);
  });

  it("a review is answered with the moment of the answer, which stays when the same answer is sent again", async () => {
    const { id } = await at.site.create("/reviews", REVIEW);
    const answered = (await at.site.patch(`/reviews/${id}`, { answer: "Thank you!" })).body.data;
    expect(answered).toMatchObject({ answer: "Thank you!", answeredAt: new Date(clock.time).toISOString() });
    clock.advance(60_000);
    const same = (await at.site.patch(`/reviews/${id}`, { answer: "Thank you!", status: "approved" })).body.data;
    expect([same.answeredAt, same.approved]).toEqual([answered.answeredAt, true]);
    const other = (await at.site.patch(`/reviews/${id}`, { answer: "Thanks." })).body.data;
    expect(other.answeredAt).toBe(new Date(clock.time).toISOString());
    const none = (await at.site.patch(`/reviews/${id}`, { answer: null })).body.data;
    expect([none.answer, none.answeredAt]).toEqual([null, null]);
  });

  it.each([
    [{ rating: 0 }, "rating"],
    [{ rating: 6 }, "rating"],
    [{ rating: 4.5 }, "rating"],
    [{ text: "a\u0007b" }, "text"],
    [{ text: "x".repeat(5_001) }, "text"],
    [{ author: "\u202eadA" }, "author"],
    [{ author: " " }, "author"],
    [{ title: "one\ntwo" }, "title"],
    [{ answer: "" }, "answer"],
    [{ status: "shown" }, "status"],
    [{ productId: "prod_01KAGW6PSZ0000000000000000" }, "productId"],
    [{ orderId: "ord_01KAGW6PSZ0000000000000000" }, "orderId"],
    [{ approved: true }, "approved"],
  ])("a review refuses %j, naming %s", async (wrong, field) => {
    const { status, body } = await at.site.post("/reviews", { ...REVIEW, ...wrong });
    expect(status).toBe(400);
    expect(Object.keys(body.error.details.fields)).toEqual([field]);
  });

  it("what a review says is not rewritten by the owner", async () => {
    const { id } = await at.site.create("/reviews", REVIEW);
    for (const change of [{ rating: 5 }, { text: "Best ever" }, { author: "Bo" }, { productId }, { title: "Best" }]) {
      const refused = await at.site.patch(`/reviews/${id}`, change);
      expect([change, refused.status]).toEqual([change, 400]);
    }
  });

  it("a review outlives its product", async () => {
    const { id } = await at.site.create("/reviews", { ...REVIEW, productId });
    await at.site.delete(`/shop/products/${productId}`);
    expect((await at.site.get(`/reviews/${id}`)).body.data.productId).toBe(productId);
    expect((await at.site.patch(`/reviews/${id}`, { status: "approved" })).status).toBe(200);
  });

  it("author and e-mail are left out for keys of integrations that may not see them, and not found by either", async () => {
    const email = "ada@example.com";
    const { id } = await at.site.create("/reviews", { ...REVIEW, email });
    const settings = { accessType: "integrations", attributes: ["review:rating"], scopes: ["ecommerce:read"] } as never;
    const key = await at.workspace.key(settings);
    const other = new Client(clock, key.headers).at(`/sites/${at.siteId}`);
    const seen = (await other.get(`/reviews/${id}`)).body.data;
    expect(seen).not.toHaveProperty("email");
    expect((await other.get("/reviews?search=ada")).body.data).toEqual([]);
    expect((await at.site.get("/reviews?search=ada")).body.data).toHaveLength(1);
  });
});

describe("events of reviews", () => {
  it("review.approved is announced once for each time a review becomes approved, after what made it so", async () => {
    const { id } = await at.site.create("/reviews", REVIEW);
    await at.site.patch(`/reviews/${id}`, { status: "approved" });
    await at.site.patch(`/reviews/${id}`, { answer: "Thank you!" });
    await at.site.patch(`/reviews/${id}`, { status: "rejected" });
    await at.site.patch(`/reviews/${id}`, { status: "approved" });
    await at.site.delete(`/reviews/${id}`);
    const types = (await eventsOf(env.DB, id)).map(({ type }) => type.replace("review.", ""));
    expect(types).toEqual(["created", "updated", "approved", "updated", "updated", "updated", "approved", "deleted"]);
    const born = await at.site.create("/reviews", { ...REVIEW, status: "approved" });
    expect((await eventsOf(env.DB, born.id)).map(({ type }) => type)).toEqual(["review.created", "review.approved"]);
  });

  it("what is announced of a review is what its GET shows", async () => {
    const { id } = await at.site.create("/reviews", { ...REVIEW, productId, email: "ada@example.com" });
    await at.site.patch(`/reviews/${id}`, { status: "approved", answer: "Thank you!" });
    const shown = (await at.site.get(`/reviews/${id}`)).body.data;
    expect((await eventsOf(env.DB, id)).at(-1)).toEqual({ type: "review.approved", data: shown });
  });
});

describe("versions of reviews", () => {
  it("an earlier version of a review brings back where it stood, and its rating counts or not accordingly", async () => {
    const { id } = await at.site.create("/reviews", { ...REVIEW, productId, status: "approved" });
    await at.site.patch(`/reviews/${id}`, { status: "rejected" });
    const count = async () => (await at.site.get(`/shop/products/${productId}/rating`)).body.data.count;
    expect(await count()).toBe(0);
    const restored = await at.site.post(`/reviews/${id}/versions/1/restore`, {});
    expect([restored.status, restored.body.data?.approved, await count()]).toEqual([200, true, 1]);
    await at.site.delete(`/reviews/${id}`);
    expect(await count()).toBe(0);
    expect((await at.site.post(`/trash/${id}/restore`, {})).status).toBe(200);
    expect(await count()).toBe(1);
  });
});
