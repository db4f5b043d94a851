import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { runScheduled } from "../../src/scheduled.ts";
import { call, makeWorkspace, TestClock } from "../support/fixtures.ts";

const clock = new TestClock();

describe("the detailed health report", () => {
  it("tells when the cron last ran, how much is due and since when, and that limits hold", async () => {
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
});
