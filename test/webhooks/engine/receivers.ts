import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { POST_EVENTS } from "../../../src/platform/posts/events.ts";
import { clock } from "../support/clock.ts";
import { arrivals, target } from "../support/receiver.ts";
import {
  arrivedAt,
  consume,
  expectExactTotal,
  interrupted,
  keptScheduler,
  makeWorld,
  type World,
} from "../support/world.ts";

/** What each receiver does, and how the attempt is recorded. */
const FAILURES: [does: string, to: string, status: number | null, words: RegExp][] = [
  ["answers 500", "status/500", 500, /^Answered 500\.$/],
  ["answers 404", "status/404", 404, /^Answered 404\.$/],
  ["breaks the connection", "reset", null, /^The connection failed: .+/],
  ["speaks another protocol", "garbage", null, /^The connection failed: .+/],
  ["redirects", "redirect", 307, /^Answered 307 to http.+: redirects are not followed\.$/],
  ["asks for more time than there is", "throttle", 429, /^Answered 429\.$/],
];

describe("a receiver that", () => {
  it.each(FAILURES)(
    "a receiver that %s is recorded in words, and the others get theirs",
    async (_, to, status, words) => {
      const world = await makeWorld(clock);
      const elsewhere = target();
      const query = { redirect: `?to=${encodeURIComponent(elsewhere)}`, throttle: "?after=999999999" }[to] ?? "";
      const bad = await world.hook({ to: target(to, query) });
      const good = [await world.hook(), await world.hook()];
      await world.post();
      await consume([[good[0]?.id ?? 0, bad.id, good[1]?.id ?? 0]]);
      expect(await arrivedAt(bad, ...good, { url: elsewhere })).toEqual([1, 1, 1, 0]);
      const [row] = await world.deliveries(bad.id);
      expect(row).toMatchObject({ status: "retrying", attempt: 1, response_code: status });
      expect(row.error).toMatch(words);
      const { attempts } = await world.delivery(bad.id, row.id);
      expect(attempts).toEqual([expect.objectContaining({ attempt: 1, status_code: status, error: row.error })]);
      expect(await world.at(bad.id)).toMatchObject({ failure_count: 1, consecutive_failures: 1 });
      const report = (await world.platform.post(`/webhooks/${bad.id}/test`)).body;
      expect(report).toMatchObject({ success: false, status_code: status, error: expect.stringMatching(words) });
    },
  );

  it("a receiver that answers without end is heard for 16 kB, of which 1 kB is kept: its 200 counts", async () => {
    const world = await makeWorld(clock);
    const hook = await world.hook({ to: "gigabyte" });
    for (let n = 0; n < 3; n += 1) await world.post();
    await world.deliverDue();
    expect(await arrivedAt(hook)).toEqual([3]);
    const [row] = await world.deliveries(hook.id, "&status=success");
    const { attempts } = await world.delivery(hook.id, row.id);
    expect(attempts[0].response_body).toBe(".".repeat(1_024));
  });

  it.each(["throttle", "reset"])(
    "a receiver that is under strain (%s) rests, and work goes on when its time has come",
    async (to) => {
      const world = await makeWorld(clock);
      const hook = await world.hook({ to: target(to, "?after=7") });
      for (let n = 0; n < 12; n += 1) await world.post();
      const { SCHEDULER_OBJECT, wakes } = keptScheduler();
      await world.deliverDue({ ...env, SCHEDULER_OBJECT });
      const [first = 0] = await arrivedAt(hook);
      expect(first).toBeLessThanOrEqual(3);
      const [next = 0] = wakes;
      expect(wakes).toHaveLength(1);
      expect(next - clock.time).toBeGreaterThanOrEqual(to === "throttle" ? 7_000 : 4_000);
      expect(next - clock.time).toBeLessThanOrEqual(to === "throttle" ? 7_000 : 6_000);
      clock.time = next - 1;
      expect(await world.deliverDue()).toBe(next);
      await consume([[hook.id]]);
      expect(await arrivedAt(hook)).toEqual([first]);
      clock.time = next;
      await world.deliverDue();
      // It has not recovered: a single try tells.
      expect(await arrivedAt(hook)).toEqual([first + 1]);
      await expectExactTotal(world, hook);
    },
  );
});

/** Makes this many events at once. */
async function burst(world: World, count: number): Promise<void> {
  const { unit } = world.workspace.context();
  for (let n = 0; n < count; n += 1) unit.emit(POST_EVENTS.created, { ...POST_EVENTS.created.sample, id: n });
  await unit.commit();
}

describe("the pace", () => {
  it.each([50, 130, 1_000])("the pace is 30 deliveries in any second at most, looked at every %i ms", async (step) => {
    const world = await makeWorld(clock);
    const hook = await world.hook({ events: ["post.created"] });
    await burst(world, 100);
    const counts: { at: number; total: number }[] = [];
    let total = 0;
    for (let n = 0; total < 100 && n < 200; n += 1) {
      await world.deliverDue();
      const due = await world.platform.get(`/webhooks/${hook.id}`);
      total = due.body.data.success_count;
      counts.push({ at: clock.time, total });
      clock.advance(step - 50);
    }
    expect(await arrivals(hook.url)).toHaveLength(100);
    for (const { at, total: until } of counts) {
      const before = counts.findLast((it) => it.at < at - 1_000)?.total ?? 0;
      expect(until - before).toBeLessThanOrEqual(30);
    }
    expect(await world.deliverDue()).toBeNull();
    expect(await expectExactTotal(world, hook)).toBe(100);
  });

  it("the pace is kept by a receiver that is slow to begin with: time it takes is not saved up", async () => {
    const world = await makeWorld(clock);
    const hook = await world.hook({ events: ["post.created"] });
    await burst(world, 60);
    // The first batch takes the lease, the second records the first attempt, beside which two others begin.
    const slow = interrupted(
      () => {},
      () => clock.advance(3_000),
    );
    await world.deliverDue(slow);
    for (let n = 0; n < 2; n += 1) {
      clock.advance(500);
      await world.deliverDue();
    }
    const [sent = 0] = await arrivedAt(hook);
    expect(sent - 3).toBeLessThanOrEqual(30);
    expect(sent - 3).toBeGreaterThan(20);
  });

  it("the pace of one receiver is no other's", async () => {
    const world = await makeWorld(clock);
    const hooks = await Promise.all([1, 2, 3].map(() => world.hook({ events: ["post.created"] })));
    await burst(world, 8);
    await world.deliverDue();
    expect(await arrivedAt(...hooks)).toEqual([8, 8, 8]);
  });
});
