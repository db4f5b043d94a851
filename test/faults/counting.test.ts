import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import type { Env } from "../../src/env.ts";
import { purgeDeletedWorkspaces } from "../../src/platform/workspaces/service/purge.ts";
import { callWith } from "../support/counting.ts";
import { clock } from "../webhooks/support/clock.ts";
import { advance, iso, progress, start } from "../webhooks/support/replays.ts";
import { countOf, expectExactTotal, makeWorld, rowsOf, type World } from "../webhooks/support/world.ts";

/** A database in which `changes()` never tells of the statement before: D1 does not promise it across a batch. */
function forgetful(): Env {
  const nothing = env.DB.prepare("DELETE FROM events WHERE 0");
  const batch = async (statements: D1PreparedStatement[]) => {
    const results = await env.DB.batch(statements.flatMap((statement) => [nothing, statement]));
    return results.filter((_, index) => index % 2 === 1);
  };
  return { ...env, DB: { prepare: (sql: string) => env.DB.prepare(sql), batch } as unknown as D1Database };
}

let world: World;

beforeEach(async () => {
  world = await makeWorld(clock);
});

it("attempts, and what is done with, are counted by the statement itself", async () => {
  const hook = await world.hook({ to: "failfirst/1", events: ["post.created"] });
  await world.post();
  await world.deliverDue(forgetful());
  expect(await world.at(hook.id)).toMatchObject({ success_count: 0, failure_count: 1, consecutive_failures: 1 });
  clock.advance(6_000);
  await world.deliverDue(forgetful());
  expect(await world.at(hook.id)).toMatchObject({ success_count: 1, failure_count: 1, consecutive_failures: 0 });
  expect(await expectExactTotal(world, hook)).toBe(1);
});

it("what is given up at an endpoint that is switched off is counted by the statement itself", async () => {
  const hook = await world.hook({ events: ["post.created"] });
  await world.post();
  const init = { headers: world.headers, body: { is_active: false } };
  expect((await callWith(forgetful(), "PATCH", `/api/v1/webhooks/${hook.id}`, init)).status).toBe(200);
  expect(await expectExactTotal(world, hook)).toBe(1);
});

it("what a replay queues is counted by the statement itself", async () => {
  await world.post();
  const hook = await world.hook({ events: ["post.created"] });
  await world.post();
  await world.deliverDue();
  const { body } = await start(world, hook, { from: iso(clock.time - 60_000), status: "all" });
  await advance(world, forgetful());
  expect(await progress(world, hook, body.data.id)).toMatchObject({ status: "finished", queued: 2 });
  expect(await expectExactTotal(world, hook)).toBe(2);
});

it("what is purged of a workspace is counted by the statement itself", async () => {
  await world.hook({ events: ["post.created"] });
  await world.post();
  const { id } = world.workspace;
  const ofWorkspace = () => countOf("events WHERE workspace_id = ?", id);
  expect(await ofWorkspace()).toBeGreaterThan(0);
  await rowsOf("UPDATE workspaces SET deleted_at = ? WHERE id = ?", clock.time, id);
  const purgedRows = async () => {
    const [row] = await rowsOf<{ purged_rows: number }>("SELECT purged_rows FROM workspaces WHERE id = ?", id);
    return row?.purged_rows;
  };
  await purgeDeletedWorkspaces(forgetful(), clock.time);
  expect(await ofWorkspace()).toBe(0);
  expect(await purgedRows()).toBeGreaterThan(3);
});
