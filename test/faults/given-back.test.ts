import { describe, expect, it } from "vitest";
import type { Env } from "../../src/env.ts";
import { call, makeWorkspace, TestClock } from "../support/fixtures.ts";
import { callThrough, without } from "./world.ts";

const clock = new TestClock();

const remaining = (answer: { headers: Headers }): number => Number(answer.headers.get("X-RateLimit-Remaining"));

const CALLS: [missing: keyof Env, method: string, path: string, body?: object][] = [
  ["DB", "GET", "/v1/sites"],
  ["DB", "POST", "/v1/sites", { name: "Blue Door Bakery" }],
  ["LEDGER_OBJECT", "GET", "/v1/usage"],
  ["DB", "GET", "/api/v1/posts"],
  ["DB", "POST", "/api/v1/posts", { title: "Rye" }],
  ["DB", "POST", "/api/v1/mcp/tools/call", { server: "optimocms", tool: "list_sites", arguments: {} }],
  ["DB", "GET", "/api/pages"],
];

/** A call of the same surface that needs nothing but the key. */
const plain = (path: string): string => (path.startsWith("/api/v1") ? "/api/v1/access-types" : path);

const monthOf = async (headers: Record<string, string>) => (await call("GET", "/v1/usage", { headers })).body.data;

describe("a call that a dependency failed", () => {
  it.each(CALLS)(
    "a call that fails without %s, %s %s, costs its key nothing of any limit",
    async (missing, method, path, body) => {
      const workspace = await makeWorkspace(clock, "professional");
      const { headers } = await workspace.key();
      const before = await monthOf(headers);
      const shown = remaining(await call("GET", plain(path), { headers }));
      for (let n = 0; n < 3; n += 1) {
        const answer = await callThrough(without(missing), method, path, { headers, ...(body && { body }) });
        expect(answer.status, answer.text).toBe(503);
        expect(remaining(answer)).toBe(shown);
      }
      const after = await monthOf(headers);
      expect(after.key.callsThisMonth).toBe(before.key.callsThisMonth + 2);
      expect(after.apiCalls.used).toBe(before.apiCalls.used + 2);
      expect(after.mcpCalls.used).toBe(before.mcpCalls.used);
    },
  );

  it("a visit that a dependency failed costs its address nothing", async () => {
    const headers = { "CF-Connecting-IP": "198.51.100.77" };
    for (let n = 0; n < 3; n += 1) {
      const failed = await callThrough(without("DB"), "GET", `/s/nowhere-${n}/`, { headers });
      expect([failed.status, remaining(failed)]).toEqual([503, 100]);
    }
    expect(remaining(await call("GET", "/s/nowhere/", { headers }))).toBe(99);
  });

  it("a call without a key that a dependency failed costs its address nothing", async () => {
    const headers = { "CF-Connecting-IP": "198.51.100.78" };
    const failed = await callThrough(without("DB"), "GET", "/api/v1/pixel/config", { headers });
    expect([failed.status, remaining(failed)]).toEqual([503, 100]);
  });
});
