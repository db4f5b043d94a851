import { env } from "cloudflare:workers";
import { runDurableObjectAlarm } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { ledgerOf } from "../../src/core/limits/ledger-object.ts";
import { call, makeWorkspace, START, TestClock, type Workspace } from "../support/fixtures.ts";

const clock = new TestClock();
const DAY = 24 * 3_600_000;
let workspace: Workspace;
let keys: { id: number; headers: Record<string, string> }[];

beforeEach(async () => {
  clock.time = START;
  workspace = await makeWorkspace(clock, "pro");
  keys = [await workspace.key(), await workspace.key(), await workspace.key({ scopes: ["read"] })];
});

const headersOf = (index: number) => keys[index % keys.length]?.headers as Record<string, string>;

async function events(type: string) {
  await runDurableObjectAlarm(ledgerOf(env, workspace.id, "live"));
  const feed = await call("GET", `/api/v1/events?type=${type}`, { headers: headersOf(0) });
  return feed.body.data.map((event: { data: Record<string, unknown> }) => event.data);
}

describe("usage by key and day", () => {
  it("usage by key and day agrees with the headers, /v1/usage and the summary after 1,000 mixed calls over three days", async () => {
    let admitted = 0;
    let remaining = 0;
    for (let n = 0; n < 1_000; n += 1) {
      if (n % 40 === 0) clock.advance(4_000);
      if (n === 400 || n === 800) clock.advance(DAY);
      const path = n % 3 === 0 ? "/v1/me" : n % 3 === 1 ? "/v1/sites" : "/api/v1/posts";
      const answer = await call("GET", path, { headers: headersOf(n) });
      if (answer.status !== 429) admitted += 1;
    }
    const usage = await call("GET", "/v1/usage", { headers: headersOf(0) });
    expect(usage.body.data.apiCalls.used).toBe(admitted + 1);
    const summary = await call("GET", "/api/v1/entitlements/summary", { headers: headersOf(1) });
    expect(summary.body.data.entitlements.api_calls.used).toBe(admitted + 2);
    const report = await call("GET", "/api/v1/usage", { headers: headersOf(0) });
    expect(report.body.meta.total_calls, report.text).toBe(admitted + 3);
    expect(new Set(report.body.data.map((row: { day: string }) => row.day)).size).toBe(3);
    const today = report.body.data.filter((row: { day: string }) => row.day === "2026-11-22");
    const ofKey = today.find((row: { key_id: number }) => row.key_id === keys[0]?.id).calls;
    const me = await call("GET", "/v1/usage", { headers: headersOf(0) });
    expect(me.body.data.key.callsToday).toBe(ofKey + 1);
    remaining = Number(me.headers.get("RateLimit")?.match(/"requests_per_day";r=(\d+)/)?.[1]);
    // The day's limit counts calls on /v1 only.
    expect(100_000 - remaining).toBeLessThanOrEqual(ofKey + 1);
  });

  it("usage by key and day shows when, from where and with what a key was last used, and which scopes it has not needed", async () => {
    clock.advance(31 * DAY);
    const used = { ...headersOf(2), "User-Agent": "zapier/1.0", "CF-Connecting-IP": "203.0.113.9" };
    expect((await call("GET", "/v1/sites", { headers: used })).status).toBe(200);
    await call("GET", "/api/v1/usage", { headers: headersOf(0) });
    const shown = (await call("GET", `/api/v1/api-keys/${keys[2]?.id}`, { headers: headersOf(0) })).body.data;
    expect(shown).toMatchObject({ last_used_ip: "203.0.113.9", last_used_user_agent: "zapier/1.0" });
    expect(shown.unused_scopes).toContain("pages:read");
    expect(shown.unused_scopes).not.toContain("sites:read");
  });

  it("usage by key and day counts the scope that a table of items asks for as needed", async () => {
    clock.advance(31 * DAY);
    await call("GET", "/api/backend/item?table=s_orders", { headers: headersOf(2) });
    await call("GET", "/api/v1/usage", { headers: headersOf(0) });
    const shown = (await call("GET", `/api/v1/api-keys/${keys[2]?.id}`, { headers: headersOf(0) })).body.data;
    expect(shown.unused_scopes).toContain("posts:read");
    expect(shown.unused_scopes).not.toContain("ecommerce:read");
  });
});

describe("usage by key and day names keys", () => {
  it("usage by key and day names keys, those that were revoked as well; a key limited to sites is told of those it could have made", async () => {
    const site = (await call("POST", "/v1/sites", { headers: headersOf(0), body: { name: "Bakery" } })).body.data.id;
    const gone = await workspace.key({ name: "Old importer" });
    const limited = await workspace.key({ name: "Branch", siteIds: [site] });
    for (const { headers } of [gone, limited]) await call("GET", "/v1/sites", { headers });
    await call("DELETE", `/api/v1/api-keys/${gone.id}`, { headers: headersOf(0) });
    const namesFor = async (headers: Record<string, string>) => {
      const { data } = (await call("GET", "/api/v1/usage", { headers })).body;
      return new Map(data.map((row: { key_id: number; key_name: string }) => [row.key_id, row.key_name]));
    };
    const names = await namesFor(headersOf(0));
    expect([names.get(gone.id), names.get(limited.id)]).toEqual(["Old importer", "Branch"]);
    expect([...(await namesFor(limited.headers)).keys()]).toEqual([limited.id]);
    const own = (await call("GET", "/v1/usage", { headers: limited.headers })).body.data.key;
    expect(own).toMatchObject({ id: limited.id, name: "Branch" });
  });
});

describe("usage events", () => {
  it("usage events tell of 80 and 100 % of an allowance, once each in a month", async () => {
    const starter = await makeWorkspace(clock, "starter");
    workspace = starter;
    keys = [await starter.key()];
    const record = (quantity: number) =>
      call("POST", "/api/v1/entitlements/usage", { headers: headersOf(0), body: { feature: "api_calls", quantity } });
    expect((await record(700)).status).toBe(200);
    expect(await events("usage.threshold_reached")).toEqual([]);
    await record(110);
    const at80 = await events("usage.threshold_reached");
    expect(at80).toEqual([
      expect.objectContaining({ feature: "api_calls", threshold: 80, limit: 1000, period: "2026-11" }),
    ]);
    await record(100);
    expect(await events("usage.threshold_reached")).toHaveLength(1);
  });

  it("usage events tell of an hour five times as busy as the week before", async () => {
    const busyHour = async () => {
      for (let n = 0; n < 150; n += 1) {
        if (n % 40 === 0) clock.advance(2_000);
        await call("GET", "/v1/me", { headers: headersOf(n) });
      }
      await call("GET", "/v1/usage", { headers: headersOf(0) });
    };
    await busyHour();
    expect(await events("usage.spike")).toEqual([]);
    clock.advance(7 * DAY);
    await busyHour();
    const spikes = await events("usage.spike");
    expect(spikes).toHaveLength(1);
    expect(spikes[0].calls).toBeGreaterThan(100);
    await call("GET", "/v1/usage", { headers: headersOf(0) });
    expect(await events("usage.spike")).toHaveLength(1);
  });
});
