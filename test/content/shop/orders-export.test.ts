import { env, exports } from "cloudflare:workers";
import { csvParse } from "d3-dsv";
import { beforeEach, describe, expect, it } from "vitest";
import { call, requestOf, TestClock } from "../../support/fixtures.ts";
import { makeShop, type Shop } from "./world.ts";

const clock = new TestClock();
let shop: Shop;

beforeEach(async () => {
  shop = await makeShop(clock);
});

const csv = async (query = "", headers = shop.headers) =>
  call("GET", `${shop.path}/orders/export.csv${query}`, { headers });

async function order(fields: object, product: object = {}) {
  const { id: productId } = await shop.product(product);
  const customer = { customerName: "Bo", customerEmail: "bo@example.com" };
  return (await shop.ask("POST", "/orders", { ...customer, items: [{ productId, quantity: 2 }], ...fields })).body.data;
}

describe("the export of orders", () => {
  it("the export of orders has a line for each, oldest first, with amounts in units of their currency", async () => {
    const first = await order({ note: 'Two lines,\n"quoted"' }, { price: 650, title: "Loaf", sku: "L-1" });
    clock.advance(1_000);
    await order({}, { price: 650, currency: "JPY" });
    clock.advance(1_000);
    await order({}, { price: 5, currency: "KWD" });
    const { status, headers, text } = await csv();
    expect([status, headers.get("Content-Type")]).toEqual([200, "text/csv; charset=utf-8"]);
    const rows = csvParse(text);
    expect(rows.map(({ number, total }) => [number, total])).toEqual([
      ["1", "13.00"],
      ["2", "1300"],
      ["3", "0.010"],
    ]);
    expect(rows[0]).toMatchObject({
      id: first.id,
      items: "2 × Loaf (L-1)",
      note: 'Two lines,\n"quoted"',
    });
  });

  it("no text of the export of orders is taken for a formula", async () => {
    const evil = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1"];
    for (const note of evil) await order({ note });
    const notes = csvParse((await csv()).text).map(({ note }) => note);
    expect(notes.sort()).toEqual(evil.map((it) => `'${it}`).sort());
  });

  it("the export of orders is of the time and the status that are asked for", async () => {
    const made = [];
    for (let nth = 0; nth < 3; nth += 1) {
      made.push(await order({}));
      clock.advance(60_000);
    }
    await shop.ask("PATCH", `/orders/${made[1].id}`, { status: "cancelled" });
    const numbers = async (query: string) => csvParse((await csv(query)).text).map(({ number }) => Number(number));
    expect(await numbers(`?from=${made[1].createdAt}`)).toEqual([2, 3]);
    expect(await numbers(`?to=${made[1].createdAt}`)).toEqual([1]);
    expect(await numbers("?status=cancelled")).toEqual([2]);
    const bytes = async (query: string) => {
      const request = requestOf("GET", `${shop.path}/orders/export.csv${query}`, { headers: shop.headers });
      return [...new Uint8Array(await (await exports.default.fetch(request)).arrayBuffer())].slice(0, 3);
    };
    expect(await bytes("?bom=true")).toEqual([0xef, 0xbb, 0xbf]);
    expect(await bytes("")).toEqual([..."num"].map((it) => it.charCodeAt(0)));
    expect((await csv("?status=gone")).status).toBe(400);
  });

  it("the export of orders keeps from a key what it may not see of customers", async () => {
    await order({ customerPhone: "+31 20 123" });
    const { text } = await csv();
    for (const personal of ["bo@example.com", "+31 20 123"]) expect(text).toContain(personal);
    const limited = await keyOf(["customerName"]);
    const seen = csvParse((await csv("", limited)).text)[0];
    expect(seen).toMatchObject({ customerName: "Bo", customerEmail: "", customerPhone: "", total: "1.80" });
  });

  it("the export of orders is whole, however many pages of them are read", async () => {
    await order({});
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 1001)
        INSERT INTO orders (id, workspace_id, environment, site_id, version, created_at, updated_at, number, status,
          customer_name, customer_email, items, currency, subtotal, discount, total)
        SELECT 'ord_' || i, workspace_id, environment, site_id, 1, created_at + i / 7, created_at, i, 'paid', 'Ada', 'a@b.c', '[]',
          'EUR', 0, 0, 0 FROM n, orders WHERE site_id = ?1 AND number = 1`,
    )
      .bind(shop.siteId)
      .run();
    const numbers = csvParse((await csv()).text).map(({ number }) => Number(number));
    expect(new Set(numbers).size).toBe(1_001);
    expect(numbers).toHaveLength(1_001);
  });
});

/** The headers of a key of the shop's workspace that sees only these of the personal attributes. */
async function keyOf(attributes: string[]): Promise<Record<string, string>> {
  const body = { name: "Automation", scopes: ["ecommerce:read"], access_type: "integrations", attributes };
  const made = await call("POST", "/api/v1/api-keys", { headers: shop.headers, body });
  return { "X-Api-Key": made.body.data.key };
}
