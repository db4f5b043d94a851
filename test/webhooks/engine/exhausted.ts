import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { databaseOf } from "../../../src/core/storage/database.ts";
import { takeLease } from "../../../src/webhooks/lease.ts";
import { nextStep } from "../../../src/webhooks/next-step.ts";
import { recordsOf } from "../../../src/webhooks/record.ts";
import { clock } from "../support/clock.ts";
import { arrivals, bodiesOf, target } from "../support/receiver.ts";
import { countOf, expectExactTotal, type Hook, makeWorld, nearlyExhaust, type World } from "../support/world.ts";

let world: World;
/** Hears of deliveries that have used up their attempts. */
let watcher: Hook;

beforeEach(async () => {
  world = await makeWorld(clock);
  watcher = await world.hook({ events: ["delivery.exhausted"] });
});

const heard = async () => {
  await world.deliverDue();
  return bodiesOf(await arrivals(watcher.url));
};
const told = () => countOf("events WHERE workspace_id = ? AND type = 'delivery.exhausted'", world.workspace.id);

/** An endpoint whose one delivery has a last attempt before it. */
async function almost(to: string, events = ["post.created"]): Promise<Hook> {
  const hook = await world.hook({ to, events });
  await world.post();
  await nearlyExhaust(hook, clock.time);
  return hook;
}

describe("a delivery that has used up its attempts", () => {
  it("a delivery that has used up its attempts is an event once, which tells of it as its list shows it", async () => {
    const hook = await almost("status/500");
    await world.deliverDue();
    const [shown] = await world.deliveries(hook.id);
    expect(shown).toMatchObject({ webhook_id: hook.id, status: "failed", attempt: 9, error: "Answered 500." });
    const [event, ...others] = await heard();
    expect(event).toMatchObject({ type: "delivery.exhausted", workspace_id: world.workspace.id, data: shown });
    expect(others).toEqual([]);
    // Further attempts by hand are none of the schedule.
    await world.platform.post(`/webhooks/${hook.id}/deliveries/${shown.id}/retry`);
    await world.deliverDue();
    expect(await world.delivery(hook.id, shown.id)).toMatchObject({ status: "failed", attempt: 10 });
    expect(await told()).toBe(1);
    await expectExactTotal(world, watcher);
  });

  it("a delivery that has used up its attempts is no event when it told of such an event itself", async () => {
    await world.platform.patch(`/webhooks/${watcher.id}`, { url: target("status/500") });
    await almost("status/500");
    await world.deliverDue();
    expect(await told()).toBe(1);
    await nearlyExhaust(watcher, clock.time);
    await world.deliverDue();
    expect(await world.deliveries(watcher.id)).toMatchObject([{ event_type: "delivery.exhausted", status: "failed" }]);
    expect(await told()).toBe(1);
  });

  it("a delivery that has used up its attempts is told to endpoints that work, not to the many that fail as well", async () => {
    const failing = await Promise.all(Array.from({ length: 8 }, () => world.hook({ to: "status/500", events: ["*"] })));
    const working = await world.hook({ events: ["*"] });
    await world.post();
    await world.deliverDue();
    await Promise.all(failing.map((hook) => nearlyExhaust(hook, clock.time)));
    await world.deliverDue();
    expect(await heard()).toHaveLength(8);
    expect((await arrivals(working.url)).length).toBe(1 + 8);
    for (const { id } of failing) expect(await world.deliveries(id)).toHaveLength(1);
  });

  it("a delivery that ends for another reason is none that has used up its attempts: success at last, 410, switched off", async () => {
    await almost("ok");
    await almost("gone");
    const off = await almost("status/500");
    await world.platform.patch(`/webhooks/${off.id}`, { is_active: false });
    await world.deliverDue();
    expect(await heard()).toEqual([]);
  });

  it("a delivery that has used up its attempts is one event, however often its last attempt is recorded", async () => {
    const hook = await almost("status/500");
    const db = databaseOf(env, 0);
    const lease = await takeLease(db, hook.id, { now: () => clock.time, uuid: () => "lease" });
    const [due] = lease?.due ?? [];
    if (!lease || !due) throw new Error("Nothing is due.");
    const answer = { isSuccess: false, status: 500, durationMs: 1, response: null, error: "Answered 500." };
    const step = nextStep(due, { ...answer, isStrained: false, retryAfterMs: null }, clock.time, 0);
    const woken: number[] = [];
    const records = recordsOf(db, lease, async ({ answering, others }) => void woken.push(...answering, ...others));
    for (let again = 0; again < 2; again += 1) await records.record(due, step);
    expect([await told(), woken]).toEqual([1, [watcher.id]]);
    expect(await heard()).toHaveLength(1);
  });
});
