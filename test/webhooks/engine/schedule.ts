import { describe, expect, it } from "vitest";
import { clock } from "../support/clock.ts";
import { arrivals, headerOf, target } from "../support/receiver.ts";
import { arrivedAt, expectExactTotal, type Hook, makeWorld, rowsOf, type World } from "../support/world.ts";

const STEPS = [5, 60, 300, 1_800, 7_200, 18_000, 36_000, 86_400].map((seconds) => seconds * 1_000);

interface Row {
  status: string;
  attempt: number;
  next_attempt_at: number | null;
}

const stateOf = (hooks: Hook[]) =>
  rowsOf<Row>(
    "SELECT status, attempt, next_attempt_at FROM webhook_deliveries WHERE endpoint_id IN (SELECT value FROM json_each(?))",
    JSON.stringify(hooks.map(({ id }) => id)),
  );

/** How long each delivery waits from now on. */
const waitsOf = (rows: Row[]): number[] => rows.map((row) => (row.next_attempt_at ?? Number.NaN) - clock.time);

describe("a delivery that fails", () => {
  it("a delivery that fails is tried nine times, after 5 s, 1 min, 5 min, 30 min, 2 h, 5 h, 10 h and 24 h ±20 %, then failed", async () => {
    const world = await makeWorld(clock);
    const hooks = await Promise.all(Array.from({ length: 20 }, () => world.hook({ to: "status/500" })));
    await world.post();
    for (const [index, step] of STEPS.entries()) {
      await world.deliverDue();
      const rows = await stateOf(hooks);
      expect(rows.every(({ status, attempt }) => status === "retrying" && attempt === index + 1)).toBe(true);
      const waits = waitsOf(rows);
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(0.8 * step);
      expect(Math.max(...waits)).toBeLessThanOrEqual(1.2 * step);
      // They failed together and do not come back together.
      expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(0.1 * step);
      clock.advance(Math.min(...waits) - 1);
      expect(await world.deliverDue()).toBe(clock.time + 1);
      expect((await stateOf(hooks)).every(({ attempt }) => attempt === index + 1)).toBe(true);
      clock.advance(1 + Math.max(...waits) - Math.min(...waits));
    }
    await world.deliverDue();
    expect((await stateOf(hooks)).every((row) => row.status === "failed" && row.next_attempt_at === null)).toBe(true);
    clock.advance(100 * 24 * 3_600_000);
    expect(await world.deliverDue()).toBeNull();
    expect(new Set(await arrivedAt(...hooks))).toEqual(new Set([9]));
    expect(headerOf(await arrivals((hooks[0] as Hook).url), "webhook-attempt")).toEqual([..."123456789"]);
    for (const hook of hooks.slice(0, 3)) expect(await expectExactTotal(world, hook)).toBe(1);
  });

  it("a delivery that fails shows each attempt: when, the status, how long it took, the answer and what went wrong", async () => {
    const world = await makeWorld(clock);
    const { id } = await world.hook({ to: "failfirst/1" });
    await world.post();
    await world.deliverDue();
    const [{ id: deliveryId, next_retry_at }] = await world.deliveries(id);
    expect(Date.parse(next_retry_at)).toBeGreaterThan(clock.time);
    clock.advance(6_000);
    await world.deliverDue();
    expect(await world.delivery(id, deliveryId)).toMatchObject({ status: "success", attempt: 2, response_code: 200 });
    expect((await world.delivery(id, deliveryId)).attempts).toEqual([
      expect.objectContaining({
        attempt: 1,
        status_code: 500,
        response_body: '{"received":false}',
        error: "Answered 500.",
      }),
      expect.objectContaining({ attempt: 2, status_code: 200, response_body: '{"received":true}', error: null }),
    ]);
  });
});

/** How long the first retry waits when the receiver answers with this. */
async function waitAfter(world: World, query: string): Promise<number> {
  const hook = await world.hook({ to: target("throttle", query), events: ["post.created"] });
  await world.post();
  await world.deliverDue();
  const [wait] = waitsOf(await stateOf([hook]));
  await world.platform.delete(`/webhooks/${hook.id}`);
  return wait as number;
}

describe("Retry-After", () => {
  it("Retry-After of a 429 or 503 lengthens the wait, up to a day", async () => {
    const world = await makeWorld(clock);
    for (const status of [429, 503]) {
      expect(await waitAfter(world, `?status=${status}&after=8`)).toBe(8_000);
      expect(await waitAfter(world, `?status=${status}&after=10`)).toBe(10_000);
      expect(await waitAfter(world, `?status=${status}&after=86400`)).toBe(86_400_000);
      expect(await waitAfter(world, `?status=${status}&after=86401`)).toBe(86_400_000);
      expect(await waitAfter(world, `?status=${status}&after=99999999999999999999`)).toBeLessThanOrEqual(6_000);
    }
  });

  it("Retry-After may be a date", async () => {
    const world = await makeWorld(clock);
    const date = new Date(clock.time + 9_000);
    // Setting up takes a little of the time that is left.
    const asked = Math.floor(date.getTime() / 1_000) * 1_000 - clock.time;
    const wait = await waitAfter(world, `?after=${encodeURIComponent(date.toUTCString())}`);
    expect(wait).toBeLessThanOrEqual(asked);
    expect(wait).toBeGreaterThan(asked - 500);
  });

  it.each(["?after=0", "?after=1", "?after=-60", "?after=soon", "?after=Fri,%2001%20Jan%202021%2000:00:00%20GMT"])(
    "Retry-After never shortens the wait: %s",
    async (query) => {
      const wait = await waitAfter(await makeWorld(clock), query);
      expect(wait).toBeGreaterThanOrEqual(4_000);
      expect(wait).toBeLessThanOrEqual(6_000);
    },
  );

  it("Retry-After of any other answer is not looked at", async () => {
    expect(await waitAfter(await makeWorld(clock), "?status=500&after=9")).toBeLessThanOrEqual(6_000);
  });
});
