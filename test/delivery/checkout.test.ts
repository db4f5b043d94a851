import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { call, TestClock } from "../support/fixtures.ts";
import { freshAddress } from "../security/world.ts";
import { makeVisitedSite, type VisitedSite } from "../visitors/world.ts";

const clock = new TestClock();
let shop: VisitedSite;
let loaf: string;

const ADDRESS = { line1: "Keizersgracht 1", postalCode: "1015 CN", city: "Amsterdam", country: "NL" };

/** A visitor's call, from an address of its own unless told otherwise. */
const visitor = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  call(method, path, {
    headers: { "CF-Connecting-IP": freshAddress(), ...headers },
    ...(body !== undefined && { body }),
  });

const order = (more: Record<string, unknown> = {}) => ({
  customerName: "Ada Baker",
  customerEmail: "ada@example.com",
  shippingAddress: ADDRESS,
  items: [{ productId: loaf, quantity: 2 }],
  ...more,
});

const checkout = (body: unknown, key: string = crypto.randomUUID(), headers: Record<string, string> = {}) =>
  visitor("POST", `/api/checkout?site=${shop.slug}`, body, { "Idempotency-Key": key, ...headers });

const product = async (body: Record<string, unknown>): Promise<string> =>
  (await shop.ask("POST", "/shop/products", { title: "Rye", price: 650, ...body })).body.data.id;

const ordersOf = async () => (await shop.ask("GET", "/shop/orders")).body.data;
const stockOf = async (id: string) => (await shop.ask("GET", `/shop/products/${id}`)).body.data.stock;

beforeEach(async () => {
  shop = await makeVisitedSite(clock);
  await shop.page({ title: "Home", slug: "home" });
  await shop.publish();
  loaf = await product({ title: "Rye loaf", stock: 10 });
});

