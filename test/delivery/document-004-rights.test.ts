import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Right } from "../../src/core/keys/rights.ts";
import { type Answer, call, TestClock } from "../support/fixtures.ts";
import { OPERATIONS, operationAt } from "../support/registry.ts";
import { type Bakery, makeBakery, READ_ONLY } from "./support/bakery.ts";

/** Document 004's table of use cases: what each of its four keys may do, and that it may do nothing else. */
const clock = new TestClock();
const ITEM = "/api/backend/item";
const METHODS = ["GET", "POST", "PATCH", "DELETE"] as const;
const TABLES = ["pages", "blog_articles", "menu", "settings", "s_products", "s_orders", "s_coupons"];
const OF_KEYS = OPERATIONS.filter((it) => it.surface.name === "delivery" && it.endpoint.scope !== "public");
const ROUTES = [...new Set(OF_KEYS.map((it) => it.route))];
/** Every endpoint of `/api` that is not open to everybody, the items once by table. */
const ENDPOINTS = ROUTES.flatMap((route) => (route === ITEM ? TABLES.map((it) => `${ITEM}?table=${it}`) : [route]));
/** Every method on every endpoint there is. */
const ALL = ENDPOINTS.flatMap((path) => METHODS.map((method) => [method, path] as const));
const exists = ([method, path]: (typeof ALL)[0]) => operationAt(method, path.replace(/\?.*/, "")) !== undefined;
const CALLS = ALL.filter(exists);
const nameOf = (call: (typeof ALL)[0]): string => call.join(" ");

interface UseCase {
  name: string;
  rights: Right[];
  may: string[];
}

const USE_CASES: UseCase[] = [
  { name: "Read-only public data", rights: READ_ONLY, may: ["GET /api/pages", "GET /api/menu", "GET /api/settings"] },
  {
    name: "Order export",
    rights: [{ endpoint: ITEM, methods: ["GET"], query: { table: "s_orders" } }],
    may: [`GET ${ITEM}?table=s_orders`],
  },
  {
    name: "Blog publisher",
    rights: [{ endpoint: ITEM, methods: ["GET", "POST", "PATCH"], query: { table: "blog_articles" } }],
    may: ["GET", "POST", "PATCH"].map((method) => `${method} ${ITEM}?table=blog_articles`),
  },
  { name: "Full admin", rights: [{ endpoint: "*", methods: [...METHODS] }], may: CALLS.map(nameOf) },
];
const [readOnly, orderExport, blogPublisher, fullAdmin] = USE_CASES as [UseCase, UseCase, UseCase, UseCase];

let bakery: Bakery;

beforeAll(async () => {
  bakery = await makeBakery(clock);
});

beforeEach(() => clock.advance(60_000));

const bodyFor = (method: string): { body?: unknown } => (method === "POST" || method === "PATCH" ? { body: {} } : {});

/** A key made as the form makes it, and a way to call with it. */
async function keyFor({ name, rights }: UseCase) {
  const made = await call("POST", "/api/v1/api-keys", { headers: bakery.owner, body: { name, rights } });
  expect(made.status, made.text).toBe(201);
  const headers = { "X-Api-Key": made.body.data.key };
  return (method: string, path: string, body?: unknown): Promise<Answer> =>
    call(method, path, { headers, ...(body === undefined ? bodyFor(method) : { body }) });
}

async function asOwner(table: string, body: unknown): Promise<Record<string, unknown> & { id: string }> {
  const made = await call("POST", `${ITEM}?table=${table}`, { headers: bakery.owner, body });
  expect(made.status, made.text).toBe(201);
  return made.body;
}

async function newOrder() {
  const { id: productId } = await asOwner("s_products", { title: "Loaf", price: 650 });
  return asOwner("s_orders", { customerName: "Ada", customerEmail: "ada@example.com", items: [{ productId }] });
}

it("the tables of the item endpoint are those tried here", async () => {
  const { body } = await call("GET", `${ITEM}?table=users`, { headers: bakery.owner });
  expect(body.errors.table).toEqual([`must be one of ${TABLES.join(", ")}`]);
});

it("the rights selector has a row for every endpoint, with the methods it has", async () => {
  const { body } = await call("GET", "/api/v1/endpoints", { headers: bakery.owner });
  const rows = body.data.filter((row: Right) => ROUTES.includes(row.endpoint));
  expect(rows).toHaveLength(ROUTES.length);
  for (const { endpoint, methods } of rows) expect(methods).toEqual(endpoint === ITEM ? [...METHODS] : ["GET"]);
});

