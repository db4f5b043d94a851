import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";

const clock = new TestClock();
let workspace: Workspace;
let headers: Record<string, string>;
let siteId: string;

const ITEM = "/api/backend/item";
const ask = (method: string, query: string, body?: unknown, key = headers) =>
  call(method, `${ITEM}?${query}`, { headers: key, ...(body !== undefined && { body }) });

beforeAll(async () => {
  workspace = await makeWorkspace(clock);
  headers = (await workspace.key()).headers;
  siteId = (await call("POST", "/v1/sites", { headers, body: { name: "Bakery" } })).body.data.id;
});

// A minute refills the key's bucket.
beforeEach(() => clock.advance(60_000));

/** A body that makes an item, and one that changes it. */
const BODIES: Record<string, { make: () => Promise<unknown>; change: Record<string, unknown> }> = {
  pages: { make: async () => ({ title: "Contact" }), change: { title: "Contact us" } },
  blog_articles: { make: async () => ({ title: "Hello", content: "<p>Hi</p>" }), change: { status: "published" } },
  s_products: { make: async () => ({ title: "Loaf", price: 650 }), change: { price: 700 } },
  s_coupons: { make: async () => ({ code: "ten", type: "percentage", value: 10 }), change: { active: false } },
  s_orders: {
    make: async () => {
      const { body } = await ask("POST", "table=s_products", { title: "Roll", price: 80 });
      return { customerName: "Ada", customerEmail: "ada@example.com", items: [{ productId: body.id, quantity: 3 }] };
    },
    change: { status: "paid" },
  },
};

describe.each(Object.entries(BODIES))("table %s", (table, { make, change }) => {
  it(`table ${table} of the item endpoint is created, read, listed, changed and deleted under one address, with its events`, async () => {
    const made = await ask("POST", `table=${table}`, await make());
    expect(made.status).toBe(201);
    const { id } = made.body;
    expect((await ask("GET", `table=${table}&id=${id}`)).body).toEqual(made.body);
    const list = await ask("GET", `table=${table}&per_page=1`);
    expect(list.body).toMatchObject({ items: [made.body], page: 1, per_page: 1 });
    expect(list.body.total).toBeGreaterThan(0);
    const changed = await ask("PATCH", `table=${table}&id=${id}`, change);
    expect(changed).toMatchObject({ status: 200, body: change });
    const removed = await ask("DELETE", `table=${table}&id=${id}`);
    if (table === "s_orders") {
      expect(removed).toMatchObject({ status: 405 });
      expect(removed.headers.get("Allow")).toBe("GET, POST, PATCH");
    } else {
      expect(removed.status).toBe(204);
      expect((await ask("GET", `table=${table}&id=${id}`)).status).toBe(404);
    }
    if (table === "s_coupons") return;
    const { results } = await env.DB.prepare(
      "SELECT type FROM events WHERE workspace_id = ? AND data ->> 'id' = ? ORDER BY seq",
    )
      .bind(workspace.id, id)
      .all<{ type: string }>();
    const kinds = results.map(({ type }) => type.split(".")[1]);
    expect(kinds).toEqual(table === "s_orders" ? ["created", "updated", "paid"] : ["created", "updated", "deleted"]);
  });
});

