import { createExecutionContext, listDurableObjectIds } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { app } from "../../src/app.ts";
import { generateKey } from "../../src/core/keys/key-format.ts";
import { revokeKey } from "../../src/platform/api-keys/service/revoke.ts";
import { measured } from "../support/counting.ts";
import { type Answer, call, makeWorkspace, START, TestClock } from "../support/fixtures.ts";
import { type Gatekeeper, guarded } from "../faults/bindings.ts";
import { rowsStored, storedInObjects } from "../faults/storage.ts";
import { emptyStorage } from "../support/storage.ts";
import { times } from "../limits/engine.ts";

const clock = new TestClock();
beforeEach(async () => {
  await emptyStorage();
  clock.time = START;
});

const probe = (key: string, ip: string, path = "/v1/me"): Promise<Answer> =>
  call("GET", path, { headers: { "X-Api-Key": key, "CF-Connecting-IP": ip } });
const unknown = () => generateKey("optimo", "live");

/** One that is almost a key: a character changed, left out, doubled, or of another case. */
function spoiled(key: string, n: number): string {
  const at = n % key.length;
  const char = key[at] as string;
  const swapped = char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase();
  const variants = [
    key.slice(0, at) + (char === "x" ? "y" : "x") + key.slice(at + 1),
    key.slice(0, at) + key.slice(at + 1),
    key.slice(0, at) + char + key.slice(at),
    key.slice(0, at) + (swapped === char ? "-" : swapped) + key.slice(at + 1),
    key.split("").reverse().join(""),
  ];
  return variants[n % variants.length] as string;
}

describe("100,000 malformed keys", () => {
  it("100,000 malformed keys are refused without a single call to an object, to KV or to the database", async () => {
    let calls = 0;
    const count: Gatekeeper = (_, run) => {
      calls += 1;
      return run();
    };
    const counted = guarded(count);
    const ctx = createExecutionContext();
    const key = unknown();
    let refused = 0;
    for (let n = 0; n < 100_000; n += 1) {
      const headers = { "X-Api-Key": spoiled(key, n) };
      const response = await app.fetch(new Request("https://api.example.com/v1/me", { headers }), counted, ctx);
      if (response.status === 401) refused += 1;
    }
    expect(refused).toBe(100_000);
    expect(calls).toBe(0);
  });
});

describe("well-formed keys that nobody made", () => {
  it("well-formed keys that nobody made leave no row and no entry anywhere, and read no row of a table that has keys", async () => {
    await (await makeWorkspace(clock)).key();
    const before = await rowsStored();
    const known = (await env.KEY_INDEX.list()).keys.length;
    const objects = (await listDurableObjectIds(env.KEY_OBJECT)).length;
    for (let n = 0; n < 20; n += 1) {
      const headers = { "X-Api-Key": unknown(), "CF-Connecting-IP": "203.0.113.1" };
      const answer = await measured("GET", "/v1/me", { headers });
      expect(answer.status).toBe(401);
      expect(answer.cost).toEqual({ queries: 1, rowsRead: 0, rowsWritten: 0 });
    }
    expect(await rowsStored()).toEqual(before);
    expect((await env.KEY_INDEX.list()).keys).toHaveLength(known);
    expect((await listDurableObjectIds(env.KEY_OBJECT)).length).toBe(objects);
    expect(await storedInObjects(env.IP_OBJECT, ["203.0.113.1"])).toEqual([]);
  });

  it("well-formed keys that nobody made are counted by address: the 301st in a minute is told to wait, other addresses are not", async () => {
    const answers = await times(301, () => probe(unknown(), "203.0.113.7"));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(300);
    const denied = answers.find(({ status }) => status === 429);
    expect(denied?.body.error.details).toMatchObject({ limit: "unknown_api_keys", scope: "ip" });
    expect((await probe(unknown(), "203.0.113.8")).status).toBe(401);
    clock.advance(Number(denied?.headers.get("Retry-After")) * 1_000);
    expect((await probe(unknown(), "203.0.113.7")).status).toBe(401);
  });

  it("well-formed keys that nobody made are counted by /64 where the address is IPv6", async () => {
    await times(300, (n) => probe(unknown(), `2001:db8:1:2::${n.toString(16)}`));
    expect((await probe(unknown(), "2001:db8:1:2:ffff::1")).status).toBe(429);
    expect((await probe(unknown(), "2001:db8:1:3::1")).status).toBe(401);
  });

  it("well-formed keys that nobody made do not stand in the way of a known key from the same address", async () => {
    const key = await (await makeWorkspace(clock)).key();
    expect((await probe(key.key, "203.0.113.9")).status).toBe(200);
    await times(301, () => probe(unknown(), "203.0.113.9"));
    expect((await probe(key.key, "203.0.113.9")).status).toBe(200);
  });
});

describe("the answer to a revoked key", () => {
  /** Everything a caller can tell apart, but for what names the request. */
  const visible = ({ status, headers, text }: Answer) => {
    const id = headers.get("X-Request-ID") as string;
    const rest = [...headers].filter(([name]) => name !== "x-request-id");
    return { status, rest, text: text.replaceAll(id, "") };
  };

  it.each(["/v1/me", "/api/v1/workspaces"])(
    "the answer to a revoked key is byte for byte that to a key that never existed: %s",
    async (path) => {
      const workspace = await makeWorkspace(clock);
      const key = await workspace.key();
      expect((await probe(key.key, "192.0.2.5", path)).status).toBe(200);
      const ctx = workspace.context();
      await revokeKey({ ctx, input: { keyId: key.id } });
      await ctx.unit.commit();
      for (let n = 0; n < 3; n += 1) {
        const revoked = visible(await probe(key.key, `198.51.100.${n}`, path));
        expect(revoked.status).toBe(401);
        expect(revoked).toEqual(visible(await probe(unknown(), `198.51.101.${n}`, path)));
      }
    },
  );

  it("the answer to a revoked key counts against the address like one to a key that never existed", async () => {
    const workspace = await makeWorkspace(clock);
    const key = await workspace.key();
    const ctx = workspace.context();
    await revokeKey({ ctx, input: { keyId: key.id } });
    await ctx.unit.commit();
    const answers = await times(301, () => probe(key.key, "198.51.100.200"));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
    expect((await probe(unknown(), "198.51.100.200")).status).toBe(429);
  });
});
