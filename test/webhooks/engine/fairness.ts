import { createMessageBatch } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Wake } from "../../../src/core/events/wake.ts";
import type { Env } from "../../../src/env.ts";
import { consumePromptly } from "../../../src/webhooks/consumer.ts";
import { sweep } from "../../../src/webhooks/sweep.ts";
import { callWith } from "../../support/counting.ts";
import { clock } from "../support/clock.ts";
import { Waiting } from "../support/hanging.ts";
import { arrivedAt, consume, copies, countOf, type Hook, keptQueue, makeWorld, type World } from "../support/world.ts";

const POST_CREATED = { events: ["post.created"] };
let world: World;

beforeEach(async () => {
  world = await makeWorld(clock);
});

const sweepOf = ({ workspace, environment }: World, bindings: Env) =>
  sweep(bindings, clock.time, { workspaceId: workspace.id, environment });

const idsOf = (hooks: Hook[]) => hooks.map(({ id }) => id);

/** Endpoints at a port of this machine where nobody listens. */
const dead = async (count: number): Promise<Hook[]> => {
  const first = await world.hook({ to: "http://127.0.0.1:10001/dead", ...POST_CREATED });
  const urls = Array.from({ length: count - 1 }, (_, n) => `http://127.0.0.1:10001/dead/${n}`);
  return [first, ...(await copies(first, urls))];
};

const hanging = (count: number) =>
  Promise.all(Array.from({ length: count }, () => world.hook({ to: "hang", ...POST_CREATED })));

const attemptsAt = async (hooks: Hook[]): Promise<number> => {
  const { results } = await env.DB.prepare(
    "SELECT sum(attempt) AS n FROM webhook_deliveries WHERE endpoint_id IN (SELECT value FROM json_each(?))",
  )
    .bind(JSON.stringify(idsOf(hooks)))
    .all<{ n: number }>();
  return results[0]?.n ?? 0;
};

describe("eight receivers that hang", () => {
  it("eight receivers that hang hold up nobody who waits behind them for more than a second", async () => {
    const stuck = await hanging(8);
    const healthy = await world.hook(POST_CREATED);
    await world.post();
    const runtime = new Waiting(clock);
    const { WEBHOOKS, sent } = keptQueue();
    const first = consume([idsOf([...stuck, healthy])], { ...env, WEBHOOKS }, runtime);
    await runtime.until(() => runtime.posted.length === 6);
    runtime.pass(999);
    expect(sent).toEqual([]);
    runtime.pass(1);
    expect(sent).toEqual([idsOf([...stuck.slice(6), healthy])]);
    const second = consume(sent, { ...env, WEBHOOKS }, runtime);
    await runtime.until(() => runtime.posted.length === 9 && runtime.answered.includes(healthy.url));
    expect(runtime.posted.slice(6).sort()).toEqual([...stuck.slice(6), healthy].map(({ url }) => url).sort());
    runtime.pass(15_000);
    await Promise.all([first, second]);
    expect(await arrivedAt(healthy)).toEqual([1]);
    const [failed] = await world.deliveries((stuck[0] as Hook).id);
    expect(failed).toMatchObject({ status: "retrying", error: "No complete answer within 15 seconds." });
  });

  it("eight receivers that hang do not keep the queue from handing over the next batch after a second", async () => {
    const [stuck] = (await hanging(1)) as [Hook];
    await world.post();
    const runtime = new Waiting(clock);
    const body = { endpointIds: [stuck.id] };
    const batch = createMessageBatch<Wake>("edge-cms-webhooks", [
      { id: "1", timestamp: new Date(clock.time), attempts: 1, body },
    ]);
    const later: Promise<unknown>[] = [];
    const consumed = consumePromptly(batch, env, runtime, { waitUntil: (work) => later.push(work) });
    await runtime.until(() => runtime.posted.length === 1);
    runtime.pass(1_000);
    await consumed;
    expect(await attemptsAt([stuck])).toBe(0);
    runtime.pass(14_000);
    await Promise.all(later);
    expect(await attemptsAt([stuck])).toBe(1);
  });

  it("a receiver that has not answered yet is sent one delivery at a time", async () => {
    const [stuck] = (await hanging(1)) as [Hook];
    for (let n = 0; n < 3; n += 1) await world.post();
    const runtime = new Waiting(clock);
    const consumed = consume([[stuck.id]], env, runtime);
    await runtime.until(() => runtime.posted.length === 1);
    runtime.pass(15_000);
    await consumed;
    expect(runtime.posted).toEqual([stuck.url]);
  });
});

