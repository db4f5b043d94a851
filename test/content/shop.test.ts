import { beforeEach, describe, expect, it } from "vitest";
import { stepProblem } from "../../src/content/shop/orders/status.ts";
import { ORDER_STATUSES } from "../../src/content/shop/orders/table.ts";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";

const clock = new TestClock();
let workspace: Workspace;
let headers: Record<string, string>;
let shop: string;

const ask = (method: string, path: string, body?: unknown, more: Record<string, string> = {}) =>
  call(method, shop + path, { headers: { ...headers, ...more }, ...(body !== undefined && { body }) });

/** An order of Bo's for one product. */
async function order(): Promise<string> {
  const { id: productId } = (await ask("POST", "/products", { title: "Bun", price: 90 })).body.data;
  const body = { customerName: "Bo", customerEmail: "bo@example.com", items: [{ productId, quantity: 1 }] };
  return (await ask("POST", "/orders", body)).body.data.id;
}

beforeEach(async () => {
  workspace = await makeWorkspace(clock);
  headers = (await workspace.key()).headers;
  const { body } = await call("POST", "/v1/sites", { headers, body: { name: "Bakery" } });
  shop = `/v1/sites/${body.data.id}/shop`;
});

describe("products", () => {
  it("products have a slug of their own, and at most one may have a SKU", async () => {
    const one = await ask("POST", "/products", { title: "Loaf", price: 650, sku: "L-1" });
    const two = await ask("POST", "/products", { title: "Loaf", price: 700 });
    expect([one.body.data.slug, two.body.data.slug]).toEqual(["loaf", "loaf-2"]);
    const taken = await ask("POST", "/products", { title: "Other", price: 1, sku: "L-1" });
    expect(taken).toMatchObject({ status: 409, body: { error: { details: { fields: { sku: expect.anything() } } } } });
    expect((await ask("PATCH", `/products/${two.body.data.id}`, { slug: "loaf" })).status).toBe(409);
  });

  it("products keep the ids of variants that are named, and refuse those of others", async () => {
    const made = await ask("POST", "/products", {
      title: "Cake",
      price: 2_000,
      variants: [{ title: "Small" }, { title: "Large", price: 3_000 }],
    });
    const { id, variants } = made.body.data;
    const kept = { id: variants[1].id, title: "Very large", price: 3_500 };
    const changed = await ask("PATCH", `/products/${id}`, { variants: [kept, { title: "Tiny" }] });
    expect(changed.body.data.variants).toMatchObject([{ ...kept, stock: null }, { title: "Tiny" }]);
    const foreign = await ask("PATCH", `/products/${id}`, { variants: [{ id: "var_x", title: "No" }] });
    expect(foreign.body.error.details.fields).toHaveProperty(["variants.0.id"]);
    const twice = await ask("PATCH", `/products/${id}`, { variants: [kept, kept] });
    expect(twice.body.error.details.fields).toHaveProperty(["variants.1.id"]);
  });

  it("products are listed by what is sold, category and words, with exact totals", async () => {
    const { id } = (await ask("POST", "/products", { title: "Old bread", price: 1, category: "bread", active: false }))
      .body.data;
    const total = async (query: string) => (await ask("GET", `/products?${query}`)).body.pagination.total;
    const [all, active, inactive] = [await total(""), await total("active=true"), await total("active=false")];
    expect([all, inactive]).toEqual([active + inactive, 1]);
    for (const category of ["bread", "BREAD", "bre\u0301ad"]) expect(await total(`category=${category}`)).toBe(1);
    expect(await total("search=OLD")).toBe(1);
    await ask("PATCH", `/products/${id}`, { active: true });
    expect(await total("active=false")).toBe(0);
    await ask("DELETE", `/products/${id}`);
    expect(await total("")).toBe(all - 1);
  });

  it.each([
    [{ price: -1 }, "price"],
    [{ price: 6.5 }, "price"],
    [{ currency: "EURO" }, "currency"],
    [{ stock: -1 }, "stock"],
    [{ images: ["javascript:alert(1)"] }, "images.0"],
    [{ type: "magic" }, "type"],
    [{ colour: "red" }, "colour"],
  ])("products refuse %j, naming %s", async (wrong, field) => {
    const { status, body } = await ask("POST", "/products", { title: "Loaf", price: 650, ...wrong });
    expect(status).toBe(400);
    expect(Object.keys(body.error.details.fields)).toEqual([field]);
  });
});

