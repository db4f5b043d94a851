import { abortAllDurableObjects, evictAllDurableObjects, runDurableObjectAlarm } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { metricCharges } from "../../src/core/limits/key-limits.ts";
import { periodKey } from "../../src/core/limits/period.ts";
import { updateWorkspace } from "../../src/platform/workspaces/service/write.ts";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";
import { ask, countOf, keyObject, ledgerObject, type TestKey, times, useUp } from "./engine.ts";

const KEYS = 8;
const PLAN = 1_000;

const clock = new TestClock();
let workspace: Workspace;
let keys: TestKey[];

beforeEach(async () => {
  workspace = await makeWorkspace(clock, "starter");
  keys = [];
  for (let n = 0; n < KEYS; n += 1) keys.push(await workspace.key());
});

const first = (): TestKey => keys[0] as TestKey;
const usedUnits = async () => (await ledgerObject(workspace).usage(periodKey("month", clock.time))).api_calls;

/** All keys at once, round after round, until a round lets nobody in; answers how many calls passed. */
async function hammer(path: string, perKey: number, between: () => Promise<void> = async () => {}): Promise<number> {
  let passed = 0;
  for (;;) {
    const answers = await times(KEYS * perKey, (n) =>
      call("GET", path, { headers: (keys[n % KEYS] as TestKey).headers }),
    );
    expect(countOf(answers, 200) + countOf(answers, 429)).toBe(answers.length);
    if (countOf(answers, 200) === 0) return passed;
    passed += countOf(answers, 200);
    clock.advance(60_000);
    await between();
  }
}

describe("a workspace's monthly calls, shared by eight keys at once", () => {
  it("a workspace's monthly calls, shared by eight keys at once, pass exactly as often as the plan has left", async () => {
    await useUp(workspace, first(), PLAN - 100);
    expect(await hammer("/api/v1/workspaces", 20)).toBe(100);
    expect(await usedUnits()).toBe(PLAN);
  });

  it("a workspace's monthly calls, shared by eight keys at once, pass exactly as often when objects are evicted in between without notice", async () => {
    await useUp(workspace, first(), PLAN - 100);
    expect(await hammer("/v1/me", 5, evictAllDurableObjects)).toBe(100);
    expect(await usedUnits()).toBe(PLAN);
  });

  it("a workspace's monthly calls, shared by eight keys at once, pass exactly as often when idle keys are evicted, having handed their leases back", async () => {
    await useUp(workspace, first(), PLAN - 100);
    const evictIdle = async () => {
      for (const { id } of keys) await runDurableObjectAlarm(keyObject(id));
      await evictAllDurableObjects();
    };
    expect(await hammer("/api/v1/workspaces", 6, evictIdle)).toBe(100);
    expect(await usedUnits()).toBe(PLAN);
  });

  it("a workspace's monthly calls, shared by eight keys at once, pass exactly as often when a key sits on units it does not use", async () => {
    const sitter = await workspace.key();
    expect((await ask(workspace, sitter, "content")).kind).toBe("admitted");
    await useUp(workspace, first(), PLAN - 101);
    expect(await hammer("/api/v1/workspaces", 20)).toBe(100);
    expect((await ask(workspace, sitter, "content")).kind).toBe("limited");
  });

  it("a workspace's monthly calls, shared by eight keys at once, come back when a key that holds a lease dies before its first call", async () => {
    const sitter = await workspace.key();
    const draw = { metric: "api_calls" as const, period: periodKey("month", clock.time), used: 0, limit: PLAN };
    const own = { cap: null, isEmptyHanded: false };
    await ledgerObject(workspace).draw({ ...draw, ...own, holder: `${sitter.id}`, need: 1, want: 400 });
    await useUp(workspace, first(), 500);
    await useUp(workspace, keys[1] as TestKey, PLAN - 500);
    expect(await usedUnits()).toBe(PLAN);
  });

  it("a workspace's monthly calls, shared by eight keys at once, start again in the next month, whatever is left of the last one's leases", async () => {
    await useUp(workspace, first(), PLAN);
    expect((await ask(workspace, first(), "content")).kind).toBe("limited");
    clock.time = Date.UTC(2026, 11, 1);
    await useUp(workspace, first(), PLAN);
    expect((await ask(workspace, first(), "content")).kind).toBe("limited");
    clock.time = Date.UTC(2026, 10, 20, 12);
  });
});

