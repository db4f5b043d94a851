import { env } from "cloudflare:workers";
import { beforeAll, expect, it } from "vitest";
import { runScheduled } from "../../src/scheduled.ts";
import { call, makeWorkspace, START, TestClock } from "../support/fixtures.ts";

const clock = new TestClock();
const DAY = 24 * 3_600_000;
let headers: Record<string, string>;
let keyId: number;

beforeAll(async () => {
  const workspace = await makeWorkspace(clock, "pro");
  headers = (await workspace.key()).headers;
  keyId = (await workspace.key({ expiresAt: START + 30 * DAY })).id;
});

const notices = async () => {
  const feed = await call("GET", "/api/v1/events?type=api_key.expiring", { headers });
  return feed.body.data.map((event: { data: { id: number } }) => event.data.id);
};

it("the cron tells of an expiring key 7 days and 1 day ahead, once each, and again when the expiry is moved", async () => {
  const at = async (daysLeft: number) => {
    clock.time = START + (30 - daysLeft) * DAY;
    await runScheduled(env, clock.time);
    await runScheduled(env, clock.time);
    return notices();
  };
  expect(await at(7.1)).toEqual([]);
  expect(await at(7)).toEqual([keyId]);
  expect(await at(3)).toEqual([keyId]);
  expect(await at(0.9)).toEqual([keyId, keyId]);
  const later = new Date(START + 35 * DAY).toISOString();
  const moved = await call("PATCH", `/api/v1/api-keys/${keyId}`, { headers, body: { expires_at: later } });
  expect(moved.status, moved.text).toBe(200);
  expect(await at(0.8)).toEqual([keyId, keyId, keyId]);
});
