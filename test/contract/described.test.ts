import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { openApiDocument } from "../../src/openapi.ts";
import { call, TestClock } from "../support/fixtures.ts";
import { OPERATIONS, type Operation, pathOf } from "../support/registry.ts";
import { makeTenant, type Tenant } from "../security/world.ts";
import { type Schema, valid } from "./support/described.ts";

const RUNS = 12;
const SEED = 20_261_128;
const clock = new TestClock();
let tenant: Tenant;

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: Schema;
}

const { paths, components } = openApiDocument("https://api.example.com") as {
  paths: Record<string, Record<string, { parameters?: Parameter[] }>>;
  components: { schemas: Record<string, Schema> };
};
const resolve = (name: string): Schema => components.schemas[name] as Schema;

const queryOf = ({ route, endpoint }: Operation): Parameter[] =>
  (paths[route]?.[endpoint.method]?.parameters ?? []).filter((it) => it.in === "query");

const ASKED = OPERATIONS.filter((it) => it.method === "GET" && queryOf(it).length > 0);

/** What a schema cannot say of a query: what there is, and what contradicts. */
const UNSAYABLE = [
  /^cursor: /,
  /^page: (cannot be combined|reaches beyond)/,
  /^after: /,
  /^(from|to): /,
  // What is known of orders, and which names go together.
  /^(page|event|exitPage): does not go with the metrics/,
  /^groupBy: /,
  /^orderBy: (.*of the question|must be startAt beside)/,
  // What there is.
  /^(serviceId: is not a service|site_id: is not the id of a website)/,
  /^branchId: is not a branch/,
  // Which of them a table has depends on the table.
  /^(status|sort|fields|search|page|per_page|\w+_(after|before)|id|site): .*(known|one of|required|site)/,
];

beforeAll(async () => {
  tenant = await makeTenant(clock);
});

describe.each(ASKED)("$title", (operation) => {
  const asked = queryOf(operation);
  const fields = Object.fromEntries(asked.map((it) => [it.name, valid(it.schema, resolve)]));
  const requiredKeys = asked.filter((it) => it.required).map((it) => it.name);

  it(`${operation.title} refuses a query that its description allows only for what no schema can say`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.record(fields, { requiredKeys }), async (query) => {
        clock.advance(60_000);
        const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
        const answer = await call("GET", `${pathOf(operation, tenant.ids)}?${search}`, { headers: tenant.headers });
        const refused: Record<string, string> = answer.body?.errors ?? answer.body?.error?.details?.fields ?? {};
        const sayable = Object.entries(refused)
          .map(([name, message]) => `${name}: ${message}`)
          .filter((it) => !UNSAYABLE.some((pattern) => pattern.test(it)));
        expect([search.toString(), sayable]).toEqual([search.toString(), []]);
        if (Object.keys(refused).length === 0) expect([200, 404]).toContain(answer.status);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
