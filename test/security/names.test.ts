import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { z } from "@hono/zod-openapi";
import { rowCounts } from "../content/bad-input/refusals.ts";
import { call, TestClock } from "../support/fixtures.ts";
import { OPERATIONS, type Operation } from "../support/registry.ts";
import { makeTenant, type Tenant, validCall } from "./world.ts";

/** What is shown on one line, in lists and menus: whatever such a field is called, it holds no control character. */
const NAME = /(?:name|title|label|category|sku|tags|city|region|line1|line2|postalCode|phone)$/i;
const clock = new TestClock();
let tenant: Tenant;

beforeAll(async () => {
  tenant = await makeTenant(clock);
});

beforeEach(() => clock.advance(60_000));

type Def = { innerType?: z.ZodType; element?: z.ZodType; options?: z.ZodType[]; in?: z.ZodType; type: string };
type Path = (string | number)[];

/** Where a schema has text by such a name. */
function namesIn(schema: z.ZodType, path: Path = []): Path[] {
  const def = schema.def as Def;
  const { shape } = schema as unknown as { shape?: Record<string, z.ZodType> };
  if (shape) return Object.entries(shape).flatMap(([name, field]) => namesIn(field, [...path, name]));
  if (def.element) return namesIn(def.element, [...path, 0]);
  const inner = def.innerType ?? def.in;
  if (inner) return namesIn(inner, path);
  const name = path.findLast((part) => typeof part === "string");
  return def.type === "string" && typeof name === "string" && NAME.test(name) ? [path] : [];
}

/** A body with a value at a path, whatever else is there. */
function withValue(body: unknown, [part, ...rest]: Path, value: unknown): unknown {
  if (part === undefined) return value;
  const inner = withValue((body as Record<string, unknown> | undefined)?.[part as string], rest, value);
  return typeof part === "number" ? [inner] : { ...(body as object), [part]: inner };
}

const FIELDS = OPERATIONS.filter(({ endpoint }) => endpoint.body && endpoint.scope !== "public").flatMap(
  (operation): { operation: Operation; path: Path; field: string }[] =>
    namesIn(operation.endpoint.body as z.ZodType)
      // Read-only: refused whatever it is but as it is stored.
      .filter(([first]) => first !== "domainProof")
      .map((path) => ({ operation, path, field: path.join(".") })),
);

it("names are found in bodies, those of keys, workspaces, websites and pages among them", () => {
  const found = FIELDS.map(({ operation, field }) => `${operation.endpoint.operationId} ${field}`);
  for (const known of ["createApiKey name", "updateWorkspace name", "createSite name", "updatePage navigation.label"])
    expect(found).toContain(known);
});

describe.each(FIELDS)("$operation.title $field", ({ operation, path, field }) => {
  it(`${operation.title} refuses control characters and half surrogate pairs in ${field}, by name, and writes nothing`, async () => {
    const { method, path: url, body } = validCall(operation, tenant.ids);
    const before = await rowCounts();
    for (const text of ["a\u0007b", "\u001b[31mred", "a\u0085b", "two\nlines", "a\u2028b", "\u202eabc", "\ud83c"]) {
      const { headers } = tenant;
      const answer = await call(method, url, { headers, body: withValue(body, path, text) });
      expect([400, 422], answer.text).toContain(answer.status);
      expect(Object.keys(answer.body.error?.details?.fields ?? answer.body.errors)).toContain(field);
    }
    expect(await rowCounts()).toEqual(before);
  });
});

it("control characters in the names of settings are refused where they stand", async () => {
  const { headers, ids } = tenant;
  const body = { settings: { "a\u0007": 1 } };
  const site = await call("PATCH", `/v1/sites/${ids.siteId}`, { headers, body });
  expect([site.status, Object.keys(site.body.error.details.fields)]).toEqual([400, ["settings"]]);
  const workspace = await call("PATCH", `/api/v1/workspaces/${ids.workspaceId}`, { headers, body });
  expect([workspace.status, Object.keys(workspace.body.errors)]).toEqual([422, ["settings"]]);
});

it("half a surrogate pair in a query is refused by name, not read as another character", async () => {
  const { headers } = tenant;
  for (const search of ["%ED%A0%BC", "caf%E9", "a%ED%BE%89b"]) {
    const answer = await call("GET", `/api/v1/posts?search=${search}`, { headers });
    expect([answer.status, Object.keys(answer.body.errors ?? {})], search).toEqual([422, ["search"]]);
  }
  for (const search of ["%EF%BF%BD", "100%25", "%F0%9F%8D%9E"])
    expect((await call("GET", `/api/v1/posts?search=${search}`, { headers })).status, search).toBe(200);
});