describe("orders", () => {
  it("orders on the item endpoint are priced by the products, reduced by a coupon, numbered, and cannot skip a step", async () => {
    const product = (await ask("POST", "table=s_products", { title: "Cake", price: 2_500 })).body;
    await ask("POST", "table=s_coupons", { code: "FIRST", type: "percentage", value: 15, maxUses: 1 });
    const body = {
      customerName: "Ada",
      customerEmail: "ada@example.com",
      items: [{ productId: product.id, quantity: 2 }],
      couponCode: "first",
    };
    const [one, two] = await Promise.all([ask("POST", "table=s_orders", body), ask("POST", "table=s_orders", body)]);
    expect([one.status, two.status].sort()).toEqual([201, 409]);
    const order = (one.status === 201 ? one : two).body;
    expect(order).toMatchObject({
      subtotal: 5_000,
      discount: 750,
      total: 4_250,
      couponCode: "FIRST",
      status: "pending",
    });
    expect((await ask("PATCH", `table=s_orders&id=${order.id}`, { status: "delivered" })).status).toBe(409);
    for (const status of ["paid", "shipped", "delivered", "completed"]) {
      expect((await ask("PATCH", `table=s_orders&id=${order.id}`, { status })).status).toBe(200);
    }
  });

  it("orders on the item endpoint made at the same time get numbers of their own", async () => {
    const product = (await ask("POST", "table=s_products", { title: "Bun", price: 90 })).body;
    const body = { customerName: "Bo", customerEmail: "bo@example.com", items: [{ productId: product.id }] };
    const made = await Promise.all(Array.from({ length: 8 }, () => ask("POST", "table=s_orders", body)));
    expect(new Set(made.map((it) => it.body.number)).size).toBe(8);
  });

  it("orders on the item endpoint are found by their number, as on the Content API, also by who may not see whose they are", async () => {
    const product = (await ask("POST", "table=s_products", { title: "Tart", price: 410 })).body;
    const body = { customerName: "Cy", customerEmail: "cy@example.com", items: [{ productId: product.id }] };
    const order = (await ask("POST", "table=s_orders", body)).body;
    const blind = await workspace.key({ accessType: "integrations", attributes: ["birthday"] });
    for (const key of [headers, blind.headers]) {
      const { items } = (await ask("GET", `table=s_orders&search=${order.number}`, undefined, key)).body;
      expect(items.map((it: { id: string }) => it.id)).toEqual([order.id]);
    }
    const { data } = (await call("GET", `/v1/sites/${siteId}/shop/orders?search=${order.number}`, { headers })).body;
    expect(data.map((it: { id: string }) => it.id)).toEqual([order.id]);
  });

  it("orders on the item endpoint hide personal attributes from keys that may not see them, in answers, searches and writes", async () => {
    await ask("POST", "table=s_orders", await BODIES.s_orders?.make());
    const limited = await workspace.key({ accessType: "integrations", attributes: ["customerEmail"] });
    const { body } = await ask("GET", "table=s_orders&per_page=1", undefined, limited.headers);
    expect(Object.keys(body.items[0])).toContain("customerEmail");
    expect(Object.keys(body.items[0])).not.toContain("customerName");
    expect((await ask("GET", "table=s_orders&search=Ada", undefined, limited.headers)).body.total).toBeLessThanOrEqual(
      (await ask("GET", "table=s_orders&search=ada@", undefined, limited.headers)).body.total,
    );
    const blind = await workspace.key({ accessType: "integrations", attributes: ["birthday"] });
    expect((await ask("GET", "table=s_orders&search=Ada", undefined, blind.headers)).body.total).toBe(0);
    const changed = await ask("PATCH", `table=s_orders&id=${body.items[0].id}`, { note: "x" }, limited.headers);
    expect(changed.body).not.toHaveProperty("customerName");
  });
});

describe("rights of document 004", () => {
  it("rights of document 004: an order exporter reads orders and nothing else", async () => {
    const rights = [{ endpoint: ITEM, methods: ["GET" as const], query: { table: "s_orders" } }];
    const { headers: exporter } = await workspace.key({ rights, scopes: null } as never);
    expect((await ask("GET", "table=s_orders", undefined, exporter)).status).toBe(200);
    expect((await ask("GET", "table=pages", undefined, exporter)).status).toBe(401);
    expect((await ask("POST", "table=s_orders", {}, exporter)).status).toBe(401);
    expect((await call("GET", "/api/pages", { headers: exporter })).status).toBe(401);
  });

  it("rights of document 004: a scope is asked for by table", async () => {
    const { headers: reader } = await workspace.key({ scopes: ["posts:read"] });
    expect((await ask("GET", "table=blog_articles", undefined, reader)).status).toBe(200);
    const refused = await ask("GET", "table=s_orders", undefined, reader);
    expect(refused).toMatchObject({ status: 401, body: { error: "unauthorized", required_scope: "ecommerce:read" } });
  });
});

describe("bad input", () => {
  it.each([
    ["GET", "table=users", "table"],
    ["GET", "", "table"],
    ["GET", "table=pages&colour=red", "colour"],
    ["GET", "table=pages&sort=price", "sort"],
    ["PATCH", "table=pages", "id"],
    ["DELETE", "table=s_products", "id"],
  ])("the item endpoint refuses bad input: %s ?%s names %s", async (method, query, field) => {
    const { status, body } = await ask(method, query, method === "PATCH" ? { title: "x" } : undefined);
    expect(status).toBe(422);
    expect(Object.keys(body.errors)).toEqual([field]);
  });

  it("menu and settings are changed, not created", async () => {
    expect((await ask("POST", "table=menu", {})).status).toBe(405);
    expect((await ask("PATCH", "table=settings", { name: "Bakery II" })).body.name).toBe("Bakery II");
    expect((await ask("GET", "table=settings&id=site_another")).status).toBe(404);
    expect((await ask("PATCH", "table=settings&id=site_another", { name: "Theirs" })).status).toBe(404);
    const page = (await ask("POST", "table=pages", { title: "Prices" })).body;
    const entry = await ask("PATCH", `table=menu&id=${page.id}`, { navigation: { label: "What it costs" } });
    expect(entry.body).toMatchObject({ id: page.id, navigation: { label: "What it costs" } });
    expect((await ask("PATCH", `table=menu&id=${page.id}`, { title: "no" })).body.errors).toHaveProperty("title");
  });
});
