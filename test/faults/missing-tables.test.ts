import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { generateKey } from "../../src/core/keys/key-format.ts";
import { runScheduled } from "../../src/scheduled.ts";
import { call as answer, TestClock } from "../support/fixtures.ts";
import { guarded } from "./bindings.ts";
import { callThrough } from "./world.ts";

const clock = new TestClock();
const DAYS = 40 * 86_400_000;
const SENTENCE = /^The database lacks tables: run `npm run migrate:local`, or `npm run migrate` where it is deployed\./;

/** A database nobody has migrated. */
const unmigrated = () =>
  guarded(async (binding, run) => {
    if (binding === "DB") throw new Error("D1_ERROR: no such table: api_keys: SQLITE_ERROR");
    return run();
  });

const call = (path: string) => {
  const headers = { "X-Api-Key": generateKey("optimo", "live"), Origin: "https://example.com" };
  return callThrough(unmigrated(), "GET", path, { headers });
};

it.each([
  ["/v1/health", "health"],
  ["/v1/me", "the Content API"],
  ["/api/v1/workspaces", "the Platform API"],
  ["/api/pages", "the Delivery API"],
  ["/api/v1/pixel/config", "the pixel"],
])("%s: %s answers 503 and says which command makes the tables that are missing", async (path) => {
  // Farther than any report that is kept for a moment.
  clock.advance(DAYS);
  const { status, body, headers, text } = await call(path);
  expect(status, text).toBe(503);
  expect(body.error.message ?? body.message).toMatch(SENTENCE);
  expect(headers.get("Retry-After")).toBe("10");
  expect(text).not.toContain("api_keys");
});

it("a website answers its visitors 503 and says which command makes the tables that are missing", async () => {
  const { status, text } = await call("/s/blue-door-bakery/");
  expect(status).toBe(503);
  expect(text).toMatch(SENTENCE);
});

it("health says which command to run where all but the newest migration has been applied", async () => {
  clock.advance(DAYS);
  const newest = "(SELECT name FROM d1_migrations ORDER BY id DESC LIMIT 1)";
  const { results } = await env.DB.prepare(`DELETE FROM d1_migrations WHERE name = ${newest} RETURNING name`).all();
  const late = await answer("GET", "/v1/health");
  expect(late.status, late.text).toBe(503);
  expect(late.body.error.message).toMatch(SENTENCE);
  await env.DB.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(results[0]?.name).run();
  expect((await answer("GET", "/v1/health")).status).toBe(200);
});

it("the log of the minute's work says which command makes the tables that are missing", async () => {
  const lines: string[] = [];
  const original = console.error;
  console.error = (line: string) => lines.push(line);
  try {
    await runScheduled({ ...unmigrated(), LOG_LEVEL: "error" }, clock.time);
  } finally {
    console.error = original;
  }
  const details = lines.map((line) => JSON.parse(line)).filter(({ message }) => message === "job failed");
  expect(details).not.toHaveLength(0);
  for (const { detail } of details) expect(detail).toMatch(SENTENCE);
});
