import { beforeAll, describe, expect, it } from "vitest";
import { databaseOf } from "../../../src/core/storage/database.ts";
import { takeLease } from "../../../src/webhooks/lease.ts";
import { purgeEvents } from "../../../src/platform/events/service.ts";
import { purgeWebhooks } from "../../../src/webhooks/service/purge.ts";
import { env } from "cloudflare:workers";
import { clock } from "../support/clock.ts";
import { target } from "../support/receiver.ts";
import { arrivedAt, countOf, expectExactTotal, type Hook, makeWorld, wake, type World } from "../support/world.ts";

const HOUR = 3_600_000;
let world: World;

beforeAll(async () => {
  // A purge takes so many rows at a time: those of other suites are not to stand before ours.
  for (const table of ["events", "webhook_deliveries"]) await env.DB.prepare(`DELETE FROM ${table}`).run();
  world = await makeWorld(clock);
});

/** An endpoint with one delivery that has been tried once; its number. */
async function tried(to: string): Promise<{ hook: Hook; delivery: number }> {
  const hook = await world.hook({ to, events: ["post.created"] });
  await world.post();
  await world.deliverDue();
  return { hook, delivery: (await world.deliveries(hook.id))[0].id };
}

const retry = (hook: { id: number }, delivery: number, by = world) =>
  by.platform.post(`/webhooks/${hook.id}/deliveries/${delivery}/retry`);

