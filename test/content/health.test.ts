import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { runScheduled } from "../../src/scheduled.ts";
import type { Env } from "../../src/env.ts";
import { webhookBacklog } from "../../src/webhooks/service/backlog.ts";
import { callThrough, without } from "../faults/world.ts";
import { countingDatabase } from "../platform/support/databases.ts";
import { call, makeWorkspace, TestClock } from "../support/fixtures.ts";
import { emptyStorage } from "../support/storage.ts";

const clock = new TestClock();
const DAY = 86_400_000;

beforeEach(async () => {
  await emptyStorage();
  // What was reported is kept for five seconds.
  clock.advance(5_000);
});

/** Endpoints for every post of a workspace, and posts for them. */
async function makeHooks() {
  const { headers } = await (await makeWorkspace(clock)).key();
  return {
    headers,
    hook: async (): Promise<number> => {
      const body = { url: "https://hooks.example.com/x", events: ["post.*"] };
      return (await call("POST", "/api/v1/webhooks", { headers, body })).body.data.id;
    },
    post: () => call("POST", "/api/v1/posts", { headers, body: { title: "Bread" } }),
    work: async () => (await call("GET", "/v1/health/detailed", { headers })).body.data.work,
  };
}

const instant = (at: number): string => new Date(at).toISOString();

describe("the detailed health report", () => {
  it("the detailed health report tells when the cron last ran, how much is due and since when, and that limits hold", async () => {
    const { headers } = await (await makeWorkspace(clock)).key();
    const report = async () => (await call("GET", "/v1/health/detailed", { headers })).body.data;
    expect((await report()).work).toEqual({ webhooks: { due: 0, oldestDueAt: null }, cron: { lastRunAt: null } });
    const at = new Date(clock.time).toISOString();
    await call("POST", "/api/v1/webhooks", {
      headers,
      body: { url: "https://hooks.example.com/x", events: ["post.*"] },
    });
    await call("POST", "/api/v1/posts", { headers, body: { title: "Bread" } });
    await runScheduled(env, clock.time);
    clock.advance(60_000);
    const { work, limiter } = await report();
    expect(work).toEqual({ webhooks: { due: 1, oldestDueAt: at }, cron: { lastRunAt: at } });
    expect(limiter).toBe("active");
  });

  it("the detailed health report tells the exact moment since when the oldest webhook waits, whichever endpoint's it is", async () => {
    const { headers, hook, post, work } = await makeHooks();
    const [first, started] = [await hook(), clock.time];
    await post();
    clock.advance(60_000);
    await hook();
    await post();
    const later = clock.time;
    clock.advance(60_000);
    expect((await work()).webhooks).toEqual({ due: 3, oldestDueAt: instant(started) });
    await call("PATCH", `/api/v1/webhooks/${first}`, { headers, body: { is_active: false } });
    clock.advance(5_000);
    expect((await work()).webhooks).toEqual({ due: 1, oldestDueAt: instant(later) });
  });

  it("the detailed health report reads what is due, not what is done or waits for its time", async () => {
    const { hook, post } = await makeHooks();
    const id = await hook();
    await post();
    await env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
        INSERT INTO webhook_deliveries SELECT ?1, 1000000 + i, 'evt_' || i, 'post.created', 'retrying', 1, 1, '[]',
          CASE WHEN i % 2 THEN ?2 END, NULL, NULL, NULL, ?3 FROM n`,
    )
      .bind(id, clock.time + DAY, clock.time)
      .run();
    const rows = { read: 0, written: 0 };
    const counted = { ...env, DB: countingDatabase(env.DB, rows) };
    expect(await webhookBacklog(counted, clock.time)).toEqual({ due: 1, oldestDueAt: clock.time });
    expect(rows.read).toBeLessThan(20);
  });

  it("the detailed health report remembers when the cron ran last, days after it has stopped", async () => {
    const { work } = await makeHooks();
    await runScheduled(env, clock.time);
    const at = instant(clock.time);
    clock.advance(7 * DAY);
    expect((await work()).cron).toEqual({ lastRunAt: at });
  });

  it("the detailed health report tells each queue's backlog as the platform does, and that it is not told", async () => {
    const { headers } = await makeHooks();
    const at = new Date(clock.time - 90_000);
    const metrics = async () => ({ backlogCount: 12, backlogBytes: 345, oldestMessageTimestamp: at });
    const silent = async () => {
      throw new Error("internal error");
    };
    const bindings = {
      ...env,
      WEBHOOKS: { metrics },
      JOBS: { metrics },
      ANALYTICS: { metrics: silent },
    } as unknown as Env;
    const { status, body } = await callThrough(bindings, "GET", "/v1/health/detailed", { headers });
    expect([status, body.data.queues]).toEqual([
      200,
      {
        webhooks: { messages: 12, oldestAt: at.toISOString() },
        jobs: { messages: 12, oldestAt: at.toISOString() },
        analytics: null,
      },
    ]);
    clock.advance(5_000);
    const { queues } = (await call("GET", "/v1/health/detailed", { headers })).body.data;
    expect(queues).toMatchObject({ webhooks: { messages: expect.any(Number) }, analytics: { messages: 0 } });
  });
});

describe("the health report without a dependency", () => {
  it("the health report without the database is 503 and says so; limits hold all the same, and what cannot be read is not made up", async () => {
    const { headers } = await makeHooks();
    await call("GET", "/v1/me", { headers });
    const { status, body } = await callThrough(without("DB"), "GET", "/v1/health/detailed", { headers });
    expect(status).toBe(503);
    expect(body.data).toMatchObject({
      status: "degraded",
      services: { database: "degraded", keyIndex: "operational", limits: "operational" },
      limiter: "active",
      uptime: {},
      work: null,
    });
  });

  it("the health report without the ledger says that limits are degraded", async () => {
    const { headers } = await makeHooks();
    const { status, body } = await callThrough(without("LEDGER_OBJECT"), "GET", "/v1/health/detailed", { headers });
    expect([status, body.data.services.limits]).toEqual([503, "degraded"]);
  });

  it.each([
    ["IP_OBJECT", "/v1/health"],
    ["KEY_OBJECT", "/v1/health/detailed"],
  ] as const)("the health report is not given at all without %s, its own limiter: %s", async (missing, path) => {
    const { headers } = await makeHooks();
    const refused = await callThrough(without(missing), "GET", path, { headers });
    expect([refused.status, refused.body.error.code]).toEqual([503, "SERVICE_UNAVAILABLE"]);
  });
});
