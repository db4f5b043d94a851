import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { POST_EVENTS } from "../../../src/platform/posts/events.ts";
import { countingDatabase, type Rows } from "../../platform/support/databases.ts";
import { callWith, measured } from "../../support/counting.ts";
import { clock } from "../support/clock.ts";
import { arrivedAt, consume, expectExactTotal, type Hook, makeWorld, type World } from "../support/world.ts";

/** Rows written by a call that makes an event, and by delivering what it made due. */
async function writtenBy(world: World, ...hooks: Hook[]): Promise<{ commit: number; delivery: number }> {
  const commit: Rows = { read: 0, written: 0 };
  const delivery: Rows = { read: 0, written: 0 };
  const init = { headers: world.headers, body: { title: "Hello" } };
  const made = await callWith({ DB: countingDatabase(env.DB, commit) }, "POST", "/api/v1/posts", init);
  expect(made.status).toBe(201);
  await consume([hooks.map(({ id }) => id)], { ...env, DB: countingDatabase(env.DB, delivery) });
  return { commit: commit.written, delivery: delivery.written };
}

describe("rows written", () => {
  let without: number;
  beforeAll(async () => {
    const world = await makeWorld(clock);
    // The first calls set up what is counted by workspace.
    await writtenBy(world);
    without = (await writtenBy(world)).commit;
  });

  /** What an event costs beyond what its commit writes in a workspace without endpoints. */
  async function extraOf(subscriptions: { to?: string; events: string[] }[]) {
    const world = await makeWorld(clock);
    await writtenBy(world);
    const hooks = await Promise.all(subscriptions.map((it) => world.hook(it)));
    const { commit, delivery } = await writtenBy(world, ...hooks);
    return { hooks, commit: commit - without, delivery };
  }

  it("rows written are none for an event nobody subscribes to", async () => {
    expect(await extraOf([])).toMatchObject({ commit: 0, delivery: 0 });
    expect(await extraOf([{ events: ["page.*"] }, { events: ["post.deleted"] }])).toMatchObject({
      commit: 0,
      delivery: 0,
    });
  });

  it("rows written are at most five for each webhook delivered", async () => {
    for (const count of [1, 3, 10]) {
      const { hooks, commit, delivery } = await extraOf(Array.from({ length: count }, () => ({ events: ["post.*"] })));
      expect(await arrivedAt(...hooks)).toEqual(Array(count).fill(1));
      expect(commit + delivery).toBeLessThanOrEqual(5 * count);
    }
  });

  it("rows written are at most six for one that has to be tried again", async () => {
    const { commit, delivery } = await extraOf([{ to: "status/500", events: ["post.*"] }]);
    expect(commit + delivery).toBeLessThanOrEqual(6);
  });

  it("rows written are fewer for deliveries that are due together", async () => {
    const world = await makeWorld(clock);
    const hook = await world.hook({ events: ["post.created"] });
    const { unit } = world.workspace.context();
    for (let n = 0; n < 10; n += 1) unit.emit(POST_EVENTS.created, { ...POST_EVENTS.created.sample, id: n });
    await unit.commit();
    const rows: Rows = { read: 0, written: 0 };
    await consume([[hook.id]], { ...env, DB: countingDatabase(env.DB, rows) });
    expect(await arrivedAt(hook)).toEqual([10]);
    expect(rows.written).toBeLessThanOrEqual(2 * 10 + 1);
  });
});

const FINISHED = 10_000;
const SLACK = 10;

describe("a list of 10,000 deliveries that are done with", () => {
  let world: World;
  let hook: Hook;
  let siteId: string;

  beforeAll(async () => {
    world = await makeWorld(clock);
    siteId = await world.site();
    hook = await world.hook({ events: ["post.created"], site_id: siteId });
    await world.post({ site_id: siteId });
    const insert = env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${FINISHED})
      INSERT INTO webhook_deliveries SELECT endpoint_id, event_seq + i, event_id || i, event_type, 'success', 1, 1, '[]',
        NULL, 200, ?2, NULL, ?2 FROM n, webhook_deliveries WHERE endpoint_id = ?1`,
    ).bind(hook.id, clock.time);
    const count = env.DB.prepare("UPDATE webhook_endpoints SET settled_count = settled_count + ? WHERE id = ?");
    await env.DB.batch([insert, count.bind(FINISHED, hook.id)]);
    await measured("GET", "/api/v1/webhooks", { headers: world.headers });
  });

  it.each([25, 100])(
    "a list of 10,000 deliveries that are done with reads at most twice a page of %i and ten rows, on both surfaces, with its exact total",
    async (size) => {
      expect(await expectExactTotal(world, hook)).toBe(FINISHED + 1);
      const { headers } = world;
      const platform = await measured("GET", `/api/v1/webhooks/${hook.id}/deliveries?per_page=${size}`, { headers });
      expect(platform.body.data).toHaveLength(size);
      expect(platform.cost.rowsRead).toBeLessThanOrEqual(2 * size + SLACK);
      let cursor = "";
      for (let page = 0; page < 3; page += 1) {
        const path = `/v1/sites/${siteId}/webhooks/wh_${hook.id}/deliveries?limit=${size}${cursor}`;
        const content = await measured("GET", path, { headers });
        expect(content.body.data).toHaveLength(size);
        expect(content.body.pagination.total).toBe(FINISHED + 1);
        expect(content.cost.rowsRead).toBeLessThanOrEqual(2 * size + SLACK);
        cursor = `&cursor=${content.body.pagination.nextCursor}`;
      }
    },
  );
});
