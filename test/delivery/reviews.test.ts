import { beforeEach, describe, expect, it } from "vitest";
import { freshAddress } from "../security/world.ts";
import { call, TestClock } from "../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "../visitors/world.ts";

const clock = new TestClock();
let shop: VisitedSite;
let loaf: string;

const visitor = (method: string, path: string, body?: unknown, address = freshAddress()) =>
  call(method, path, { headers: { "CF-Connecting-IP": address }, ...(body !== undefined && { body }) });

beforeEach(async () => {
  shop = await makeVisitedSite(clock);
  await shop.page({ title: "Home", slug: "home" });
  await shop.publish();
  const made = await shop.ask("POST", "/shop/products", { title: "Rye loaf", price: 650, type: "service" });
  loaf = made.body.data.id;
});

/** A visitor's order: its id and the token of its link. */
async function ordered(isPaid = true): Promise<{ id: string; token: string; reviews: string }> {
  const { body } = await call("POST", `/api/checkout?site=${shop.slug}`, {
    headers: { "CF-Connecting-IP": freshAddress(), "Idempotency-Key": crypto.randomUUID() },
    body: { customerName: "Ada Baker", customerEmail: "ada@example.com", items: [{ productId: loaf }] },
  });
  if (isPaid) await shop.ask("PATCH", `/shop/orders/${body.id}`, { status: "paid" });
  return { id: body.id, token: body.token, reviews: `/api/orders/${body.id}/reviews?token=${body.token}` };
}

const SAID = { rating: 4, title: "Rye", text: "Crust as it should be.", author: "Ada" };
const said = (more: object = {}) => ({ ...SAID, productId: loaf, ...more });
const total = async () => (await shop.ask("GET", "/reviews")).body.pagination.total;

describe("a customer's review by the link of the order", () => {
  it("is written without a key, found where its Location says, and waits for the owner", async () => {
    const order = await ordered();
    const made = await visitor("POST", order.reviews, said());
    expect([made.status, made.body]).toMatchObject([201, { ...SAID, productId: loaf, status: "pending" }]);
    const found = await visitor("GET", made.headers.get("Location") as string);
    expect([found.status, found.body]).toEqual([200, made.body]);
    expect(made.text).not.toContain("ada@example.com");
    expect((await shop.ask("GET", `/reviews/${made.body.id}`)).body.data.orderId).toBe(order.id);
  });

  it("is answered by a second call as it is, and changed by a PATCH while nobody has decided on it", async () => {
    const order = await ordered();
    const made = await visitor("POST", order.reviews, said());
    const again = await visitor("POST", order.reviews, said({ rating: 1 }));
    expect([again.status, again.body]).toEqual([200, made.body]);
    const location = made.headers.get("Location") as string;
    const changed = await visitor("PATCH", location, { rating: 5 });
    expect([changed.status, changed.body.rating, changed.body.text]).toEqual([200, 5, SAID.text]);
    await shop.ask("PATCH", `/reviews/${made.body.id}`, { status: "approved" });
    expect((await visitor("PATCH", location, { rating: 1 })).status).toBe(409);
    expect((await visitor("PATCH", location, { status: "approved" })).status).toBe(422);
  });

  it("is one of a hundred that come at the same moment", async () => {
    const order = await ordered();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => visitor("POST", order.reviews, said({ rating: 1 + (n % 5) }))),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(99);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await total()).toBe(1);
  });

  it("wants the link of that very order: any other is answered as an order that is not there", async () => {
    const [one, two] = [await ordered(), await ordered()];
    const made = await visitor("POST", one.reviews, said());
    const wrong = [
      `/api/orders/${one.id}/reviews?token=${two.token}`,
      `/api/orders/${one.id}/reviews?token=${one.token.slice(0, -1)}`,
      `/api/orders/ord_01KAGW6PSZ0000000000000000/reviews?token=${one.token}`,
    ];
    const answers = await Promise.all(wrong.map((path) => visitor("POST", path, said())));
    for (const { status, body } of answers) expect([status, body.message]).toEqual([404, "Order not found"]);
    const foreign = `/api/orders/${two.id}/reviews/${made.body.id}?token=${two.token}`;
    expect((await visitor("GET", foreign)).status).toBe(404);
    expect((await visitor("PATCH", foreign, { rating: 1 })).status).toBe(404);
    expect(await total()).toBe(1);
  });

  it("is not taken of an order that is not paid, or is paid back", async () => {
    expect((await visitor("POST", (await ordered(false)).reviews, said())).status).toBe(409);
    const order = await ordered();
    await shop.ask("PATCH", `/shop/orders/${order.id}`, { status: "refunded" });
    expect((await visitor("POST", order.reviews, said())).status).toBe(409);
    expect(await total()).toBe(0);
  });

  it.each([
    [{ rating: 6 }, "rating"],
    [{ text: "x".repeat(5_001) }, "text"],
    [{ author: "" }, "author"],
    [{ productId: "prod_01KAGW6PSZ0000000000000000" }, "productId"],
    [{ status: "approved" }, "status"],
    [{ email: "eve@example.com" }, "email"],
  ])("refuses %j, naming %s", async (wrong, field) => {
    const answer = await visitor("POST", (await ordered()).reviews, said(wrong));
    expect([answer.status, Object.keys(answer.body.errors)]).toEqual([422, [field]]);
  });

  it("is counted by address: ten at once, and the eleventh waits, from there alone", async () => {
    const order = await ordered();
    const address = freshAddress();
    for (let n = 0; n < 10; n += 1) {
      const answer = await visitor("POST", order.reviews, said(), address);
      expect(answer.status).toBe(n === 0 ? 201 : 200);
    }
    const denied = await visitor("POST", order.reviews, said(), address);
    expect([denied.status, denied.body.limit_name]).toEqual([429, "checkout"]);
    expect((await visitor("POST", order.reviews, said())).status).toBe(200);
  });

  it("answers pages of any origin", async () => {
    const order = await ordered();
    const made = await visitor("POST", order.reviews, said());
    expect(made.headers.get("Access-Control-Allow-Origin")).toBe("*");
  });
});
