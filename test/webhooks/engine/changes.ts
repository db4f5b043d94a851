import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Env } from "../../../src/env.ts";
import { clock } from "../support/clock.ts";
import { target } from "../support/receiver.ts";
import { arrivedAt, expectExactTotal, type Hook, interrupted, makeWorld, type World } from "../support/world.ts";

let world: World;
let hook: Hook;
let elsewhere: string;

const subscribe = async (to = "ok"): Promise<void> => {
  hook = await world.hook({ to, events: ["post.created"] });
};

beforeEach(async () => {
  world = await makeWorld(clock);
  elsewhere = target();
});

/** Bindings whose database lets something happen once it has run a batch: the first, the lease, or a later one. */
function onceDone(number: number, act: () => Promise<unknown>): Env {
  let batches = 0;
  const batch = async (statements: D1PreparedStatement[]) => {
    const results = await env.DB.batch(statements);
    batches += 1;
    if (batches === number) await act();
    return results;
  };
  return { ...env, DB: { prepare: (sql: string) => env.DB.prepare(sql), batch } as unknown as D1Database };
}

const patch = (changes: object) => world.platform.patch(`/webhooks/${hook.id}`, changes);

describe("once the answer to a change has been given", () => {
  const CHANGES: [what: string, change: () => Promise<unknown>, arriveElsewhere: number][] = [
    ["a DELETE", () => world.platform.delete(`/webhooks/${hook.id}`), 0],
    ["a switch-off", () => patch({ is_active: false }), 0],
    ["a new address", () => patch({ url: elsewhere }), 5],
  ];

  it.each(CHANGES)("once the answer to a change has been given no POST starts: %s", async (_, change, moved) => {
    await subscribe();
    for (let n = 0; n < 5; n += 1) await world.post();
    await world.deliverDue(onceDone(1, change));
    expect(await arrivedAt(hook, { url: elsewhere })).toEqual([0, moved]);
  });

  it.each(CHANGES)(
    "once the answer to a change has been given only what was under way arrives: %s",
    async (_, change) => {
      await subscribe();
      for (let n = 0; n < 10; n += 1) await world.post();
      let arrived = 0;
      const changed = async () => {
        await change();
        [arrived = 0] = await arrivedAt(hook);
      };
      await world.deliverDue(onceDone(2, changed));
      expect((await arrivedAt(hook))[0]).toBeLessThanOrEqual(Math.min(9, arrived + 3));
    },
  );
});

describe("an attempt whose endpoint is switched off before it is recorded", () => {
  const cases: [to: string, recorded: object, counted: object][] = [
    ["ok", { status: "success", response_code: 200, error: null }, { success_count: 1, failure_count: 0 }],
    [
      "status/500",
      { status: "failed", response_code: 500, error: "Answered 500." },
      { success_count: 0, failure_count: 1 },
    ],
  ];

  it.each(cases)(
    "an attempt whose endpoint is switched off is recorded as it went: %s",
    async (to, recorded, counted) => {
      await subscribe(to);
      await world.post();
      await world.deliverDue(
        interrupted(
          async () => {},
          () => patch({ is_active: false }),
        ),
      );
      const [row] = await world.deliveries(hook.id);
      expect(row).toMatchObject({ ...recorded, attempt: 1, next_retry_at: null });
      expect(await world.at(hook.id)).toMatchObject({ ...counted, is_active: false });
      expect((await world.delivery(hook.id, row.id)).attempts).toHaveLength(1);
      expect(await expectExactTotal(world, hook)).toBe(1);
    },
  );
});

describe("a delivery whose event is no longer kept", () => {
  it("a delivery whose event is no longer kept ends, and holds up no other", async () => {
    await subscribe();
    for (let n = 0; n < 3; n += 1) await world.post();
    const [gone] = await world.deliveries(hook.id);
    await env.DB.prepare("DELETE FROM events WHERE id = ?").bind(gone.event_id).run();
    await world.deliverDue();
    clock.advance(1_000);
    expect(await world.deliverDue()).toBeNull();
    expect(await world.deliveries(hook.id)).toEqual([
      expect.objectContaining({ status: "failed", attempt: 0, error: expect.stringContaining("no longer kept") }),
      expect.objectContaining({ status: "success" }),
      expect.objectContaining({ status: "success" }),
    ]);
    expect(await expectExactTotal(world, hook)).toBe(3);
  });
});
