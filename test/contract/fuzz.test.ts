import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import type { z } from "@hono/zod-openapi";
import { call, TestClock } from "../support/fixtures.ts";
import { OPERATIONS, type Operation, pathOf } from "../support/registry.ts";
import { makeTenant, type Tenant, UNKNOWN_IDS, validBody } from "../security/world.ts";

const RUNS = 1_000;
const SEED = 20_261_120;
const clock = new TestClock();
let tenant: Tenant;

beforeAll(async () => {
  tenant = await makeTenant(clock);
});

const NASTY = [
  ...["", " ", "\0", "\u202e", "\ud83c", "🎉", "__proto__", "constructor", "toString", "null", "undefined", "NaN"],
  ...["-1", "0", "1e999", "9007199254740993", "2026-13-45", "9999-12-31T23:59:59Z", "-271821-04-20T00:00:00Z"],
  ...["javascript:alert(1)", "' OR 1=1 --", '"', "%00", "../..", "*", "a".repeat(300), "😀".repeat(200)],
];
const text = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: "binary", maxLength: 60 }));
const number = fc.oneof(fc.constantFrom(0, -0, -1, 1.5, 1e21, -1e308, 2 ** 53 + 2), fc.double(), fc.integer());
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    text,
    number,
    fc.constantFrom(null, true, false),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(text, tie("json"), { maxKeys: 4 }),
  ),
}));

const shapeOf = (schema: z.ZodType | undefined): string[] =>
  Object.keys((schema as z.ZodObject | undefined)?.shape ?? {});

/** A valid body with some fields replaced by anything, or anything at all. */
function bodyOf(operation: Operation): fc.Arbitrary<unknown> {
  if (!operation.endpoint.body) return fc.constant(undefined);
  const example = validBody(operation) as object;
  const names = [...Object.keys(example), ...shapeOf(operation.endpoint.body)];
  const changes = fc.dictionary(fc.oneof(fc.constantFrom(...names, "unknown"), text), json, { maxKeys: 4 });
  return fc.oneof(
    { weight: 4, arbitrary: changes.map((it) => ({ ...example, ...it })) },
    { weight: 1, arbitrary: json },
  );
}

function queryOf({ endpoint }: Operation): fc.Arbitrary<[string, string][]> {
  const names = [...shapeOf(endpoint.query), "unknown", "limit", "page"];
  return fc.array(fc.tuple(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...names) }, text), text), {
    maxLength: 3,
  });
}

const HEADERS = fc.dictionary(
  fc.constantFrom("If-Match", "If-None-Match", "Idempotency-Key", "Content-Type", "X-Workspace-ID", "Range", "Accept"),
  fc.string({ unit: "grapheme-ascii", maxLength: 40 }),
  { maxKeys: 2 },
);

const request = fc.constantFrom(...OPERATIONS).chain((operation) =>
  fc.record({
    title: fc.constant(operation.title),
    body: bodyOf(operation),
    query: queryOf(operation),
    headers: HEADERS,
    isKnown: fc.boolean(),
    id: fc.option(text, { freq: 5 }),
  }),
);

it(`${RUNS} random requests to every endpoint: never a 5xx, always what the description declares`, async () => {
  await fc.assert(
    fc.asyncProperty(request, async ({ title, body, query, headers, isKnown, id }) => {
      const operation = OPERATIONS.find((it) => it.title === title) as Operation;
      clock.advance(60_000);
      const own = isKnown && operation.method !== "DELETE" ? tenant.ids : UNKNOWN_IDS;
      const last = operation.params.at(-1);
      const ids = id?.isWellFormed() && id !== "" && id !== "../.." && last ? { ...own, [last]: id } : own;
      const search = new URLSearchParams(query).toString();
      const path = `${pathOf(operation, ids)}${search && `?${search}`}`;
      const sent = body === undefined || operation.method === "GET" ? undefined : JSON.stringify(body);
      const answer = await call(operation.method, path, {
        headers: { "Content-Type": "application/json", ...headers, ...tenant.headers },
        body: sent === undefined ? undefined : new TextEncoder().encode(sent),
      });
      expect(answer.status, answer.text).toBeLessThan(500);
    }),
    { numRuns: RUNS, seed: SEED },
  );
});
