import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { sweep } from "../../../src/webhooks/sweep.ts";
import { clock } from "../support/clock.ts";
import { type Arrival, arrivals, bodiesOf, headerOf, verified } from "../support/receiver.ts";
import { arrivedAt, expectExactTotal, makeWorld, wake, type World } from "../support/world.ts";

let world: World;

beforeAll(async () => {
  world = await makeWorld(clock);
});

describe("a delivery without faults", () => {
  it("a delivery without faults is one POST, however often its wake-up comes, even at the same time, and though the sweep looks too", async () => {
    const hook = await world.hook({ to: "slow/30", events: ["post.created"] });
    await world.post();
    const atOnce = Array.from({ length: 3 }, () => wake(hook.id));
    await Promise.all([...atOnce, world.deliverDue(), sweep(env, clock.time)]);
    for (let n = 0; n < 3; n += 1) await wake(hook.id, hook.id);
    await world.deliverDue();
    expect(await arrivedAt(hook)).toEqual([1]);
    expect(await world.deliveries(hook.id)).toEqual([
      expect.objectContaining({ status: "success", attempt: 1, response_code: 200, error: null, next_retry_at: null }),
    ]);
    expect(await world.at(hook.id)).toMatchObject({ success_count: 1, failure_count: 0, consecutive_failures: 0 });
    await expectExactTotal(world, hook);
  });

  it("a delivery without faults is one POST for each of many events, with consumers at work side by side", async () => {
    const hook = await world.hook({ to: "slow/5", events: ["post.created"] });
    for (let n = 0; n < 25; n += 1) await world.post();
    for (let round = 0; round < 4; round += 1) {
      await Promise.all([wake(hook.id), wake(hook.id), world.deliverDue()]);
      clock.advance(1_000);
    }
    const ids = headerOf(await arrivals(hook.url), "webhook-id");
    expect(ids).toHaveLength(25);
    expect(new Set(ids).size).toBe(25);
    expect(await expectExactTotal(world, hook)).toBe(25);
  });

  it("a delivery without faults is started when the event is committed: the call itself sends the wake-up", async () => {
    const hook = await world.hook({ events: ["post.deleted"] });
    const { id } = await world.post();
    await world.platform.delete(`/posts/${id}`);
    const [row] = await world.deliveries(hook.id);
    expect(row).toMatchObject({ status: "pending", attempt: 0, event_type: "post.deleted", delivered_at: null });
    await wake(hook.id);
    expect((await world.deliveries(hook.id))[0]).toMatchObject({ status: "success", delivered_at: expect.anything() });
  });
});

/** The newest entry of the event feed with this id, as a webhook should carry it. */
async function feedEntry(id: string): Promise<Record<string, unknown>> {
  const { body } = await world.platform.get("/events?limit=100");
  const entry = body.data.find((event: { id: string }) => event.id === id);
  if (entry.site_id === null) delete entry.site_id;
  return entry;
}

describe("what arrives", () => {
  it("what arrives is the entry of the event feed, field by field; site_id only where there is one", async () => {
    const fields = ["created_at", "data", "environment", "id", "type", "workspace_id"];
    const hook = await world.hook({ events: ["post.created", "page.created"] });
    await world.post();
    const siteId = await world.site();
    await world.content.create(`/sites/${siteId}/pages`, { title: "Contact" });
    await world.deliverDue();
    const [post, page] = (await arrivals(hook.url)) as [Arrival, Arrival];
    for (const arrival of [post, page]) {
      const event = verified(arrival, hook.secret);
      expect(event).toEqual(await feedEntry(arrival.headers["webhook-id"] as string));
    }
    const [plain, ofSite] = bodiesOf([post, page]);
    expect(Object.keys(plain).sort()).toEqual(fields);
    expect(Object.keys(ofSite).sort()).toEqual([...fields, "site_id"].sort());
    expect(ofSite.site_id).toBe(siteId);
  });

  it("what arrives is a POST of JSON with the headers of Standard Webhooks and the number of the attempt", async () => {
    const hook = await world.hook({ events: ["post.created"] });
    await world.post();
    await world.deliverDue();
    const [arrival] = (await arrivals(hook.url)) as [Arrival];
    expect(arrival.headers).toMatchObject({
      "content-type": "application/json",
      "user-agent": "EdgeCMS-Webhooks/1",
      "webhook-id": JSON.parse(arrival.body).id,
      "webhook-timestamp": String(Math.floor(clock.time / 1_000)),
      "webhook-signature": expect.stringMatching(/^v1,[A-Za-z0-9+/]{43}=$/),
      "webhook-attempt": "1",
    });
    expect(Object.keys(arrival.headers)).not.toContain("x-api-key");
  });

  it("what arrives keeps id and body over its attempts, with a fresh timestamp and the next number on each", async () => {
    const hook = await world.hook({ to: "failfirst/2", events: ["post.created"] });
    await world.post();
    const moments: string[] = [];
    for (const wait of [0, 6_000, 72_000]) {
      clock.advance(wait);
      moments.push(String(Math.floor(clock.time / 1_000)));
      await world.deliverDue();
    }
    const all = await arrivals(hook.url);
    expect(headerOf(all, "webhook-attempt")).toEqual(["1", "2", "3"]);
    expect(headerOf(all, "webhook-timestamp")).toEqual(moments);
    expect(new Set(headerOf(all, "webhook-id")).size).toBe(1);
    expect(new Set(all.map(({ body }) => body)).size).toBe(1);
    for (const arrival of all) verified(arrival, hook.secret);
    const [{ id }] = await world.deliveries(hook.id);
    const { attempts } = await world.delivery(hook.id, id);
    expect(attempts.map((it: { status_code: number }) => it.status_code)).toEqual([500, 500, 200]);
  });
});
