import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { callCharges, keyLimits } from "../../src/core/limits/key-limits.ts";
import { planOf, TIERS } from "../../src/core/limits/plans.ts";
import { MAX_SHARDS, shardsFor } from "../../src/core/limits/shards.ts";
import type { KeySettings } from "../../src/platform/api-keys/service/settings.ts";
import { revokeKey } from "../../src/platform/api-keys/service/revoke.ts";
import { updateKey } from "../../src/platform/api-keys/service/update.ts";
import { failing } from "../faults/world.ts";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";
import { ask, countOf, keyObject, type TestKey, times } from "./engine.ts";

const clock = new TestClock();
let workspace: Workspace;
let key: TestKey;

beforeEach(async () => {
  workspace = await makeWorkspace(clock, "enterprise");
  key = await workspace.key();
});

const SHARDS = [0, 1, 2, 3];

describe("the shares of a key's objects", () => {
  it("the shares of a key's objects add up to the whole, and an object too many has nothing", () => {
    fc.assert(
      fc.property(fc.constantFrom(...TIERS), (tier) => {
        const plan = planOf(tier);
        const all = SHARDS.map((shard) => keyLimits(plan, null, shard));
        const capacities = all.map(
          ({ buckets }) => buckets.find(({ name }) => name.startsWith("platform"))?.capacity ?? 0,
        );
        const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
        const { perMinute, burstPercent } = plan.platform;
        expect(sum(capacities)).toBe(perMinute + (perMinute * burstPercent) / 100);
        expect(capacities.slice(shardsFor(plan)).every((capacity) => capacity === 0)).toBe(true);
      }),
    );
    expect(MAX_SHARDS).toBe(SHARDS.length);
  });
});

describe("a key of the largest tier on the Platform API", () => {
  const heavy = { charges: { ...callCharges("platform"), "platform.requests_per_minute": 100 } };

  it("a key of the largest tier on the Platform API is let in exactly up to its capacity, over four objects", async () => {
    const verdicts = await times(2_300, () => ask(workspace, key, "platform", heavy));
    expect(verdicts.filter(({ kind }) => kind === "admitted")).toHaveLength(2_000);
    expect((await ask(workspace, key, "platform")).kind).toBe("limited");
    for (const shard of SHARDS) expect((await keyObject(key.id, shard).counts())?.today).toBe(500);
  });

  it("a key of the largest tier on the Platform API sees the whole limit in its figures, admitted or denied", async () => {
    const admitted = await call("GET", "/api/v1/workspaces", { headers: key.headers });
    expect(admitted.headers.get("X-RateLimit-Limit")).toBe("100000");
    await times(2_000, () => ask(workspace, key, "platform", heavy));
    for (let n = 0; n < 5; n += 1) await times(100, () => ask(workspace, key, "platform"));
    const denied = await call("GET", "/api/v1/workspaces", { headers: key.headers });
    expect([denied.status, denied.body.limit, denied.body.remaining]).toEqual([429, 100_000, 0]);
    expect(denied.headers.get("X-RateLimit-Limit")).toBe("100000");
  });

  it("a key of the largest tier on the Platform API is refused by every object once its revocation returns", async () => {
    await times(40, () => ask(workspace, key, "platform"));
    const ctx = workspace.context();
    await revokeKey({ ctx, input: { keyId: key.id } });
    await ctx.unit.commit();
    const ref = { keyId: key.id, familyId: key.id, workspaceId: workspace.id, environment: "live" as const };
    const asked = {
      ref,
      charges: {},
      ip: "192.0.2.1",
      idempotencyKey: null,
      requestId: "r",
      knownVersion: null,
    };
    const verdicts = await Promise.all(SHARDS.map((shard) => keyObject(key.id, shard).admit({ ...asked, shard })));
    expect(verdicts.map(({ kind }) => kind)).toEqual(["refused", "refused", "refused", "refused"]);
  });

  it("a key of the largest tier on the Platform API is not revoked at all, and the caller told so, when one of the objects cannot be reached", async () => {
    for (let object = 1; object <= SHARDS.length; object += 1) {
      const ctx = workspace.context();
      ctx.env = failing(object, "before").bindings;
      await revokeKey({ ctx, input: { keyId: key.id } });
      await expect(ctx.unit.commit()).rejects.toMatchObject({ code: "unavailable" });
      expect((await ask(workspace, key, "platform")).kind).toBe("admitted");
    }
  });

  it("a key of the largest tier on the Platform API is held to a lower tier at once, also by those who still think it has four objects", async () => {
    await times(8, () => ask(workspace, key, "platform"));
    const ctx = workspace.context();
    await updateKey({ ctx, input: { keyId: key.id, changes: { rateLimitTier: "free" } } });
    await ctx.unit.commit();
    const verdicts = await times(150, () => ask(workspace, key, "platform"));
    expect(verdicts.filter(({ kind }) => kind === "admitted")).toHaveLength(60);
  });

  const usedBy = async (of: TestKey): Promise<number> =>
    (await call("GET", "/v1/usage", { headers: of.headers })).body.data.key.callsThisMonth;
  const change = async (keyId: number, changes: Partial<KeySettings>) => {
    const ctx = workspace.context();
    await updateKey({ ctx, input: { keyId, changes } });
    await ctx.unit.commit();
  };

  it("a key of the largest tier on the Platform API with a monthly cap of its own is let in exactly that often, on both APIs together", async () => {
    const capped = await workspace.key({ monthlyCap: 41 });
    const answers = await times(100, (n) =>
      call("GET", n % 2 ? "/v1/me" : "/api/v1/workspaces", { headers: capped.headers }),
    );
    expect(countOf(answers, 200)).toBe(41);
    const denied = answers.find(({ status, body }) => status === 429 && body.limit_name);
    expect(denied?.body).toMatchObject({
      limit_name: "monthly_api_calls",
      limit_scope: "key",
      limit: 41,
      remaining: 0,
    });
    for (let n = 0; n < 5; n += 1) expect((await ask(workspace, capped, "platform")).kind).toBe("limited");
  });

  it.each([41, 60])(
    "a key of the largest tier on the Platform API that is given a monthly cap of %i when 41 calls are made is let in as often as is left",
    async (cap) => {
      await times(40, () => ask(workspace, key, "platform"));
      expect(await usedBy(key)).toBe(41);
      await change(key.id, { monthlyCap: cap });
      const verdicts = await times(100, () => ask(workspace, key, "platform"));
      expect(verdicts.filter(({ kind }) => kind === "admitted")).toHaveLength(cap - 41);
    },
  );

  it("a key of the largest tier on the Platform API sees in its figures what is left of its cap, whichever object answers", async () => {
    const capped = await workspace.key({ monthlyCap: 50 });
    for (let n = 1; n <= 12; n += 1) {
      const verdict = await ask(workspace, capped, "platform");
      const figure = verdict.kind === "admitted" && verdict.figures.find(({ name }) => name === "monthly_api_calls");
      expect(figure).toMatchObject({ scope: "key", limit: 50 });
      if (n > 4) expect((figure || undefined)?.remaining).toBeLessThan(50);
    }
  });

  it("a key of the largest tier on the Platform API loses none of its counts when a lower tier has fewer objects", async () => {
    await times(40, () => ask(workspace, key, "platform"));
    await change(key.id, { rateLimitTier: "pro" });
    expect(await usedBy(key)).toBe(41);
  });
});
