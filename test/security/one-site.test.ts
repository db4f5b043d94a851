import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SITE_NAMES } from "../../src/core/tenancy/sites/named.ts";
import { MCP_SERVERS } from "../../src/mcp/servers.ts";
import { rowCounts } from "../content/bad-input/refusals.ts";
import { call, TestClock } from "../support/fixtures.ts";
import { OPERATIONS, type Operation } from "../support/registry.ts";
import { makeTenant, otherTenants, type Tenant, validCall } from "./world.ts";

/** A website can be named in the path, the query and the body of a call. However it is, a call is about one. */
const clock = new TestClock();
let tenant: Tenant;
/** Websites that are not the call's: another of the workspace, by id and by slug, one of somebody else, none at all. */
let others: unknown[];

beforeAll(async () => {
  tenant = await makeTenant(clock);
  const { allowed, foreign } = await otherTenants(clock, tenant);
  const site = await call("GET", `/v1/sites/${allowed.siteId}`, { headers: tenant.headers });
  expect(site.status, site.text).toBe(200);
  const { slug } = site.body.data;
  others = [allowed.siteId, slug, foreign.ids.siteId, "site_none", null, 7];
});

beforeEach(() => clock.advance(60_000));

const namesOf = (schema: unknown): string[] => {
  const shape = (schema as { shape?: object } | undefined)?.shape ?? {};
  return SITE_NAMES.filter((name) => name in shape);
};
const isOfSite = ({ params, endpoint }: Operation): boolean =>
  params.includes("siteId") || namesOf(endpoint.query).length > 0 || namesOf(endpoint.body).length > 0;
const OF_SITES = OPERATIONS.filter((it) => isOfSite(it) && it.endpoint.scope !== "public");

/** The valid call with its site named where the operation has a place for it, and named otherwise in one more place. */
function* contradictions(operation: Operation): Generator<{ field: string; path: string; body: unknown }> {
  const { path: plain, body } = validCall(operation, tenant.ids);
  const siteId = tenant.ids.siteId as string;
  const isNamed = plain.includes(siteId);
  const [[inQuery], [inBody]] = [namesOf(operation.endpoint.query), namesOf(operation.endpoint.body)];
  const path = inQuery && !isNamed ? `${plain}?${inQuery}=${siteId}` : plain;
  const named = inBody && !isNamed ? { ...(body as object), [inBody]: siteId } : body;
  let next = operation.title.length;
  const other = () => others[next++ % others.length];
  for (const name of SITE_NAMES) {
    if (!path.includes(`?${name}=`) && !path.includes(`&${name}=`)) {
      const query = `${path.includes("?") ? "&" : "?"}${name}=${others[next++ % 4]}`;
      yield { field: name, path: path + query, body: named };
    }
    if (operation.endpoint.body && !Object.hasOwn(Object(named), name)) {
      yield { field: name, path, body: { ...(named as object), [name]: other() } };
    }
  }
}

describe.each(OF_SITES)("$title", (operation) => {
  it(`${operation.title} is refused by name where it names two websites, and writes nothing`, async () => {
    const { method } = operation;
    const before = await rowCounts();
    for (const { field, path, body } of contradictions(operation)) {
      const { status, text, body: answer } = await call(method, path, { headers: tenant.headers, body });
      const what = `${method} ${path} ${JSON.stringify(body)}: ${text}`;
      expect([400, 422], what).toContain(status);
      expect(Object.keys(answer.error?.details?.fields ?? answer.errors), what).toContain(field);
    }
    expect(await rowCounts()).toEqual(before);
  });
});

const ITEM = "/api/backend/item";
const TABLES = ["pages", "blog_articles", "menu", "settings", "s_products", "s_orders", "s_coupons"];

describe.each(TABLES)("table %s", (table) => {
  it(`table ${table} of the item endpoint is refused by name where query and body name two websites, and writes nothing`, async () => {
    const before = await rowCounts();
    for (const [index, name] of SITE_NAMES.entries()) {
      for (const other of others) {
        for (const [method, id] of [["POST"], ["PATCH", tenant.ids.pageId]] as const) {
          const at = new URLSearchParams({ table, site: tenant.ids.siteId as string, ...(id && { id }) });
          const body = { title: `Over there ${index}`, [name]: other };
          const answer = await call(method, `${ITEM}?${at}`, { headers: tenant.headers, body });
          if (answer.status === 405) continue;
          expect([answer.status, Object.keys(answer.body.errors)], answer.text).toEqual([422, [name]]);
        }
      }
      clock.advance(60_000);
    }
    expect(await rowCounts()).toEqual(before);
  });
});

const TOOLS = MCP_SERVERS.flatMap(({ id: server, tools }) =>
  tools.filter(({ input }) => "siteId" in input.shape).map((tool) => ({ server, name: tool.name })),
);

describe.each(TOOLS)("tool $name", ({ server, name: tool }) => {
  it(`the tool ${tool} is refused by name where it names two websites, and writes nothing`, async () => {
    const { headers, ids } = tenant;
    const before = await rowCounts();
    for (const name of ["site", "site_id"]) {
      const body = { server, tool, arguments: { siteId: ids.siteId, pageId: ids.pageId, [name]: others[0] } };
      const answer = await call("POST", "/api/v1/mcp/tools/call", { headers, body });
      expect([answer.status, Object.keys(answer.body.errors)], answer.text).toEqual([
        422,
        expect.arrayContaining([`arguments.${name}`]),
      ]);
    }
    expect(await rowCounts()).toEqual(before);
  });
});

describe("names that agree", () => {
  it("a call may name its website more than once, by id and by slug", async () => {
    const { headers, ids } = tenant;
    const { slug } = (await call("GET", `/v1/sites/${ids.siteId}`, { headers })).body.data;
    const body = { title: "Of one site", site_id: ids.siteId };
    for (const site of [slug, ids.siteId]) {
      const made = await call("POST", `${ITEM}?table=blog_articles&site=${site}`, { headers, body });
      expect([made.status, made.body.site_id], made.text).toEqual([201, ids.siteId]);
    }
    const page = `/v1/sites/${ids.siteId}/pages/${ids.pageId}`;
    const { data } = (await call("GET", page, { headers })).body;
    expect((await call("PUT", page, { headers, body: { ...data, title: "Contact us" } })).status).toBe(200);
  });
});
