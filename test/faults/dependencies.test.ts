import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { forgetKeys } from "../../src/core/access/key-index.ts";
import { generateKey } from "../../src/core/keys/key-format.ts";
import type { Env } from "../../src/env.ts";
import { call, TestClock } from "../support/fixtures.ts";
import { callThrough, makeSite, type Site, without } from "./world.ts";

const clock = new TestClock();
let site: Site;

beforeAll(async () => {
  site = await makeSite(clock);
});

const CALLS: [missing: keyof Env, method: string, path: () => string, body?: object][] = [
  ["DB", "GET", () => `${site.path}/pages`],
  ["DB", "POST", () => `${site.path}/pages`, { title: "Contact" }],
  ["DB", "GET", () => "/api/v1/workspaces"],
  ["DB", "POST", () => "/api/v1/api-keys", { name: "CI" }],
  ["KEY_OBJECT", "GET", () => "/v1/me"],
  ["KEY_OBJECT", "GET", () => "/api/v1/workspaces"],
  ["LEDGER_OBJECT", "GET", () => "/v1/usage"],
];

describe("without a dependency", () => {
  it.each(CALLS)(
    "without %s, %s is answered with 503 and a time to retry, in the surface's format",
    async (missing, method, path, body) => {
      const answer = await callThrough(without(missing), method, path(), {
        headers: site.key.headers,
        ...(body && { body }),
      });
      expect(answer.status, answer.text).toBe(503);
      expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThanOrEqual(1);
      if (path().startsWith("/v1")) expect(answer.body.error.code).toBe("SERVICE_UNAVAILABLE");
      else expect(answer.body).toMatchObject({ error: "service_unavailable", retry_after: 2 });
      expect(answer.text).not.toContain("Network connection lost");
    },
  );

  it("without a dependency that only spares a look-up, KV, everything works", async () => {
    forgetKeys();
    const answer = await callThrough(without("KEY_INDEX"), "GET", "/v1/me", { headers: site.key.headers });
    expect(answer.status, answer.text).toBe(200);
    const made = await callThrough(without("KEY_INDEX"), "POST", "/api/v1/api-keys", {
      headers: site.key.headers,
      body: { name: "Made without KV" },
    });
    expect(made.status, made.text).toBe(201);
    expect((await call("GET", "/v1/me", { headers: { "X-Api-Key": made.body.data.key } })).status).toBe(200);
  });

  it("without a dependency that counts strangers, an unknown key is not let near the database", async () => {
    const headers = { "X-Api-Key": generateKey("optimo", "live") };
    const answer = await callThrough(without("IP_OBJECT"), "GET", "/v1/me", { headers });
    expect(answer.status).toBe(503);
  });

  it("without a dependency that looks up an unseen key, the answer is 503 and not 401", async () => {
    const key = await site.workspace.key();
    await env.KEY_INDEX.delete((await env.KEY_INDEX.list()).keys.map(({ name }) => name).at(-1) as string);
    forgetKeys();
    const names = (await env.KEY_INDEX.list()).keys.map(({ name }) => name);
    await Promise.all(names.map((name) => env.KEY_INDEX.delete(name)));
    const answer = await callThrough(without("DB"), "GET", "/v1/me", { headers: key.headers });
    expect(answer.status).toBe(503);
  });
});
