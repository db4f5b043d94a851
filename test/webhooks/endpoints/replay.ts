import { describe, expect, it } from "vitest";
import { clock } from "../support/clock.ts";
import { arrivals, bodiesOf, headerOf, target } from "../support/receiver.ts";
import { advance, iso, progress, start, turn } from "../support/replays.ts";
import { countOf, expectExactTotal, makeWorld } from "../support/world.ts";

/** Five events: in the span one that failed, one that was missed and one that succeeded; a failed one before, a missed one after. */
async function history() {
  const world = await makeWorld(clock);
  const hook = await world.hook({ to: "status/500", events: ["post.created"] });
  await world.post({ title: "early" });
  const from = clock.time + 1;
  await world.post({ title: "failed" });
  await world.deliverDue();
  await turn(world, hook, false);
  await world.post({ title: "missed" });
  const url = target();
  await turn(world, hook, true, { url });
  await world.post({ title: "success" });
  await world.deliverDue();
  const to = clock.time + 1;
  await turn(world, hook, false);
  await world.post({ title: "late" });
  await turn(world, hook, true);
  return { world, hook: { ...hook, url }, span: { from: iso(from), to: iso(to) } };
}

describe("a replay", () => {
  it.each([
    ["failed", ["failed"]],
    ["missed", ["missed"]],
    ["success", ["success"]],
    ["all", ["failed", "missed", "success"]],
  ])("a replay of %s sends just those events of the span again, under the ids they had", async (status, titles) => {
    const { world, hook, span } = await history();
    const started = await start(world, hook, { ...span, status });
    expect(started.status, started.text).toBe(202);
    expect(started.body.data).toMatchObject({ status: "running", filter: status, queued: 0, delivered: 0, failed: 0 });
    expect(started.wakes).toEqual([clock.time]);
    await advance(world);
    await expectExactTotal(world, hook);
    await world.deliverDue();
    const all = (await arrivals(hook.url)).slice(1);
    expect(
      bodiesOf(all)
        .map(({ data }) => data.title)
        .sort(),
    ).toEqual(titles);
    expect(bodiesOf(all).map(({ id }) => id)).toEqual(headerOf(all, "webhook-id"));
    expect(await progress(world, hook, started.body.data.id)).toMatchObject({
      ...{ status: "finished", progress: 1, queued: titles.length, delivered: titles.length, failed: 0 },
      finished_at: expect.any(String),
    });
    expect(await expectExactTotal(world, hook)).toBe(status === "missed" || status === "all" ? 4 : 3);
    await advance(world);
    await world.deliverDue();
    expect(await arrivals(hook.url)).toHaveLength(1 + titles.length);
  });

  it("a replay starts a delivery's schedule afresh", async () => {
    const { world, hook, span } = await history();
    await turn(world, hook, true, { url: target("status/500") });
    const { body } = await start(world, hook, { ...span, status: "failed" });
    await advance(world);
    await world.deliverDue();
    const [row] = await world.deliveries(hook.id, "&status=retrying");
    expect(row.attempt).toBe(2);
    expect(Date.parse(row.next_retry_at) - clock.time).toBeLessThanOrEqual(6_000);
    expect(await progress(world, hook, body.data.id)).toMatchObject({ queued: 1, delivered: 0, failed: 0 });
  });

  it("a replay is for one of the caller's own endpoints, one that is on, over a span that is one", async () => {
    const { world, hook, span } = await history();
    const stranger = await makeWorld(clock);
    expect((await start(stranger, hook, span)).status).toBe(404);
    const backwards = await start(world, hook, { from: span.to, to: span.from });
    expect(backwards.status).toBe(422);
    expect(backwards.body.errors).toEqual({ to: ["must be later than from"] });
    await turn(world, hook, false);
    expect((await start(world, hook, span)).status).toBe(409);
    expect(await countOf("webhook_replays WHERE endpoint_id = ?", hook.id)).toBe(0);
  });
});
