import { abortAllDurableObjects, evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { hashKey } from "../../src/core/keys/key-format.ts";
import { keyChange } from "../../src/core/access/key-object-client.ts";
import { revokeKey } from "../../src/platform/api-keys/service/revoke.ts";
import { rotateKey } from "../../src/platform/api-keys/service/rotate.ts";
import { deactivateKey, reactivateKey, updateKey } from "../../src/platform/api-keys/service/update.ts";
import { call, makeWorkspace, START, TestClock, type Workspace } from "../support/fixtures.ts";
import { ask, keyObject, type TestKey, times } from "../limits/engine.ts";

const clock = new TestClock();
let workspace: Workspace;
let key: TestKey;

beforeEach(async () => {
  clock.time = START;
  workspace = await makeWorkspace(clock);
  key = await workspace.key();
  // Known to KV and to this isolate, both of which keep it for good.
  expect(await status()).toBe(200);
  expect(await env.KEY_INDEX.get(await hashKey(key.key))).not.toBeNull();
});

const status = async (headers: Record<string, string> = key.headers, path = "/v1/me"): Promise<number> =>
  (await call("GET", path, { headers })).status;

const change = async (verb: (ctx: ReturnType<Workspace["context"]>) => Promise<unknown>): Promise<void> => {
  const ctx = workspace.context();
  await verb(ctx);
  await ctx.unit.commit();
};

describe("the first request after a change", () => {
  it("the first request after a change sees a revoked key refused", async () => {
    await change((ctx) => revokeKey({ ctx, input: { keyId: key.id } }));
    expect(await status()).toBe(401);
  });

  it("the first request after a change sees a deactivated key refused, and taken again once reactivated", async () => {
    await change((ctx) => deactivateKey(ctx, key.id));
    const refused = await call("GET", "/v1/me", { headers: key.headers });
    expect([refused.status, refused.body.error.details.reason]).toEqual([401, "api_key_inactive"]);
    await change((ctx) => reactivateKey(ctx, key.id));
    expect(await status()).toBe(200);
  });

  it("the first request after a change sees new scopes, narrower and wider", async () => {
    expect(await status(key.headers, "/v1/sites")).toBe(200);
    const scope = (scopes: string[]) =>
      change((ctx) => updateKey({ ctx, input: { keyId: key.id, changes: { scopes } } }));
    await scope(["pages:read"]);
    expect(await status(key.headers, "/v1/sites")).toBe(403);
    await scope(["sites:read"]);
    expect(await status(key.headers, "/v1/sites")).toBe(200);
  });

  it("the first request after a change sees a rotated key stopped at once without grace, and the new one work", async () => {
    const ctx = workspace.context();
    const rotated = await rotateKey({ ctx, input: { keyId: key.id, gracePeriodHours: 0 } });
    await ctx.unit.commit();
    expect(await status()).toBe(401);
    expect(await status({ "X-Api-Key": rotated.key })).toBe(200);
  });
});

describe("10,000 requests with a revoked key", () => {
  it("10,000 requests with a revoked key are all refused, wherever objects are evicted or aborted in between", async () => {
    await change((ctx) => revokeKey({ ctx, input: { keyId: key.id } }));
    let accepted = 0;
    for (let batch = 0; batch < 100; batch += 1) {
      const statuses = await times(20, (n) =>
        status({ ...key.headers, "CF-Connecting-IP": `198.51.100.${(batch + n) % 50}` }),
      );
      const verdicts = await times(80, () => ask(workspace, key, batch % 2 ? "content" : "platform"));
      accepted += statuses.filter((it) => it !== 401).length;
      accepted += verdicts.filter(({ kind }) => kind !== "refused").length;
      if (batch % 10 === 3) await evictDurableObject(keyObject(key.id));
      if (batch % 20 === 9) await abortAllDurableObjects();
      clock.advance(batch % 3 ? 1_000 : 60_000);
    }
    expect(accepted).toBe(0);
  });
});

/** A change of the key in the table alone: what its objects do not hear of. */
const deactivateInTable = () =>
  env.DB.prepare("UPDATE api_keys SET is_active = 0, version = version + 1 WHERE id = ?").bind(key.id).run();

describe("a writer that dies", () => {
  it("a writer that dies before its commit leaves the key as it was", async () => {
    await keyChange(env, key.id).before();
    expect(await status()).toBe(200);
    clock.advance(120_000);
    expect(await status()).toBe(200);
  });

  it("a writer that dies after its commit leaves no call that is still let in, even when nobody called for a while", async () => {
    await keyChange(env, key.id).before();
    expect(await status()).toBe(200);
    await deactivateInTable();
    clock.advance(59_999);
    expect(await status()).toBe(401);
    clock.advance(120_000);
    expect(await status()).toBe(401);
  });

  it("a writer that dies after its commit is not outlived by a policy that was read before it", async () => {
    await keyChange(env, key.id).before();
    clock.advance(1_000);
    expect(await status()).toBe(200);
    await deactivateInTable();
    clock.advance(59_500);
    expect(await status()).toBe(401);
  });

  it("a writer that dies after its commit, when the object dies between announcement and commit, leaves no call that is let in", async () => {
    await keyChange(env, key.id).before();
    await abortAllDurableObjects();
    expect(await status()).toBe(200);
    await deactivateInTable();
    expect(await status()).toBe(401);
    await abortAllDurableObjects();
    expect(await status()).toBe(401);
  });
});

describe("many calls at once with a change in between", () => {
  it("many calls at once with a change in between are let in only if they arrived before the commit", async () => {
    await keyChange(env, key.id).before();
    const before = times(20, () => ask(workspace, key, "content"));
    await deactivateInTable();
    const after = await times(20, () => ask(workspace, key, "content"));
    expect(after.filter(({ kind }) => kind !== "refused")).toEqual([]);
    await before;
  });

  it("many calls at once with a change in between are refused as soon as the change is told to be done, also those that wait for units of the plan", async () => {
    const running = times(50, () => ask(workspace, key, "platform"));
    await change((ctx) => deactivateKey(ctx, key.id));
    const after = await times(50, () => ask(workspace, key, "platform"));
    expect(after.every((it) => it.kind === "refused" && it.reason === "inactive")).toBe(true);
    await running;
  });
});