describe("coupons", () => {
  it("coupons hold their rules whichever fields are sent", async () => {
    const make = (body: Record<string, unknown>) =>
      ask("POST", "/coupons", { code: "RULES", type: "percentage", value: 10, ...body });
    const fieldsOf = async (body: Record<string, unknown>) => Object.keys((await make(body)).body.error.details.fields);
    expect(await fieldsOf({ value: 101 })).toEqual(["value"]);
    expect(await fieldsOf({ type: "fixed", value: 500 })).toEqual(["currency"]);
    expect(await fieldsOf({ startsAt: "2027-01-02T00:00:00Z", expiresAt: "2027-01-01T00:00:00Z" })).toEqual([
      "expiresAt",
    ]);
    const { id } = (await make({})).body.data;
    expect((await make({})).status).toBe(409);
    expect((await ask("PATCH", `/coupons/${id}`, { value: 150 })).body.error.details.fields).toHaveProperty("value");
    expect((await ask("PATCH", `/coupons/${id}`, { type: "fixed" })).body.error.details.fields).toHaveProperty(
      "currency",
    );
  });

  it("coupons take off what they say while they are valid, and never more than the order", async () => {
    const { id: productId } = (await ask("POST", "/products", { title: "Bun", price: 333 })).body.data;
    await ask("POST", "/coupons", { code: "FIVER", type: "fixed", value: 500, currency: "EUR" });
    await ask("POST", "/coupons", { code: "DOLLAR", type: "fixed", value: 500, currency: "USD" });
    await ask("POST", "/coupons", { code: "LATER", type: "percentage", value: 50, startsAt: "2030-01-01T00:00:00Z" });
    await ask("POST", "/coupons", { code: "BIG", type: "percentage", value: 50, minimumAmount: 1_000 });
    const order = (couponCode: string, quantity = 1) =>
      ask("POST", "/orders", {
        customerName: "Ada",
        customerEmail: "ada@example.com",
        items: [{ productId, quantity }],
        couponCode,
      });
    expect((await order("fiver")).body.data).toMatchObject({ subtotal: 333, discount: 333, total: 0 });
    expect((await order("ｆｉｖｅｒ")).body.data).toMatchObject({ couponCode: "FIVER", discount: 333 });
    expect((await order("BIG", 4)).body.data).toMatchObject({ subtotal: 1_332, discount: 666 });
    for (const code of ["DOLLAR", "LATER", "BIG", "NOPE"]) {
      const refused = await order(code);
      expect(refused.status).toBe(400);
      expect(refused.body.error.details.fields).toHaveProperty("couponCode");
    }
  });
});

describe("orders", () => {
  it("orders go only where an order can go", () => {
    const steps = ORDER_STATUSES.flatMap((from) =>
      ORDER_STATUSES.filter((to) => from !== to && stepProblem(from, to, true) === null).map((to) => `${from} ${to}`),
    );
    expect(steps).not.toContain("pending refunded");
    expect(steps.filter((step) => step.startsWith("refunded"))).toEqual([]);
    expect(steps).toContain("paid shipped");
  });

  it("orders are refunded, by whatever way they came, only if they were paid", async () => {
    const [unpaid, paid] = [await order(), await order()];
    await ask("PATCH", `/orders/${paid}`, { status: "paid" });
    for (const id of [unpaid, paid]) await ask("PATCH", `/orders/${id}`, { status: "cancelled" });
    expect((await ask("PATCH", `/orders/${unpaid}`, { status: "refunded" })).status).toBe(409);
    const refunded = await ask("PATCH", `/orders/${paid}`, { status: "refunded" });
    expect(refunded).toMatchObject({ status: 200, body: { data: { status: "refunded", paidAt: expect.any(String) } } });
    expect((await ask("GET", `/orders/${unpaid}`)).body.data.paidAt).toBeNull();
  });

  it("orders give their coupon's use back when they are cancelled, once, whatever its code is called by then", async () => {
    const { id: productId } = (await ask("POST", "/products", { title: "Pie", price: 500 })).body.data;
    const coupon = (await ask("POST", "/coupons", { code: "ONCE", type: "percentage", value: 10, maxUses: 1 })).body
      .data;
    const buy = (couponCode: string) =>
      ask("POST", "/orders", {
        customerName: "Bo",
        customerEmail: "bo@example.com",
        items: [{ productId }],
        couponCode,
      });
    const first = await buy("ONCE");
    expect((await buy("ONCE")).status).toBe(409);
    await ask("PATCH", `/coupons/${coupon.id}`, { code: "TWICE" });
    for (let time = 0; time < 2; time += 1)
      await ask("PATCH", `/orders/${first.body.data.id}`, { status: "cancelled" });
    expect((await ask("GET", `/coupons/${coupon.id}`)).body.data.uses).toBe(0);
    expect((await buy(" twice ")).body.data).toMatchObject({ couponCode: "TWICE", discount: 50 });
  });

  it("orders keep what was ordered when the product changes or goes", async () => {
    const { id: productId } = (await ask("POST", "/products", { title: "Roll", price: 80 })).body.data;
    const items = [{ productId, quantity: 5 }];
    const made = await ask("POST", "/orders", { customerName: "Bo", customerEmail: "bo@example.com", items });
    await ask("PATCH", `/products/${productId}`, { price: 90, title: "Roll 2" });
    await ask("DELETE", `/products/${productId}`);
    const { id } = made.body.data;
    expect((await ask("GET", `/orders/${id}`)).body.data.items).toEqual(made.body.data.items);
    const gone = await ask("POST", "/orders", { customerName: "Bo", customerEmail: "bo@example.com", items });
    expect(gone.body.error.details.fields).toHaveProperty(["items.0.productId"]);
  });

  it("orders never come to more than can be told exactly", async () => {
    const { id: productId } = (await ask("POST", "/products", { title: "Palace", price: 9_999_999_999 })).body.data;
    const order = { customerName: "Bo", customerEmail: "bo@example.com", items: [{ productId, quantity: 9_999 }] };
    expect((await ask("POST", "/orders", order)).body.error.details.fields).toHaveProperty("items");
  });

  it("orders of another site are not found, and neither are another tenant's", async () => {
    const id = await order();
    const other = (await call("POST", "/v1/sites", { headers, body: { name: "Other" } })).body.data.id;
    expect((await call("GET", `/v1/sites/${other}/shop/orders/${id}`, { headers })).status).toBe(404);
    const stranger = await (await makeWorkspace(clock)).key();
    expect((await call("GET", `${shop}/orders/${id}`, { headers: stranger.headers })).status).toBe(404);
  });

  it("orders are found by number, name or address", async () => {
    await order();
    const total = async (search: string) => (await ask("GET", `/orders?search=${search}`)).body.pagination.total;
    expect(await total("bo@example")).toBe(1);
    expect(await total("1")).toBeGreaterThan(0);
    expect(await total("nobody")).toBe(0);
  });
});
