import { describe, expect, it } from "vitest";
import { type Right, rightsAllow } from "../../../src/core/keys/rights.ts";

const route = "/v1/sites/{siteId}/pages";
const path = "/v1/sites/site_1/pages";
const request = (method: string, query = "", at = { route, path }) => ({
  method,
  ...at,
  query: new URLSearchParams(query),
});
const item = { route: "/api/backend/item", path: "/api/backend/item" };
const allows = (rights: Right[], ...args: Parameters<typeof request>): boolean => rightsAllow(rights, request(...args));

describe("a row of rights", () => {
  it("a row of rights allows its methods on a route, a concrete path, or everything", () => {
    for (const endpoint of [route, path, "*"]) {
      expect(allows([{ endpoint, methods: ["GET"] }], "GET")).toBe(true);
      expect(allows([{ endpoint, methods: ["GET"] }], "POST")).toBe(false);
      expect(allows([{ endpoint, methods: ["*"] }], "DELETE")).toBe(true);
    }
  });

  it("a row of rights takes HEAD for GET and PUT for PATCH, and nothing else for anything", () => {
    expect(allows([{ endpoint: "*", methods: ["GET"] }], "HEAD")).toBe(true);
    expect(allows([{ endpoint: "*", methods: ["PATCH"] }], "PUT")).toBe(true);
    expect(allows([{ endpoint: "*", methods: ["POST"] }], "PUT")).toBe(false);
    expect(allows([{ endpoint: "*", methods: ["GET"] }], "get")).toBe(false);
  });

  it("a row of rights says nothing of other paths, be they longer, shorter or written otherwise", () => {
    for (const endpoint of ["/v1/sites", `${path}/`, path.toUpperCase(), "/v1/sites/site_2/pages", "/v1/*", ""]) {
      expect(allows([{ endpoint, methods: ["*"] }], "GET")).toBe(false);
    }
  });

  it("a row of rights may demand query values: GET on /api/backend/item with table=s_orders means exactly that", () => {
    const rights: Right[] = [{ endpoint: "/api/backend/item", methods: ["GET"], query: { table: "s_orders" } }];
    expect(allows(rights, "GET", "table=s_orders", item)).toBe(true);
    expect(allows(rights, "GET", "table=s_orders&id=4", item)).toBe(true);
    expect(allows(rights, "GET", "table=s%5Forders", item)).toBe(true);
    for (const query of ["", "table=", "table=s_coupons", "table=s_orders2", "Table=s_orders", "table=S_ORDERS"]) {
      expect(allows(rights, "GET", query, item)).toBe(false);
    }
    expect(allows(rights, "POST", "table=s_orders", item)).toBe(false);
  });

  it("a row of rights is not satisfied by a parameter given twice, in whichever order", () => {
    const rights: Right[] = [{ endpoint: "*", methods: ["*"], query: { table: "s_orders" } }];
    for (const query of ["table=s_orders&table=pages", "table=pages&table=s_orders", "table=s_orders&table=s_orders"]) {
      expect(allows(rights, "GET", query, item)).toBe(false);
    }
  });

  it("a row of rights demands all of its query values at once", () => {
    const rights: Right[] = [{ endpoint: "*", methods: ["*"], query: { table: "pages", locale: "en" } }];
    expect(allows(rights, "GET", "table=pages&locale=en", item)).toBe(true);
    expect(allows(rights, "GET", "table=pages", item)).toBe(false);
  });
});

describe("several rows", () => {
  it("several rows allow what any of them allows", () => {
    const rights: Right[] = [
      { endpoint: "/api/backend/item", methods: ["GET"], query: { table: "pages" } },
      { endpoint: "/api/backend/item", methods: ["GET"], query: { table: "menu" } },
      { endpoint: route, methods: ["POST"] },
    ];
    expect(allows(rights, "GET", "table=menu", item)).toBe(true);
    expect(allows(rights, "POST")).toBe(true);
    expect(allows(rights, "POST", "table=menu", item)).toBe(false);
  });

  it("several rows allow nothing when there are none", () => {
    expect(allows([], "GET")).toBe(false);
  });
});