describe("a key's object after a crash", () => {
  it("a key's object after a crash counts what was let in, and at most one call more for sixteen of the last seconds", async () => {
    const usageOf = async () => (await call("GET", "/v1/usage", { headers: first().headers })).body.data;
    for (let n = 0; n < 44; n += 1) expect((await ask(workspace, first(), "platform")).kind).toBe("admitted");
    await abortAllDurableObjects();
    const { apiCalls, key } = await usageOf();
    expect(apiCalls.used).toBe(key.callsThisMonth);
    expect(key.callsThisMonth).toBeGreaterThanOrEqual(45);
    expect(key.callsThisMonth).toBeLessThanOrEqual(45 + 2);
    const report = await call("GET", "/api/v1/usage", { headers: first().headers });
    expect(Math.abs(report.body.meta.total_calls - 46)).toBeLessThanOrEqual(2);
  });

  it("a key's object after a crash is exact for those who call now and then, crash after crash", async () => {
    for (let n = 1; n <= 12; n += 1) {
      expect((await ask(workspace, first(), "platform")).kind).toBe("admitted");
      await abortAllDurableObjects();
      expect(await usedUnits()).toBe(n);
    }
  });

  it("a key's object after a crash has lost its caller at most 31 calls, however busy it was", async () => {
    const busy = { charges: { "platform.requests_per_minute": 1 } };
    let before = 0;
    for (let n = 0; n < 900; n += 1) {
      const verdict = await ask(workspace, first(), "platform", busy);
      before = verdict.kind === "admitted" ? (verdict.figures[0]?.remaining ?? 0) : -1;
    }
    await abortAllDurableObjects();
    const after = await ask(workspace, first(), "platform", busy);
    const left = after.kind === "admitted" ? (after.figures[0]?.remaining ?? 0) : -1;
    expect(before - 1 - left).toBeGreaterThanOrEqual(0);
    expect(before - 1 - left).toBeLessThanOrEqual(31);
  });

  it.each([40, 250])(
    "a key's object after a crash loses nothing of a cap of %i but a hundredth of what was left, however often it crashes",
    async (cap) => {
      const capped = await workspace.key({ monthlyCap: cap });
      let served = 0;
      let lost = 0;
      for (;;) {
        const verdicts = await times(23, () => ask(workspace, capped, "platform"));
        const passed = verdicts.filter(({ kind }) => kind === "admitted").length;
        if (passed === 0) break;
        lost += Math.floor((cap - served) / 100);
        served += passed;
        await abortAllDurableObjects();
      }
      expect(served).toBeLessThanOrEqual(cap);
      expect(served).toBeGreaterThanOrEqual(cap - lost);
    },
  );
});

describe("a change of the plan", () => {
  const moveTo = async (tier: string) => {
    const ctx = workspace.context();
    await updateWorkspace({ ctx, input: { workspaceId: workspace.id, changes: { tier } } });
    await ctx.unit.commit();
  };
  const kindsOf = async () => Promise.all(keys.map(async (key) => (await ask(workspace, key, "platform")).kind));
  const all = (kind: string) => Array(KEYS).fill(kind);

  it("a change of the plan to a higher one lets the very next call of each key in, those that were denied and those that came to rest included", async () => {
    await useUp(workspace, first(), PLAN);
    expect(await kindsOf()).toEqual(all("limited"));
    for (const { id } of keys.slice(0, 4)) await runDurableObjectAlarm(keyObject(id));
    await moveTo("professional");
    expect(await kindsOf()).toEqual(all("admitted"));
    expect(await usedUnits()).toBe(PLAN + KEYS);
  });

  it("a change of the plan to a lower one holds for leases that are out: what is left of it passes, exactly", async () => {
    await moveTo("agency");
    await useUp(workspace, first(), PLAN - 100);
    for (const key of keys.slice(0, 3)) await times(40, () => ask(workspace, key, "platform"));
    await moveTo("starter");
    const before = await usedUnits();
    expect(before).toBe(PLAN + 20);
    expect(await kindsOf()).toEqual(all("limited"));
    await moveTo("agency");
    expect(await kindsOf()).toEqual(all("admitted"));
  });

  it("a change of the plan to a lower one lets exactly as many calls pass as it has left, however many units the keys still held", async () => {
    await moveTo("agency");
    for (const key of keys) await times(20, () => ask(workspace, key, "platform"));
    await useUp(workspace, first(), PLAN - 20 * KEYS - 50);
    for (const key of keys.slice(0, 3)) await times(5, () => ask(workspace, key, "platform"));
    await moveTo("starter");
    expect(await hammer("/api/v1/workspaces", 20)).toBe(35);
    expect(await usedUnits()).toBe(PLAN);
  });

  it("a change of the plan to one with API access lets the next call in, a second after it was refused", async () => {
    await moveTo("trial");
    const never = keys[7] as TestKey;
    expect(await ask(workspace, never, "platform")).toMatchObject({ kind: "refused", reason: "no_api_access" });
    await moveTo("starter");
    clock.advance(1_001);
    expect((await ask(workspace, never, "platform")).kind).toBe("admitted");
  });
});

describe("a draw that needs several units", () => {
  it("a draw that needs several units is granted whole or not at all, and the rest stays for smaller ones", async () => {
    await useUp(workspace, first(), PLAN - 5);
    const wants = async (units: number) =>
      (await ask(workspace, keys[1] as TestKey, "content", { charges: { "key.monthly_api_calls": units } })).kind;
    expect(await wants(6)).toBe("limited");
    await useUp(workspace, keys[2] as TestKey, 5);
    expect(await wants(1)).toBe("limited");
    expect(await usedUnits()).toBe(PLAN);
  });
});

describe("AI tokens charged with the calls that use them", () => {
  it("pass exactly as often as the plan has tokens for, whichever key calls", async () => {
    const studio = await makeWorkspace(clock, "professional");
    const [one, two] = [await studio.key(), await studio.key()];
    const charges = metricCharges({ ai_tokens: 1_000 });
    const verdicts = await times(120, (n) => ask(studio, n % 2 ? one : two, "content", { charges }));
    expect(verdicts.filter(({ kind }) => kind === "admitted")).toHaveLength(100);
    const denied = verdicts.find(({ kind }) => kind === "limited");
    expect(denied).toMatchObject({ deniedBy: { name: "monthly_ai_tokens", scope: "workspace", limit: 100_000 } });
    expect((await ledgerObject(studio).usage(periodKey("month", clock.time))).ai_tokens).toBe(100_000);
  });
});