describe("a retry by hand", () => {
  it("a retry by hand of a delivery that waits sends it now, and its schedule goes on from there", async () => {
    const { hook, delivery } = await tried("failfirst/2");
    const answer = await retry(hook, delivery);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body).toEqual({
      message: "Delivery queued for retry.",
      data: { id: delivery, status: "pending", attempt: 2 },
    });
    await expectExactTotal(world, hook);
    await world.deliverDue();
    const row = await world.delivery(hook.id, delivery);
    expect(row).toMatchObject({ status: "retrying", attempt: 2 });
    expect(Date.parse(row.next_retry_at) - clock.time).toBeGreaterThan(45_000);
    await retry(hook, delivery);
    await world.deliverDue();
    expect(await world.delivery(hook.id, delivery)).toMatchObject({ status: "success", attempt: 3 });
    expect(await arrivedAt(hook)).toEqual([3]);
    await expectExactTotal(world, hook);
  });

  it("a retry by hand works on one that has used up its attempts: one more attempt, which may succeed", async () => {
    const { hook, delivery } = await tried("status/500");
    for (let n = 0; n < 8; n += 1) {
      clock.advance(29 * HOUR);
      await world.platform.patch(`/webhooks/${hook.id}`, { url: hook.url });
      await world.deliverDue();
    }
    expect(await world.delivery(hook.id, delivery)).toMatchObject({
      status: "failed",
      attempt: 9,
      next_retry_at: null,
    });
    await expectExactTotal(world, hook);
    expect((await retry(hook, delivery)).body.data).toEqual({ id: delivery, status: "pending", attempt: 10 });
    await expectExactTotal(world, hook);
    await world.deliverDue();
    expect(await world.delivery(hook.id, delivery)).toMatchObject({
      status: "failed",
      attempt: 10,
      next_retry_at: null,
    });
    await expectExactTotal(world, hook);
    await world.platform.patch(`/webhooks/${hook.id}`, { url: target() });
    await Promise.all([retry(hook, delivery), retry(hook, delivery), retry(hook, delivery)]);
    await expectExactTotal(world, hook);
    await world.deliverDue();
    expect(await world.delivery(hook.id, delivery)).toMatchObject({ status: "success", attempt: 11 });
    expect(await expectExactTotal(world, hook)).toBe(1);
  });

  it("a retry by hand while an attempt is under way answers 409, and works once that is over", async () => {
    const { hook, delivery } = await tried("failfirst/1");
    await retry(hook, delivery);
    const lease = await takeLease(databaseOf(env, 0), hook.id, { now: () => clock.time, uuid: () => "lease" });
    expect(lease?.due).toHaveLength(1);
    const refused = await retry(hook, delivery);
    expect([refused.status, refused.body.message]).toEqual([409, "An attempt is under way: see what comes of it."]);
    clock.advance(30_000);
    expect((await retry(hook, delivery)).status).toBe(200);
    await world.deliverDue();
    expect(await world.delivery(hook.id, delivery)).toMatchObject({ status: "success", attempt: 2 });
  });

  it("a retry by hand of a success answers cannot_retry, on the Content API in its own form", async () => {
    const siteId = await world.site();
    const hook = await world.hook({ events: ["post.created"], site_id: siteId });
    await world.post({ site_id: siteId });
    await world.deliverDue();
    const [{ id: delivery }] = await world.deliveries(hook.id);
    const answer = await retry(hook, delivery);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error: "cannot_retry", message: "The delivery already succeeded." });
    const path = `/sites/${siteId}/webhooks/wh_${hook.id}/deliveries/whd_${delivery}/retry`;
    const ofSite = await world.content.post(path);
    expect(ofSite.status).toBe(400);
    expect(ofSite.body.error).toMatchObject({ code: "BAD_REQUEST", details: { reason: "cannot_retry" } });
    await world.deliverDue();
    expect(await arrivedAt(hook)).toEqual([1]);
  });

  it("a retry by hand at an endpoint that is switched off answers 409 and changes nothing", async () => {
    const { hook, delivery } = await tried("status/500");
    await world.platform.patch(`/webhooks/${hook.id}`, { is_active: false });
    expect((await retry(hook, delivery)).status).toBe(409);
    // However the two meet: nothing is due at an endpoint that is off.
    await world.platform.patch(`/webhooks/${hook.id}`, { is_active: true });
    const off = () => world.platform.patch(`/webhooks/${hook.id}`, { is_active: false });
    await Promise.all([retry(hook, delivery), off(), retry(hook, delivery)]);
    expect(await countOf("webhook_deliveries WHERE endpoint_id = ? AND next_attempt_at IS NOT NULL", hook.id)).toBe(0);
    await expectExactTotal(world, hook);
  });

  it("a retry by hand of what is unknown, another endpoint's or another workspace's answers 404", async () => {
    const { hook, delivery } = await tried("status/500");
    const other = await world.hook();
    const stranger = await makeWorld(clock);
    const sandbox = await world.as({ environment: "sandbox" });
    const answers = await Promise.all([
      retry(hook, delivery + 1_000_000),
      retry(other, delivery),
      retry({ id: 1 }, delivery),
      ...[stranger, sandbox].map((by) => retry(hook, delivery, by)),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(await world.delivery(hook.id, delivery)).toMatchObject({ status: "retrying", attempt: 1 });
  });

  it("a retry by hand of an event that is no longer kept answers 409; what there is of it goes with the next purge", async () => {
    const { hook, delivery } = await tried("status/500");
    const { hook: waiting } = await tried("status/500");
    await world.platform.patch(`/webhooks/${hook.id}`, { is_active: false });
    await world.platform.patch(`/webhooks/${hook.id}`, { is_active: true });
    clock.advance(31 * 24 * HOUR);
    await world.post();
    await wake(hook.id);
    await purgeEvents(env, clock.time);
    expect((await retry(hook, delivery)).status).toBe(409);
    const totals = async () => [await expectExactTotal(world, hook), await expectExactTotal(world, waiting)];
    expect(await totals()).toEqual([3, 2]);
    await purgeWebhooks(env, Math.ceil(clock.time / HOUR) * HOUR);
    expect((await world.platform.get(`/webhooks/${hook.id}/deliveries/${delivery}`)).status).toBe(404);
    expect(await totals()).toEqual([1, 1]);
  });
});
