import { beforeAll, describe, expect, it } from "vitest";
import { rightsAllow, type Right } from "../../src/core/keys/rights.ts";
import type { Route } from "../../src/core/http/registry.ts";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";
import { keyedRoutes, methodOf, pathOf, refusalOf, tryRoute } from "./support/routes.ts";

const clock = new TestClock();
/** But for the one that every key may call. */
const ROUTES = keyedRoutes().filter(({ endpoint }) => !endpoint.anyKey);
/** Beyond this many refusals each right is tried on a part of the other routes, another part for every right. */
const MAX_REFUSALS = 2_500;

let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace(clock);
});

/** Of the access type that is open to everything. */
const withRights = async (rights: Right[]) =>
  (await workspace.key({ scopes: null, rights, accountAccess: true, accessType: "transactional" })).headers;
const columnOf = (route: Route) => (methodOf(route) === "PUT" ? "PATCH" : methodOf(route)) as Right["methods"][0];
const isSame = (a: Route, b: Route) => a.template === b.template && columnOf(a) === columnOf(b);

describe("a key with a single right and no scopes", () => {
  it("a key with a single right and no scopes passes on exactly that route and method, and is refused everywhere else", async () => {
    const stride = Math.ceil(ROUTES.length ** 2 / MAX_REFUSALS);
    for (const [index, own] of ROUTES.entries()) {
      clock.advance(1_000);
      const headers = await withRights([{ endpoint: own.template, methods: [columnOf(own)] }]);
      const passed = await tryRoute(own, headers);
      expect([401, 403], `${methodOf(own)} ${own.template} ${passed.text}`).not.toContain(passed.status);
      const others = ROUTES.filter((other, n) => !isSame(own, other) && (n + index) % stride === 0);
      const answers = await Promise.all(others.map((other) => tryRoute(other, headers)));
      for (const [n, other] of others.entries()) {
        const what = `${columnOf(own)} ${own.template} on ${methodOf(other)} ${other.template}`;
        expect(answers[n]?.status, what).toBe(refusalOf(other));
      }
    }
  });

  it("a key with a single right that names a path instead of a route passes on that path only", async () => {
    const headers = await withRights([{ endpoint: "/api/v1/posts/1", methods: ["GET"] }]);
    expect((await call("GET", "/api/v1/posts/1", { headers })).status).toBe(404);
    for (const path of ["/api/v1/posts/2", "/api/v1/posts", "/api/v1/posts/1/", "/api/v1/users/1"])
      expect([403, 404], path).toContain((await call("GET", path, { headers })).status);
    expect((await call("GET", "/api/v1/posts/2", { headers })).status).toBe(403);
  });

  it("a right for GET also means HEAD, and one for PATCH also PUT, but not the other way round", async () => {
    const get = await withRights([{ endpoint: "/api/v1/posts", methods: ["GET"] }]);
    expect((await call("HEAD", "/api/v1/posts", { headers: get })).status).toBe(200);
    const site = "/v1/sites/{siteId}";
    const patch = await withRights([{ endpoint: site, methods: ["PATCH"] }]);
    for (const method of ["PATCH", "PUT"])
      expect((await call(method, "/v1/sites/1", { headers: patch, body: { name: "X" } })).status).toBe(404);
    for (const methods of [["GET"], ["POST"], ["DELETE"]] as Right["methods"][]) {
      const headers = await withRights([{ endpoint: site, methods }]);
      expect((await call("PUT", "/v1/sites/1", { headers, body: { name: "X" } })).status).toBe(403);
    }
  });
});

describe("rights", () => {
  it("rights of the row * reach every route: all of them with *, its methods' columns with GET", async () => {
    const all = await withRights([{ endpoint: "*", methods: ["*"] }]);
    const readers = await withRights([{ endpoint: "*", methods: ["GET"] }]);
    for (const route of ROUTES) {
      clock.advance(1_000);
      expect([401, 403], pathOf(route)).not.toContain((await tryRoute(route, all)).status);
      const { status } = await tryRoute(route, readers);
      if (methodOf(route) === "GET") expect([401, 403], pathOf(route)).not.toContain(status);
      else expect(status, pathOf(route)).toBe(refusalOf(route));
    }
  });

  it("rights and scopes, where a key has both, must both allow", async () => {
    const rights: Right[] = [{ endpoint: "/api/v1/posts", methods: ["GET", "POST"] }];
    const { headers } = await workspace.key({ scopes: ["posts:read", "users:read"], rights });
    expect((await call("GET", "/api/v1/posts", { headers })).status).toBe(200);
    expect((await call("POST", "/api/v1/posts", { headers, body: {} })).status).toBe(403);
    expect((await call("GET", "/api/v1/users", { headers })).status).toBe(403);
  });

  it("rights of an empty table allow nothing", async () => {
    const headers = await withRights([]);
    for (const route of ROUTES) {
      clock.advance(1_000);
      expect((await tryRoute(route, headers)).status).toBe(refusalOf(route));
    }
  });

  it("rights on table=s_orders do not open table=s_products, nor an item without a table or with two", () => {
    const orders: Right[] = [{ endpoint: "/api/backend/item", methods: ["GET"], query: { table: "s_orders" } }];
    const allows = (query: string, method = "GET", path = "/api/backend/item") =>
      rightsAllow(orders, { method, route: path, path, query: new URLSearchParams(query) });
    expect(allows("table=s_orders")).toBe(true);
    expect(allows("table=s_orders&id=7")).toBe(true);
    expect(allows("table=s_orders", "HEAD")).toBe(true);
    for (const query of ["", "table=s_products", "table=s_orders&table=s_products", "Table=s_orders", "table=S_ORDERS"])
      expect(allows(query), query).toBe(false);
    for (const method of ["POST", "PATCH", "PUT", "DELETE"]) expect(allows("table=s_orders", method)).toBe(false);
    expect(allows("table=s_orders", "GET", "/api/pages")).toBe(false);
  });

  it("rights that ask for a query hold on a real route as they are written", async () => {
    const headers = await withRights([{ endpoint: "/api/v1/posts", methods: ["GET"], query: { status: "published" } }]);
    expect((await call("GET", "/api/v1/posts?status=published", { headers })).status).toBe(200);
    for (const query of ["", "?status=draft", "?status=published&status=draft", "?Status=published"])
      expect((await call("GET", `/api/v1/posts${query}`, { headers })).status, query).toBe(403);
  });
});

describe("GET /endpoints", () => {
  it("GET /endpoints names every row a rights table can have, and each of them works as a right", async () => {
    const { headers } = await workspace.key();
    const rows = (await call("GET", "/api/v1/endpoints", { headers })).body.data as Right[];
    const named = rows.flatMap(({ endpoint, methods }) => methods.map((method) => `${method} ${endpoint}`)).sort();
    expect(named).toEqual([...new Set(keyedRoutes().map((route) => `${columnOf(route)} ${route.template}`))].sort());
  });
});