describe.each(USE_CASES)("$name", (useCase) => {
  it(`the key of document 004 for ${useCase.name} may make its own calls; all others on /api are answered 401`, async () => {
    const ask = await keyFor(useCase);
    const answers = await Promise.all(CALLS.map(([method, path]) => ask(method, path)));
    const passed = CALLS.filter((_, index) => answers[index]?.status !== 401);
    expect(passed.map(nameOf).sort()).toEqual([...useCase.may].sort());
    for (const { status, body } of answers.filter((it) => it.status === 401))
      expect([status, body.error]).toEqual([401, "unauthorized"]);
  });

  it(`the key of document 004 for ${useCase.name} finds no other method on an endpoint`, async () => {
    const ask = await keyFor(useCase);
    for (const [method, path] of ALL.filter((it) => !exists(it)))
      expect((await ask(method, path)).status, `${method} ${path}`).toBe(405);
  });
});

describe("the keys at work", () => {
  it("document 004's keys at work: read-only: pages, menu and settings are read", async () => {
    const ask = await keyFor(readOnly);
    expect(await ask("GET", "/api/pages")).toMatchObject({ status: 200, body: { total: 1 } });
    expect(await ask("GET", "/api/menu")).toMatchObject({ status: 200, body: { items: [{ label: "Home" }] } });
    expect(await ask("GET", "/api/settings")).toMatchObject({ status: 200, body: { name: "Blue Door Bakery" } });
  });

  it("document 004's keys at work: order export: orders are read, whole and one by one, and nothing by another spelling of the table", async () => {
    const order = await newOrder();
    const ask = await keyFor(orderExport);
    const found = await ask("GET", `${ITEM}?table=s_orders&search=${order.number}`);
    expect(found).toMatchObject({ status: 200, body: { items: [order], total: 1 } });
    expect(await ask("GET", `${ITEM}?table=s_orders&id=${order.id}`)).toMatchObject({ status: 200, body: order });
    for (const query of ["", "?table=", "?Table=s_orders", "?table=S_ORDERS", "?table=s_orders&table=s_products"])
      expect((await ask("GET", ITEM + query)).status, query).toBe(401);
    expect((await ask("PATCH", `${ITEM}?table=s_orders&id=${order.id}`, { status: "paid" })).status).toBe(401);
  });

  it("document 004's keys at work: blog publisher: articles are written and published, not deleted, and ids of other tables lead nowhere", async () => {
    const ask = await keyFor(blogPublisher);
    const articles = `${ITEM}?table=blog_articles`;
    const made = await ask("POST", articles, { title: "Hello", content: "<p>Hi</p>" });
    expect(made.status, made.text).toBe(201);
    const one = `${articles}&id=${made.body.id}`;
    expect((await ask("PATCH", one, { status: "published" })).body).toMatchObject({ status: "published" });
    expect((await ask("GET", one)).body).toMatchObject({ id: made.body.id, status: "published" });
    expect((await ask("DELETE", one)).status).toBe(401);
    const order = await newOrder();
    expect((await ask("GET", `${articles}&id=${order.id}`)).status).toBe(404);
    expect((await ask("PATCH", `${articles}&id=${order.id}`, { title: "No" })).status).toBe(404);
  });

  it("document 004's keys at work: full admin: everything, on the other surfaces as well", async () => {
    const ask = await keyFor(fullAdmin);
    const coupons = `${ITEM}?table=s_coupons`;
    const made = await ask("POST", coupons, { code: "ADMIN", type: "percentage", value: 10 });
    expect(made.status, made.text).toBe(201);
    expect((await ask("PATCH", `${coupons}&id=${made.body.id}`, { active: false })).status).toBe(200);
    expect((await ask("DELETE", `${coupons}&id=${made.body.id}`)).status).toBe(204);
    expect((await ask("GET", "/v1/sites")).status).toBe(200);
    expect((await ask("GET", "/api/v1/api-keys")).status).toBe(200);
  });

  it.each([readOnly, orderExport, blogPublisher])(
    "document 004's keys at work: $name: the other surfaces stay closed",
    async (useCase) => {
      const ask = await keyFor(useCase);
      const theirs = ["/v1/sites", `/v1/sites/${bakery.siteId}/pages`, `/v1/sites/${bakery.siteId}/shop/orders`];
      for (const path of [...theirs, "/api/v1/posts", "/api/v1/api-keys"])
        expect((await ask("GET", path)).status, path).toBe(403);
    },
  );
});
