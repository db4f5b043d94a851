import { beforeEach, describe, expect, it } from "vitest";
import { clock } from "../support/clock.ts";
import { arrivals, bodiesOf, target } from "../support/receiver.ts";
import { arrivedAt, expectExactTotal, type Hook, makeWorld, type World } from "../support/world.ts";

const HOUR = 3_600_000;
let world: World;
/** Hears of endpoints that are switched off. */
let watcher: Hook;

beforeEach(async () => {
  world = await makeWorld(clock);
  watcher = await world.hook({ events: ["webhook.disabled"] });
});

const audited = async (action: string) =>
  (await world.platform.get(`/audit-log?search=${action}`)).body.data.filter(
    (entry: { action: string }) => entry.action === action,
  );

/** The one event and the one audit entry there must be, both telling of this endpoint as its GET shows it. */
async function expectAnnounced({ id }: Hook, reason: string): Promise<void> {
  await world.deliverDue();
  const shown = await world.at(id);
  expect(shown).toMatchObject({ is_active: false, inactive_reason: reason });
  const events = bodiesOf(await arrivals(watcher.url));
  expect(events).toEqual([expect.objectContaining({ type: "webhook.disabled", data: shown })]);
  const entries = await audited("webhook.disabled");
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({ target_id: String(id), actor: "job:webhooks" });
}

describe("an endpoint that answers 410", () => {
  it("an endpoint that answers 410 is switched off at once, with event and audit entry; what it was due is failed, nothing is deleted", async () => {
    const hook = await world.hook({ to: "status/500", events: ["post.created"] });
    await world.post();
    await world.deliverDue();
    await world.platform.patch(`/webhooks/${hook.id}`, { url: target("gone") });
    await world.post();
    await world.deliverDue();
    await expectAnnounced(hook, "gone");
    clock.advance(48 * HOUR);
    await world.post();
    await world.deliverDue();
    const [waiting, gone] = await world.deliveries(hook.id);
    expect(await world.deliveries(hook.id)).toHaveLength(2);
    expect(waiting).toMatchObject({ status: "failed", attempt: 1, next_retry_at: null, error: "Answered 500." });
    expect(gone).toMatchObject({ status: "failed", attempt: 1, response_code: 410, error: "Answered 410." });
    expect(await expectExactTotal(world, hook)).toBe(2);
  });

  it("an endpoint that answers 410 gets no more of what is due than was under way", async () => {
    const hook = await world.hook({ to: "gone", events: ["post.created"] });
    for (let n = 0; n < 20; n += 1) await world.post();
    await world.deliverDue();
    expect((await arrivedAt(hook))[0]).toBeLessThanOrEqual(3);
    const all = await world.deliveries(hook.id);
    expect(all).toHaveLength(20);
    expect(new Set(all.map(({ status }: { status: string }) => status))).toEqual(new Set(["failed"]));
    expect(all.at(-1).error).toContain("switched off");
    await expectAnnounced(hook, "gone");
    await expectExactTotal(world, hook);
  });
});

/** Lets something happen, and be delivered, so many hours after the start. */
async function failAt(start: number, hours: number): Promise<void> {
  // The call itself takes 50 ms.
  clock.time = start + hours * HOUR - 50;
  await world.post();
  await world.deliverDue();
}

describe("an endpoint that does nothing but fail", () => {
  it("an endpoint that does nothing but fail is switched off after 120 hours, and not after 119, with event and audit entry", async () => {
    const hook = await world.hook({ to: "status/500", events: ["post.created"] });
    const start = clock.time;
    for (const hours of [0, 50, 119]) await failAt(start, hours);
    expect(await world.at(hook.id)).toMatchObject({
      is_active: true,
      success_count: 0,
      failing_since: new Date(start).toISOString().replace(/\.000Z$/, "Z"),
    });
    expect(await arrivals(watcher.url)).toEqual([]);
    await failAt(start, 120);
    await expectAnnounced(hook, "failing");
    const statuses = (await world.deliveries(hook.id)).map(({ status }: { status: string }) => status);
    expect(statuses).toEqual(["failed", "failed", "failed", "failed"]);
    await expectExactTotal(world, hook);
  });

  it("an endpoint that does nothing but fail counts from its last success on", async () => {
    const hook = await world.hook({ to: "failfirst/1", events: ["post.created"] });
    const start = clock.time;
    await failAt(start, 0);
    clock.time = start + 60 * HOUR;
    await world.deliverDue();
    expect(await world.at(hook.id)).toMatchObject({ success_count: 1, consecutive_failures: 0, failing_since: null });
    await failAt(start, 121);
    expect(await world.at(hook.id)).toMatchObject({ is_active: true, consecutive_failures: 1 });
  });

  it("an endpoint that does nothing but fail is not switched off by one failure after quiet days, nor by failures close together", async () => {
    for (const failures of [
      [0, 144],
      [0, 1, 2, 120],
      [0, 20, 41, 185],
      [0, 60, 170],
    ]) {
      const hook = await world.hook({ to: "status/500", events: ["post.created"] });
      const start = clock.time;
      for (const hours of failures) await failAt(start, hours);
      expect(await world.at(hook.id), String(failures)).toMatchObject({
        is_active: true,
        failing_since: new Date(start + (failures.at(-1) as number) * HOUR).toISOString().replace(/\.000Z$/, "Z"),
      });
      await world.platform.delete(`/webhooks/${hook.id}`);
    }
    expect(await arrivals(watcher.url)).toEqual([]);
  });

  it("an endpoint that does nothing but fail is switched off when its failures are half a day apart", async () => {
    const hook = await world.hook({ to: "status/500", events: ["post.created"] });
    const start = clock.time;
    for (const hours of [0, 12, 120]) await failAt(start, hours);
    expect(await world.at(hook.id)).toMatchObject({ is_active: false, inactive_reason: "failing" });
  });

  it("an endpoint that was silent for long is not switched off by one failure", async () => {
    const hook = await world.hook({ to: "failfirst/1", events: ["post.created"] });
    await failAt(clock.time + 1_000 * HOUR, 0);
    expect(await world.at(hook.id)).toMatchObject({ is_active: true, failure_count: 1 });
  });
});

describe("switching an endpoint on again", () => {
  it("switching an endpoint on again starts afresh: no reason, no failures counted against it, and it hears of what comes", async () => {
    const hook = await world.hook({ to: "status/500", events: ["post.created"] });
    const start = clock.time;
    for (const hours of [0, 60, 120]) await failAt(start, hours);
    expect((await world.at(hook.id)).is_active).toBe(false);
    const on = await world.platform.patch(`/webhooks/${hook.id}`, { is_active: true });
    expect(on.body.data).toMatchObject({
      is_active: true,
      inactive_reason: null,
      consecutive_failures: 0,
      failing_since: null,
    });
    await failAt(start, 121);
    expect(await world.at(hook.id)).toMatchObject({ is_active: true, consecutive_failures: 1 });
    expect(await world.deliveries(hook.id, "&status=retrying")).toHaveLength(1);
    await expectExactTotal(world, hook);
  });

  it("switching an endpoint on again is told from its owner's switching off", async () => {
    const hook = await world.hook();
    const off = await world.platform.patch(`/webhooks/${hook.id}`, { is_active: false });
    expect(off.body.data).toMatchObject({ is_active: false, inactive_reason: "deactivated" });
    expect((await world.platform.get("/webhooks?status=inactive")).body.data).toHaveLength(1);
    expect((await world.platform.get("/webhooks?status=active")).body.data).toHaveLength(1);
    expect(await audited("webhook.disabled")).toEqual([]);
  });
});
