import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { z } from "@hono/zod-openapi";
import { openApiDocument, statusesOf } from "../../src/openapi.ts";
import { call, TestClock } from "../support/fixtures.ts";
import { exampleBody, OPERATIONS, type Operation } from "../support/registry.ts";
import { makeTenant, OPEN_SITE, type Tenant, validCall } from "../security/world.ts";

const clock = new TestClock();
let tenant: Tenant;

beforeAll(async () => {
  tenant = await makeTenant(clock);
});

describe("the description", () => {
  it("the description names every operation once", () => {
    const ids = OPERATIONS.map(({ endpoint }) => endpoint.operationId);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const titles = OPERATIONS.map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  it("the description is served to anybody, and lists every operation with its statuses", async () => {
    const answer = await call("GET", "/openapi.json");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("*");
    for (const { surface, endpoint, route } of OPERATIONS) {
      const described = answer.body.paths[route][endpoint.method];
      expect(described.operationId).toBe(endpoint.operationId);
      const statuses = Object.keys(described.responses).map(Number).sort();
      expect(statuses).toEqual([...statusesOf(surface, endpoint)].sort());
    }
  });

  it("the description carries no key, no machine path and no internal name", () => {
    const text = JSON.stringify(openApiDocument("https://api.example.com"));
    expect(text).not.toMatch(/_(live|sandbox)_[0-9A-Za-z]{36}|\/home\/|D1_|KEY_OBJECT|durable object/i);
  });
});

type Schema = Record<string, unknown>;

interface Document {
  paths: Record<string, Record<string, { parameters?: Schema[]; requestBody?: object; responses: object }>>;
  webhooks: object;
  components: { schemas: Record<string, Schema>; parameters: Record<string, Schema>; responses: object };
}

const document = openApiDocument("https://api.example.com") as Document;
const operations = Object.values(document.paths).flatMap((it) => Object.values(it));

/** Every schema within a part of the description, with where it stands; examples hold none. */
function schemasIn(part: unknown, at: string): [at: string, schema: Schema][] {
  if (typeof part !== "object" || part === null) return [];
  const inner = Object.entries(part).filter(([name]) => !["example", "default", "enum"].includes(name));
  const found = inner.flatMap(([name, value]) => schemasIn(value, `${at}.${name}`));
  return Array.isArray(part) ? found : [[at, part as Schema], ...found];
}

/** The names of the components that a part of the description leads to. */
function reachedFrom(part: unknown, seen = new Set<string>()): Set<string> {
  for (const [, { $ref }] of schemasIn(part, "")) {
    const name = /^#\/components\/schemas\/(.+)$/.exec(String($ref))?.[1];
    if (name === undefined || seen.has(name)) continue;
    seen.add(name);
    reachedFrom(document.components.schemas[name], seen);
  }
  return seen;
}

describe("what the description says", () => {
  it("the description says of every parameter, schema and field what it is", () => {
    const parameters = [
      ...operations.flatMap((it) => it.parameters ?? []),
      ...Object.values(document.components.parameters),
    ];
    expect(parameters.filter((it) => !it.$ref && !it.description)).toEqual([]);
    const { schemas } = document.components;
    expect(Object.keys(schemas).filter((name) => !schemas[name]?.description)).toEqual([]);
    const fields = schemasIn([schemas, document.paths, document.webhooks], "")
      .filter(([, { type, properties }]) => properties && (type === "object" || Array.isArray(type)))
      .flatMap(([at, { properties }]) =>
        Object.entries(properties as Schema).map(([name, it]) => [`${at}.${name}`, it]),
      );
    expect(fields.length).toBeGreaterThan(500);
    expect(fields.filter(([, it]) => !(it as Schema).$ref && !(it as Schema).description).map(([at]) => at)).toEqual(
      [],
    );
  });

  it("names in answers are open: only what is sent has to be one of a list", () => {
    const sent = reachedFrom(operations.map((it) => [it.parameters, it.requestBody]));
    const answered = Object.entries(document.components.schemas).filter(([name]) => !sent.has(name));
    const parts = [Object.fromEntries(answered), document.webhooks, operations.map((it) => it.responses)];
    expect(schemasIn(parts, "").filter(([, it]) => Array.isArray(it.enum))).toEqual([]);
  });

  it("what an answer holds is named: no list has anonymous items, and a thing within itself is the same thing", () => {
    const lists = operations.map((it) => JSON.stringify((it.responses as Schema)["200"] ?? {}));
    expect(lists.filter((it) => /"(data|items)":\{"type":"array","items":\{"type":"object"/.test(it))).toEqual([]);
    const { MenuItem, Item } = document.components.schemas;
    expect([...reachedFrom(MenuItem)]).toEqual(["MenuItem"]);
    expect([...reachedFrom(Item)]).toEqual(expect.arrayContaining(["Page", "Post", "Product", "Order", "Coupon"]));
  });

  it("whole numbers say how large they are", () => {
    const numbers = schemasIn([document.components.schemas, document.paths], "").filter(
      ([, it]) => it.type === "integer",
    );
    expect(numbers.filter(([, it]) => it.format !== "int64" && it.format !== "int32")).toEqual([]);
  });
});

describe.each(OPERATIONS)("$title", (operation) => {
  const { endpoint, params } = operation;

  it(`${operation.title} has an operation id, a tag, a summary without a full stop, and a schema for every path parameter`, () => {
    expect(endpoint.operationId).toMatch(/^[a-z][A-Za-z]+$/);
    expect(endpoint.tag).not.toBe("");
    expect(endpoint.summary.length).toBeGreaterThan(5);
    expect(endpoint.summary).not.toMatch(/\.$/);
    expect(Object.keys((endpoint.params as z.ZodObject | undefined)?.shape ?? {}).sort()).toEqual([...params].sort());
  });

  it(`${operation.title} tells what a success looks like`, () => {
    if (endpoint.success.status !== 204) expect(endpoint.success.description).not.toBe("");
    if (endpoint.success.list) expect(endpoint.success.data).toBeDefined();
  });
});

/** Brings back what the examples before this one have taken away. */
async function prepare({ endpoint: { tag } }: Operation): Promise<void> {
  const { headers, ids } = tenant;
  // The example of a site that is replaced has left it one language, and closed it.
  if (["AI", "Booking", "Reservations", "Bookings of visitors"].includes(tag))
    await call("PATCH", `/v1/sites/${ids.siteId}`, { headers, body: OPEN_SITE });
  // The form stands on no page: a publish takes it from the website.
  if (tag === "Forms") await env.DB.prepare("UPDATE forms SET published = 1 WHERE id = ?").bind(ids.formId).run();
}

describe.each(OPERATIONS.filter(({ endpoint }) => endpoint.body))("$title", (operation) => {
  it(`${operation.title} accepts the example body it shows`, async () => {
    expect(operation.endpoint.body?.safeParse(exampleBody(operation)).success).toBe(true);
    // Past the cooldown of the site's last publish.
    clock.advance(10 * 60_000);
    await prepare(operation);
    const { method, path, body, headers } = validCall(operation, tenant.ids);
    const answer = await call(method, path, { headers: { ...headers, ...tenant.headers }, body });
    const { success } = operation.endpoint;
    const successes = [success.status, ...(success.also ?? []).map((it) => it.status), 409];
    expect(successes, answer.text).toContain(answer.status);
  });
});
