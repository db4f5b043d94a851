import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Env } from "../../../src/env.ts";
import { failingDatabase } from "../../platform/support/databases.ts";
import { clock } from "../support/clock.ts";
import { advance, iso, progress, start, turn } from "../support/replays.ts";
import { countOf, expectExactTotal, type Hook, interrupted, makeWorld } from "../support/world.ts";

const MANY = 1_200;
/** The first batch of 500 events begins with those of the workspace and its key. */
const OF_FIRST_BATCH = 498;

/** A workspace with 1,200 events its endpoint has never been sent. */
async function busy() {
  const world = await makeWorld(clock);
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MANY})
    INSERT INTO events (id, workspace_id, environment, type, data, created_at)
    SELECT 'evt_' || ?1 || i, ?1, 'live', 'post.created', '{}', ?2 FROM n`,
  )
    .bind(world.workspace.id, clock.time)
    .run();
  const hook = await world.hook({ events: ["post.created"] });
  return { world, hook, span: { from: iso(clock.time - 60_000), status: "all" } };
}

/** Bindings whose database dies when the second batch of a run is committed. */
function dying(): Env {
  let batches = 0;
  const isSecond = (sql: string) => {
    if (/^update "webhook_replays" set "after_seq" =/i.test(sql)) batches += 1;
    return batches === 2;
  };
  return { ...env, DB: failingDatabase(env.DB, isSecond, "Network connection lost.") };
}

const dueAt = ({ id }: Hook) => countOf("webhook_deliveries WHERE endpoint_id = ? AND next_attempt_at IS NOT NULL", id);

describe("a replay of more events than one batch holds", () => {
  it("a replay of more events than one batch holds that dies between batches goes on where it was, and many runs at once queue nothing twice", async () => {
    const { world, hook, span } = await busy();
    for (const round of ["missed", "failed"]) {
      const { id } = (await start(world, hook, span)).body.data;
      await expect(advance(world, dying())).rejects.toThrow();
      const state = await progress(world, hook, id);
      expect(state, round).toMatchObject({ status: "running", queued: OF_FIRST_BATCH, finished_at: null });
      expect(Math.abs(state.progress - 500 / (MANY + 2))).toBeLessThan(0.01);
      expect(await dueAt(hook)).toBe(OF_FIRST_BATCH);
      await expectExactTotal(world, hook);
      const second = await start(world, hook, span);
      expect(second.status).toBe(409);
      expect(second.body.message).toContain("still running");
      await Promise.all([advance(world), advance(world), advance(world)]);
      expect(await advance(world)).toBeNull();
      expect(await progress(world, hook, id)).toMatchObject({ status: "finished", progress: 1, queued: MANY });
      expect(await dueAt(hook)).toBe(MANY);
      expect(await expectExactTotal(world, hook)).toBe(MANY);
      // Switched off, everything that is due has failed: there is something to take up again.
      await turn(world, hook, false);
      expect(await dueAt(hook)).toBe(0);
      await turn(world, hook, true);
    }
  });

  it("a replay of more events than one batch holds ends when its endpoint is switched off or deleted: nothing more becomes due", async () => {
    for (const stop of ["off", "deleted"]) {
      const { world, hook, span } = await busy();
      const { id } = (await start(world, hook, span)).body.data;
      await expect(advance(world, dying())).rejects.toThrow();
      if (stop === "off") await turn(world, hook, false);
      else await world.platform.delete(`/webhooks/${hook.id}`);
      expect(await advance(world)).toBeNull();
      expect(await countOf("webhook_deliveries WHERE endpoint_id = ?", hook.id), stop).toBe(OF_FIRST_BATCH);
      expect(await countOf("webhook_replays WHERE id = ? AND finished_at IS NULL", id)).toBe(0);
      if (stop === "off") expect(await expectExactTotal(world, hook)).toBe(OF_FIRST_BATCH);
    }
  });

  it("a replay of more events than one batch holds is refused when its endpoint is switched off just before it is committed", async () => {
    const { world, hook, span } = await busy();
    const meanwhile = interrupted(() => turn(world, hook, false));
    const refused = await start(world, hook, span, meanwhile);
    expect(refused.status, refused.text).toBe(409);
    expect(await countOf("webhook_replays WHERE endpoint_id = ?", hook.id)).toBe(0);
  });

  it("a replay of more events than one batch holds queues nothing by a commit that another run, or the endpoint's switching off, came before", async () => {
    const { world, hook, span } = await busy();
    const others = [
      async () => {
        await advance(world, dying()).catch(() => {});
        // Delivered at once: what is read anew must not take it up again.
        await env.DB.prepare(
          "UPDATE webhook_deliveries SET status = 'success', next_attempt_at = NULL WHERE endpoint_id = ?",
        )
          .bind(hook.id)
          .run();
      },
      () => turn(world, hook, false),
    ];
    const { id } = (await start(world, hook, span)).body.data;
    await advance(world, interrupted(...others));
    expect(await dueAt(hook)).toBe(0);
    expect(await progress(world, hook, id)).toMatchObject({ status: "finished", queued: OF_FIRST_BATCH });
  });
});