describe("a visitor's order", () => {
  it("an order is placed without a key, takes its stock, and is opened by its link", async () => {
    const placed = await checkout(order());
    expect(placed.status).toBe(201);
    expect(placed.body).toMatchObject({ number: 1, status: "pending", total: 1_300, canCancel: true });
    expect(placed.body.payment).toMatchObject({ due: 1_300, links: [] });
    expect(await stockOf(loaf)).toBe(8);
    const url = new URL(placed.body.url);
    expect(url.pathname).toBe(`/s/${shop.slug}/shop/orders/${placed.body.id}`);
    const seen = await visitor("GET", placed.headers.get("Location") as string);
    expect(seen.status).toBe(200);
    expect(seen.body).toEqual(placed.body);
    expect((await ordersOf()).map((it: { id: string }) => it.id)).toEqual([placed.body.id]);
  });

  it("one Idempotency-Key used fifty times at once is one order, and all callers are given it", async () => {
    const key = crypto.randomUUID();
    const answers = await Promise.all(Array.from({ length: 50 }, () => checkout(order(), key)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await ordersOf()).toHaveLength(1);
    expect(await stockOf(loaf)).toBe(8);
  });

  it("what is sold in variants is ordered as one of them: not at the product's price, nor past their stock", async () => {
    const { data } = (
      await shop.ask("POST", "/shop/products", {
        title: "Cake",
        price: 1,
        variants: [{ title: "Large", price: 4_000, stock: 1 }],
      })
    ).body;
    const items = [{ productId: loaf }, { productId: data.id }];
    const refused = await checkout(order({ items }));
    expect(refused.status).toBe(422);
    expect(Object.keys(refused.body.errors)).toEqual(["items.1.variantId"]);
    expect(await ordersOf()).toEqual([]);
    const [large] = data.variants;
    const placed = await checkout(order({ items: [{ productId: data.id, variantId: large.id }] }));
    expect([placed.status, placed.body.total]).toEqual([201, 4_000]);
  });

  it("an order that comes to nothing is paid as soon as it is placed, and has what was bought", async () => {
    const book = await product({ title: "Book", type: "digital", downloadUrl: "/files/book.pdf" });
    await shop.ask("POST", "/shop/coupons", { code: "GIFT", type: "percentage", value: 100 });
    const { body } = await checkout(order({ items: [{ productId: book }], couponCode: "GIFT" }));
    expect(body).toMatchObject({ status: "paid", total: 0, paidAmount: 0, holdUntil: null, canCancel: false });
    expect(body.downloads).toMatchObject([{ productId: book, url: "/files/book.pdf" }]);
    const told = await env.DB.prepare("SELECT type FROM events WHERE site_id = ?1 AND type LIKE 'order.%' ORDER BY seq")
      .bind(shop.id)
      .all<{ type: string }>();
    expect(told.results.map(({ type }) => type)).toEqual(["order.created", "order.paid"]);
    expect((await shop.ask("PATCH", `/shop/orders/${body.id}`, { status: "completed" })).status).toBe(200);
  });

  it("another order under the same key is refused, and told nothing of the first", async () => {
    await checkout(order(), "key-1");
    const changes = [
      { customerEmail: "eve@example.com" },
      { customerName: "Eve" },
      { items: [{ productId: loaf, quantity: 3 }] },
      { shippingAddress: { ...ADDRESS, line1: "Elsewhere 2" } },
      { note: "Ring twice" },
    ];
    for (const change of changes) {
      const answer = await checkout(order(change), "key-1");
      expect(answer.status).toBe(422);
      expect(answer.body.error).toBe("idempotency_key_reused");
      expect(answer.text).not.toContain("token");
    }
    expect(await ordersOf()).toHaveLength(1);
  });

  it("of two checkouts that stock is left for one by one but not together, the loser leaves no order behind", async () => {
    const answers = await Promise.all([1, 2].map(() => checkout(order({ items: [{ productId: loaf, quantity: 6 }] }))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const [refused] = answers.filter(({ status }) => status === 409);
    expect(refused?.body.errors).toHaveProperty(["items.0.quantity"]);
    expect(await ordersOf()).toHaveLength(1);
    expect(await stockOf(loaf)).toBe(4);
  });

  it("what is left out or wrong is named by its field, and nothing is placed", async () => {
    const cases: [Record<string, unknown>, string][] = [
      [{ customerName: " " }, "customerName"],
      [{ customerEmail: "ada" }, "customerEmail"],
      [{ items: [] }, "items"],
      [{ items: [{ productId: "prod_nothing" }] }, "items.0.productId"],
      [{ couponCode: "NONE" }, "couponCode"],
      [{ shippingAddress: null }, "shippingAddress"],
      [{ shippingAddress: { ...ADDRESS, country: "nl" } }, "shippingAddress.country"],
      [{ status: "paid" }, "status"],
      [{ checkoutKey: "x" }, "checkoutKey"],
    ];
    for (const [change, field] of cases) {
      const answer = await checkout(order(change));
      expect([answer.status, Object.keys(answer.body.errors)]).toEqual([422, [field]]);
    }
    const { status, body } = await visitor("POST", `/api/checkout?site=${shop.slug}`, order());
    expect([status, Object.keys(body.errors)]).toEqual([422, ["Idempotency-Key"]]);
    expect(await ordersOf()).toEqual([]);
    expect(await stockOf(loaf)).toBe(10);
  });

  it("an order that is not what was shown is refused", async () => {
    const answer = await checkout(order({ expectedTotal: 1_200 }));
    expect([answer.status, Object.keys(answer.body.errors)]).toEqual([409, ["expectedTotal"]]);
    expect((await checkout(order({ expectedTotal: 1_300 }))).status).toBe(201);
  });

  it("terms that a website's settings name are to be accepted", async () => {
    await call("PATCH", `/v1/sites/${shop.id}`, {
      headers: shop.headers,
      body: { settings: { shop: { checkout: { termsUrl: "/terms" } } } },
    });
    const answer = await checkout(order());
    expect([answer.status, Object.keys(answer.body.errors)]).toEqual([422, ["acceptTerms"]]);
    expect((await checkout(order({ acceptTerms: true }))).status).toBe(201);
  });

  it("a website that is not published, is taken back, or is of the sandbox has no checkout", async () => {
    const draft = await makeVisitedSite(clock);
    const sandbox = await shop.workspace.key({ environment: "sandbox" });
    const made = await call("POST", "/v1/sites", { headers: sandbox.headers, body: { name: "Sandbox" } });
    const of = async (site: string) => {
      const cart = await visitor("POST", `/api/shop/cart?site=${site}`, { items: [{ productId: loaf }] });
      const headers = { "Idempotency-Key": crypto.randomUUID() };
      const placed = await visitor("POST", `/api/checkout?site=${site}`, order(), headers);
      return [cart.status, placed.status];
    };
    const placed = await checkout(order());
    expect(await of(draft.slug)).toEqual([404, 404]);
    expect(await of(made.body.data.id)).toEqual([404, 404]);
    expect(await of("nowhere")).toEqual([404, 404]);
    await call("PATCH", `/v1/sites/${shop.id}`, { headers: shop.headers, body: { status: "archived" } });
    clock.advance(1_001);
    expect(await of(shop.slug)).toEqual([404, 404]);
    expect((await visitor("GET", placed.headers.get("Location") as string)).status).toBe(404);
  });

  it("what another website sells cannot be ordered here", async () => {
    const other = await makeVisitedSite(clock);
    const { body } = await other.ask("POST", "/shop/products", { title: "Rye", price: 650 });
    const answer = await checkout(order({ items: [{ productId: body.data.id }] }));
    expect([answer.status, Object.keys(answer.body.errors)]).toEqual([422, ["items.0.productId"]]);
  });
});

describe("the link of an order", () => {
  it("a link that is wrong, cut, of another order or of another website opens nothing", async () => {
    const [first, second] = [await checkout(order()), await checkout(order())];
    const { id, token } = first.body;
    const others = [second.body.token, token.slice(0, -1), `${token}A`, "1.AAAA", "x", `9.${token.slice(2)}`];
    for (const it of others) {
      for (const [method, path] of [
        ["GET", `/api/orders/${id}`],
        ["POST", `/api/orders/${id}/cancel`],
      ] as const) {
        expect((await visitor(method, `${path}?token=${encodeURIComponent(it)}`)).status).toBe(404);
      }
    }
    expect((await visitor("GET", `/api/orders/${id}`)).status).toBe(422);
    expect((await visitor("GET", `/api/orders/ord_nothing?token=${token}`)).status).toBe(404);
  });

  it("its customer cancels an order that is not paid: its stock comes back, once", async () => {
    const { body } = await checkout(order());
    const path = `/api/orders/${body.id}/cancel?token=${body.token}`;
    const answers = await Promise.all([visitor("POST", path), visitor("POST", path), visitor("POST", path)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers[0]?.body).toMatchObject({ status: "cancelled", canCancel: false, payment: { due: 0 } });
    expect(await stockOf(loaf)).toBe(10);
  });

  it("an order that is paid is not cancelled by its customer", async () => {
    const { body } = await checkout(order());
    await shop.ask("PATCH", `/shop/orders/${body.id}`, { status: "paid" });
    const answer = await visitor("POST", `/api/orders/${body.id}/cancel?token=${body.token}`);
    expect([answer.status, Object.keys(answer.body.errors)]).toEqual([409, ["status"]]);
    const seen = await visitor("GET", `/api/orders/${body.id}?token=${body.token}`);
    expect(seen.body).toMatchObject({ status: "paid", canCancel: false });
  });
});

describe("the bucket of a visitor's address", () => {
  it("500 checkouts at once from one address hold its bucket, and slow nobody else", async () => {
    const headers = { "CF-Connecting-IP": "192.0.2.77" };
    const crowd = Array.from({ length: 500 }, () =>
      checkout(order({ items: [{ productId: loaf }] }), undefined, headers),
    );
    const others = Array.from({ length: 5 }, () => checkout(order({ items: [{ productId: loaf }] })));
    const [answers, free] = await Promise.all([Promise.all(crowd), Promise.all(others)]);
    const denied = answers.filter(({ status }) => status === 429);
    expect(denied).toHaveLength(490);
    expect(denied[0]?.body).toMatchObject({ error: "rate_limited", limit_name: "checkout", limit_scope: "ip" });
    expect(Number(denied[0]?.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect([...free, ...answers.filter(({ status }) => status !== 429)].map(({ status }) => status).sort()).toEqual([
      ...Array.from({ length: 10 }, () => 201),
      ...Array.from({ length: 5 }, () => 409),
    ]);
    expect(await stockOf(loaf)).toBe(0);
  });
});

it("a visitor's audit entries and events are of the website's workspace", async () => {
  await checkout(order());
  const rows = await env.DB.prepare(
    "SELECT actor, workspace_id FROM audit_log WHERE action = 'order.created' ORDER BY rowid DESC LIMIT 1",
  ).all();
  expect(rows.results).toEqual([{ actor: "visitor", workspace_id: shop.workspace.id }]);
});
