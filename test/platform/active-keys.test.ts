import { beforeEach, describe, expect, it } from "vitest";
import { TIERS } from "../../src/core/limits/plans.ts";
import { createKey } from "../../src/platform/api-keys/service/create.ts";
import { type Answer, call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";
import { countOf, times } from "../limits/engine.ts";

const clock = new TestClock();
const DAY = 24 * 3_600_000;
const ROOM = 10;
let workspace: Workspace;
let headers: Record<string, string>;

beforeEach(async () => {
  workspace = await makeWorkspace(clock, "starter");
  headers = (await workspace.key()).headers;
});

const keys = (method: string, path: string, body?: unknown, as = headers): Promise<Answer> =>
  call(method, `/api/v1/api-keys${path}`, { headers: as, ...(body !== undefined && { body }) });
const make = (more: Record<string, unknown> = {}, as = headers) => keys("POST", "", { name: "One more", ...more }, as);
const importOne = (n: number, as = headers) =>
  keys("POST", "/import", { name: "Old", key: `nscms_k1_${workspace.id}old${n}` }, as);
const inUse = async (as = headers): Promise<unknown> =>
  (await call("GET", "/api/v1/entitlements/summary", { headers: as })).body.data.entitlements.api_keys;
const fill = async (count: number): Promise<number[]> => {
  const ids: number[] = [];
  for (let n = 0; n < count; n += 1) ids.push((await workspace.key({ expiresAt: null })).id);
  return ids;
};

describe("the number of active keys", () => {
  it("the number of active keys never exceeds what the tier has, exactly, however many are made and imported at once", async () => {
    const answers = await times(24, (n) => (n % 2 ? make() : importOne(n)));
    expect([countOf(answers, 201), countOf(answers, 403)]).toEqual([ROOM - 1, 24 - ROOM + 1]);
    const refused = answers.find(({ status }) => status === 403);
    expect(refused?.body).toMatchObject({ error: "feature_limit_reached", feature: "api_keys" });
    expect(refused?.body.upgrade_url).toBeTruthy();
    expect(await inUse()).toEqual({ used: ROOM, limit: ROOM, available: 0, percentage: 100 });
    const check = await call("GET", "/api/v1/entitlements/check?feature=api_keys", { headers });
    expect(check.body).toMatchObject({ allowed: false, current_usage: ROOM, limit: ROOM });
  });

  it("the number of active keys leaves room for rotating: the successor takes the place of the old key at once", async () => {
    const [first] = await fill(ROOM - 1);
    const rotated = await keys("POST", `/${first}/rotate`, { grace_period_hours: 24 });
    expect(rotated.status, rotated.text).toBe(200);
    expect(await inUse()).toMatchObject({ used: ROOM });
    expect((await make()).status).toBe(403);
    expect((await keys("DELETE", `/${rotated.body.data.id}`)).status).toBe(204);
    expect((await keys("DELETE", `/${first}`)).status).toBe(204);
    expect((await make()).status).toBe(201);
  });

  it("the number of active keys counts a replaced key in its grace once its successor is revoked or switched off", async () => {
    const [first, second] = await fill(ROOM - 1);
    const [one, other] = [await keys("POST", `/${first}/rotate`, {}), await keys("POST", `/${second}/rotate`, {})];
    expect((await keys("DELETE", `/${one.body.data.id}`)).status).toBe(204);
    const successor = `/${other.body.data.id}`;
    expect((await keys("PATCH", successor, { is_active: false })).status).toBe(200);
    expect(await inUse()).toMatchObject({ used: ROOM });
    expect((await make()).status).toBe(403);
    clock.advance(60_000);
    expect((await keys("PATCH", successor, { is_active: true })).status, "its line has a place").toBe(200);
    expect(await inUse()).toMatchObject({ used: ROOM });
    clock.advance(DAY);
    expect(await inUse(), "the grace of the first is over").toMatchObject({ used: ROOM - 1 });
    expect((await make()).status).toBe(201);
  });

  it("the number of active keys counts a line of rotations once, whichever of its keys have ended", async () => {
    const [first] = await fill(ROOM - 1);
    const second = (await keys("POST", `/${first}/rotate`, { grace_period_hours: 168 })).body.data.id;
    const third = (await keys("POST", `/${second}/rotate`, { grace_period_hours: 0 })).body.data.id;
    expect(await inUse()).toMatchObject({ used: ROOM });
    expect((await keys("DELETE", `/${third}`)).status).toBe(204);
    expect(await inUse(), "the first is in its grace").toMatchObject({ used: ROOM });
    expect((await keys("DELETE", `/${first}`)).status).toBe(204);
    expect(await inUse()).toMatchObject({ used: ROOM - 1 });
  });

  it("the number of active keys lets no replaced key be switched on in its grace where there is no room", async () => {
    const off = (await make({ is_active: false })).body.data.id;
    expect((await keys("POST", `/${off}/rotate`, {})).status).toBe(200);
    await fill(ROOM - 1);
    clock.advance(60_000);
    expect((await keys("PATCH", `/${off}`, { is_active: true })).status).toBe(403);
  });

  it("the number of active keys does not count those that are switched off, which find no room when they are switched on, at once or not", async () => {
    const some = await fill(3);
    for (const id of some) expect((await keys("PATCH", `/${id}`, { is_active: false })).status).toBe(200);
    await fill(ROOM - 3);
    clock.advance(60_000);
    const answers = await Promise.all(some.map((id) => keys("PATCH", `/${id}`, { is_active: true })));
    expect([countOf(answers, 200), countOf(answers, 403)]).toEqual([2, 1]);
    expect((await make({ is_active: false })).status).toBe(201);
    expect(await inUse()).toMatchObject({ used: ROOM });
  });

  it("the number of active keys does not count those that have expired, which find no room when they are given more time", async () => {
    const ending = await make({ expires_at: new Date(clock.time + DAY).toISOString() });
    expect(ending.status, ending.text).toBe(201);
    await fill(ROOM - 2);
    clock.advance(DAY);
    expect(await inUse()).toMatchObject({ used: ROOM - 1 });
    expect((await make()).status).toBe(201);
    clock.advance(60_000);
    const later = { expires_at: new Date(clock.time + DAY).toISOString() };
    expect((await keys("PATCH", `/${ending.body.data.id}`, later)).status).toBe(403);
    expect((await keys("PATCH", `/${ending.body.data.id}`, { name: "Renamed" })).status).toBe(200);
  });

  it("the number of active keys is counted apart for the sandbox", async () => {
    await fill(ROOM - 1);
    expect((await make()).status).toBe(403);
    expect((await make({ environment: "sandbox" })).status).toBe(201);
  });

  it.each(TIERS)("the number of active keys of the tier %s is what docs/contract.md §8 says", async (tier) => {
    const room = { trial: 0, free: 5, starter: 10, professional: 25, pro: 50, agency: 100, enterprise: 1_000 }[tier];
    const tenant = await makeWorkspace(clock, tier);
    const tries = Math.min(room ?? 0, 26) + 1;
    const made = await times(tries, async () => {
      const ctx = tenant.context();
      await createKey({ ctx, input: { name: "Key" } });
      await ctx.unit.commit();
    }).then(
      (all) => all.length,
      (error) => error.code,
    );
    expect(made).toBe((room ?? 0) < tries ? "feature_limit_reached" : tries);
  });
});

describe("a key with a monthly cap", () => {
  it("a key with a monthly cap makes, imports and rotates no other key, and is told so before anything else about it", async () => {
    const capped = (await workspace.key({ monthlyCap: 100 })).headers;
    const { id } = await workspace.key({ monthlyCap: 5, scopes: ["posts:read"] });
    const answers = [
      await make({ monthly_cap: 5 }, capped),
      await importOne(1, capped),
      await keys("POST", `/${id}/rotate`, {}, capped),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(403);
      expect(body.message).toContain("monthly cap cannot make API keys");
    }
    const { body } = await keys("POST", `/${id}/simulate`, { method: "POST", path: "/api/v1/api-keys" });
    expect(body.data).toMatchObject({ allowed: false, status: 403 });
  });

  it("a key with a monthly cap can replace itself", async () => {
    const capped = await workspace.key({ monthlyCap: 100 });
    const rotated = await keys("POST", `/${capped.id}/rotate`, {}, capped.headers);
    expect(rotated.status, rotated.text).toBe(200);
    expect(rotated.body.data.monthly_cap).toBe(100);
  });
});
