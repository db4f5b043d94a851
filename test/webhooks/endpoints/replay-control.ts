import { describe, expect, it } from "vitest";
import { clock } from "../support/clock.ts";
import { arrivals, target } from "../support/receiver.ts";
import { advance, iso, progress, start, turn } from "../support/replays.ts";
import {
  arrivedAt,
  countOf,
  expectExactTotal,
  type Hook,
  interrupted,
  makeWorld,
  type World,
} from "../support/world.ts";

const cancel = (world: World, hook: Hook, id: number) =>
  world.platform.post(`/webhooks/${hook.id}/replays/${id}/cancel`);
const dueAt = ({ id }: Hook) => countOf("webhook_deliveries WHERE endpoint_id = ? AND next_attempt_at IS NOT NULL", id);

/** A site's endpoint with one delivery that failed, one that succeeded and one event that was missed. */
async function history() {
  const world = await makeWorld(clock);
  const site = await world.site();
  const hook = await world.hook({ to: "status/500", events: ["post.created"], site_id: site });
  const from = iso(clock.time);
  const post = () => world.post({ site_id: site });
  await post();
  await world.deliverDue();
  const url = target();
  await turn(world, hook, false);
  await post();
  await turn(world, hook, true, { url });
  await post();
  await world.deliverDue();
  return { world, site, hook: { ...hook, url }, span: { from, status: "all" } };
}

const statuses = async (world: World, hook: Hook) =>
  (await world.deliveries(hook.id)).map(({ status }: { status: string }) => status);

describe("the replays of an endpoint", () => {
  it("the replays of an endpoint are listed, newest first, on both surfaces, by their state, with the exact total", async () => {
    const { world, site, hook, span } = await history();
    const ids: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      ids.unshift((await start(world, hook, span)).body.data.id);
      if (n < 2) await advance(world);
      if (n === 0) await cancel(world, hook, ids[0] as number);
    }
    const listed = async (query = "") => (await world.platform.get(`/webhooks/${hook.id}/replays${query}`)).body;
    const all = await listed();
    const states = all.data.map(({ id, status, progress }: Record<string, unknown>) => [id, status, progress]);
    expect(states.map(([id, status]: unknown[]) => [id, status])).toEqual([
      [ids[0], "running"],
      [ids[1], "finished"],
      [ids[2], "cancelled"],
    ]);
    expect(states[1][2]).toBe(1);
    expect(all.meta.total).toBe(3);
    expect(all.data[2]).toMatchObject({ queued: 3, filter: "all", cancelled_at: expect.any(String) });
    expect((await listed("?status=finished")).data.map(({ id }: { id: number }) => id)).toEqual([ids[1]]);
    const path = `/sites/${site}/webhooks/wh_${hook.id}/replays`;
    const first = (await world.content.get(`${path}?limit=2`)).body;
    expect(first.pagination.total).toBe(3);
    const rest = (await world.content.get(`${path}?limit=2&cursor=${first.pagination.nextCursor}`)).body;
    expect([...first.data, ...rest.data].map(({ id }: { id: string }) => id)).toEqual(ids.map((id) => `whr_${id}`));
    const running = (await world.content.get(`${path}?status=running`)).body.data;
    expect(running).toMatchObject([{ id: `whr_${ids[0]}`, status: "running", cancelledAt: null }]);
  });

  it("the replays of an endpoint are not those of others, nor anybody else's to see or cancel", async () => {
    const { world, hook, span } = await history();
    const { id } = (await start(world, hook, span)).body.data;
    const other = await world.hook();
    expect((await world.platform.get(`/webhooks/${other.id}/replays`)).body.data).toEqual([]);
    const stranger = await makeWorld(clock);
    const sandbox = await world.as({ environment: "sandbox" });
    for (const by of [stranger, sandbox]) {
      expect((await by.platform.get(`/webhooks/${hook.id}/replays`)).status).toBe(404);
      expect((await cancel(by, hook, id)).status).toBe(404);
    }
    expect((await cancel(world, other, id)).status).toBe(404);
    const reader = await world.as({ scopes: ["webhooks:read", "posts:read"] });
    expect((await cancel(reader, hook, id)).status).toBe(403);
    expect(await progress(world, hook, id)).toMatchObject({ status: "running" });
  });
});

describe("a replay that is cancelled", () => {
  it("a replay that is cancelled while it looks through events queues nothing more, however the two meet", async () => {
    const { world, hook, span } = await history();
    for (const meets of ["before", "meanwhile"]) {
      const { id } = (await start(world, hook, span)).body.data;
      const cancelled = meets === "before" ? await cancel(world, hook, id) : null;
      await advance(
        world,
        interrupted(() => meets === "meanwhile" && cancel(world, hook, id)),
      );
      if (cancelled) expect(cancelled.body.data).toMatchObject({ id, status: "cancelled", queued: 0, delivered: 0 });
      expect(await advance(world)).toBeNull();
      expect(await dueAt(hook)).toBe(0);
      expect(await progress(world, hook, id)).toMatchObject({ status: "cancelled", queued: 0 });
      expect((await cancel(world, hook, id)).status).toBe(409);
    }
    await expectExactTotal(world, hook);
  });

  it("a replay that is cancelled sends nothing of what it has queued; what had been delivered stays a success, and another sends the rest", async () => {
    const { world, hook, span } = await history();
    const [before] = await arrivedAt(hook);
    const { id } = (await start(world, hook, span)).body.data;
    await advance(world);
    expect(await dueAt(hook)).toBe(3);
    const answer = await cancel(world, hook, id);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body.data).toMatchObject({ status: "cancelled", queued: 3, delivered: 0, failed: 0 });
    await world.deliverDue();
    expect(await arrivedAt(hook)).toEqual([before]);
    expect((await statuses(world, hook)).sort()).toEqual(["failed", "failed", "success"]);
    expect(await expectExactTotal(world, hook)).toBe(3);
    expect(await progress(world, hook, id)).toEqual(answer.body.data);
    const log = await world.platform.get("/audit-log?search=webhook.replay_cancelled");
    expect(log.body.data).toMatchObject([{ target_id: String(hook.id), after: { replay: id } }]);
    await start(world, hook, { ...span, status: "failed" });
    await advance(world);
    await world.deliverDue();
    expect((await arrivals(hook.url)).length).toBe((before as number) + 2);
    expect(await statuses(world, hook)).toEqual(["success", "success", "success"]);
  });

  it("a replay is over, and cannot be cancelled, once all it queued has been sent", async () => {
    const { world, hook, span } = await history();
    const { id } = (await start(world, hook, span)).body.data;
    await advance(world);
    await world.deliverDue();
    const refused = await cancel(world, hook, id);
    expect([refused.status, refused.body.message]).toEqual([
      409,
      "The replay is over: nothing of it is still to be sent.",
    ]);
    expect(await progress(world, hook, id)).toMatchObject({ status: "finished", delivered: 3, cancelled_at: null });
  });
});