describe("a wake-up that is on its way", () => {
  it("a wake-up that is on its way is the only one of its endpoint, for half a minute", async () => {
    const hook = await world.hook(POST_CREATED);
    await world.post();
    const { WEBHOOKS, sent } = keptQueue();
    const bindings = { ...env, WEBHOOKS };
    await Promise.all([1, 2, 3].map(() => sweepOf(world, bindings)));
    const init = { headers: world.headers, body: { title: "Another" } };
    expect((await callWith(bindings, "POST", "/api/v1/posts", init)).status).toBe(201);
    clock.advance(29_000);
    await sweepOf(world, bindings);
    expect(sent.flat().filter((id) => id === hook.id)).toEqual([hook.id]);
    clock.advance(1_000);
    await sweepOf(world, bindings);
    expect(sent.flat().filter((id) => id === hook.id)).toEqual([hook.id, hook.id]);
    await consume(sent);
    expect(await arrivedAt(hook)).toEqual([2]);
  });

  it("a wake-up that is on its way is not followed by one for each event that comes meanwhile", async () => {
    const hook = await world.hook(POST_CREATED);
    const { WEBHOOKS, sent } = keptQueue();
    for (let n = 0; n < 3; n += 1) {
      const init = { headers: world.headers, body: { title: "Bread" } };
      expect((await callWith({ WEBHOOKS }, "POST", "/api/v1/posts", init)).status).toBe(201);
      clock.advance(1);
    }
    expect(sent).toEqual([[hook.id]]);
    await consume(sent);
    expect(await arrivedAt(hook)).toEqual([3]);
  });

  it("a wake-up that is on its way is sent first to a receiver that answers", async () => {
    const healthy = await world.hook(POST_CREATED);
    const failing = await dead(20);
    await world.post();
    await world.deliverDue();
    clock.advance(61_000);
    await world.post();
    const { WEBHOOKS, sent } = keptQueue();
    await sweepOf(world, { ...env, WEBHOOKS });
    expect(sent.flat()[0]).toBe(healthy.id);
    expect(new Set(sent.flat())).toEqual(new Set(idsOf([healthy, ...failing])));
  });
});

const SECOND = 1_000;

describe("1,000 endpoints that are dead and 8 that hang", () => {
  it("1,000 endpoints that are dead and 8 that hang cost two wake-ups an attempt at most, and neighbours hear of everything", async () => {
    const neighbour = await makeWorld(clock);
    const healthy = [await world.hook(POST_CREATED), await neighbour.hook(POST_CREATED)];
    const stuck = await hanging(8);
    const gone = await dead(1_000);
    const { WEBHOOKS, sent } = keptQueue();
    const bindings = { ...env, WEBHOOKS };
    const runtime = new Waiting(clock);
    let wakes = 0;
    let events = 0;
    const held: Promise<void>[] = [];
    // Those that hang are followed beside the others, which would otherwise wait for them to be handed on.
    const follow = async (ids: number[]) => {
      wakes += ids.length;
      const [hang, rest] = [true, false].map((hangs) => ids.filter((id) => idsOf(stuck).includes(id) === hangs));
      await consume([rest ?? []], bindings, runtime);
      const fresh = stuck.filter(({ id, url }) => hang?.includes(id) && !runtime.posted.includes(url)).length;
      const posted = runtime.posted.length + Math.min(6, fresh);
      held.push(consume([hang ?? []], bindings, runtime));
      await runtime.until(() => runtime.posted.length >= posted);
    };
    const drain = async () => {
      while (sent.length > 0) await follow(sent.splice(0, 10).flat());
    };
    for (let second = 0; second < 8; second += 1) {
      if (second % 3 === 0) {
        for (const { headers } of [world, neighbour])
          expect(
            (await callWith(bindings, "POST", "/api/v1/posts", { headers, body: { title: "Bread" } })).status,
          ).toBe(201);
        events += 1;
      }
      await drain();
      for (const tenant of [world, neighbour]) await sweepOf(tenant, bindings);
      await drain();
      runtime.pass(SECOND);
    }
    runtime.pass(20 * SECOND);
    await Promise.all(held);
    expect(wakes).toBeLessThanOrEqual(2 * (await attemptsAt([...healthy, ...stuck, ...gone])));
    expect(await attemptsAt(gone)).toBeGreaterThan(1_500);
    expect(await countOf("webhook_deliveries WHERE status = 'success' AND endpoint_id = ?", healthy[0]?.id)).toBe(
      events,
    );
    expect(await arrivedAt(...healthy)).toEqual([events, events]);
  });
});
