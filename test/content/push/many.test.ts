import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { guarded } from "../../faults/bindings.ts";
import { START, TestClock } from "../../support/fixtures.ts";
import { type PushWorld, browsers, pushWorld, tally } from "./world.ts";

const clock = new TestClock();
const MANY = 10_000;

beforeEach(() => {
  clock.use();
  clock.time = START;
});

/** Bindings whose worker dies at its `target`th call: whatever it had begun is all that is left of it. */
const dying = (target: number) => {
  let calls = 0;
  return guarded(async (_, run) => {
    calls += 1;
    if (calls >= target) throw new Error("The worker was killed");
    return run();
  });
};

/** What the database was asked: the most rows that a call brought back, and the most bytes that one sent. */
function measuring() {
  const most = { rows: 0, bytes: 0 };
  const bound = new WeakMap<object, number>();
  const note = (result: D1Result | D1Result[]) => {
    for (const it of [result].flat()) most.rows = Math.max(most.rows, it.results?.length ?? 0);
  };
  const statement = (real: D1PreparedStatement, sql: string): D1PreparedStatement =>
    new Proxy(real, {
      get(target, name) {
        if (name === "bind")
          return (...values: unknown[]) => {
            const made = target.bind(...values);
            bound.set(made, sql.length + values.reduce<number>((sum, it) => sum + String(it).length, 0));
            most.bytes = Math.max(most.bytes, bound.get(made) as number);
            return made;
          };
        return Reflect.get(target, name);
      },
    });
  const DB = {
    prepare: (sql: string) => statement(env.DB.prepare(sql), sql),
    batch: async (list: D1PreparedStatement[]) => {
      const results = await env.DB.batch(list);
      note(results);
      return results;
    },
  } as unknown as D1Database;
  return { most, bindings: { ...env, DB } };
}

const ids = async (world: PushWorld, campaignId: string, status: string): Promise<number> =>
  (await world.ask("GET", `/campaigns/${campaignId}/recipients?status=${status}&limit=1`)).body.pagination.total;

describe("a campaign to 10,000 subscribers", () => {
  it("its worker is killed again and again and others go on: nobody is sent it twice, all whose try was not cut off get it once, and nothing grows with how many they are", async () => {
    const world = await pushWorld(clock);
    const all = await browsers(MANY);
    await world.subscribe(all);
    const id = await world.campaign();
    // The first is killed while it looks up whom the campaign is for, the others while they send.
    for (const target of [17, 90, 101, 140]) {
      await world.run(id, dying(target)).catch(() => {});
      clock.time = Math.max(clock.time + 60_000, (await world.dueAt(id)) ?? 0);
    }
    const { most, bindings } = measuring();
    await world.finish(id, bindings);
    const campaign = await world.get(id);
    const got = await tally(all);
    expect(got.more).toBe(0);
    expect(got.most).toBeLessThanOrEqual(6);
    expect(campaign).toMatchObject({ status: "sent", recipients: MANY, queued: 0, failed: 0, gone: 0 });
    expect(campaign.sent + campaign.unconfirmed).toBe(MANY);
    // Of a try that was cut off nobody knows who got it: at most the fifty of one try for each of the killed.
    expect(campaign.unconfirmed).toBeLessThanOrEqual(4 * 50);
    expect(got.once).toBeGreaterThanOrEqual(campaign.sent);
    expect(got.none).toBeLessThanOrEqual(campaign.unconfirmed);
    expect(await ids(world, id, "sent")).toBe(campaign.sent);
    expect(most.rows).toBeLessThanOrEqual(1_000);
    expect(most.bytes).toBeLessThan(20_000);
  }, 1_200_000);

  it("cancelled while it is sent it stops: who was reached is counted, nobody else is sent anything", async () => {
    const world = await pushWorld(clock);
    const all = await browsers(1_500);
    await world.subscribe(all);
    const id = await world.campaign();
    await world.run(id);
    const cancelled = await world.ask("POST", `/campaigns/${id}/cancel`);
    expect(cancelled.status).toBe(200);
    const { sent, queued } = cancelled.body.data;
    expect(cancelled.body.data).toMatchObject({ status: "cancelled", recipients: 1_500, unconfirmed: 0 });
    expect(sent).toBeGreaterThan(0);
    expect(queued).toBe(1_500 - sent);
    await world.run(id);
    expect(await world.dueAt(id)).toBeNull();
    expect(await tally(all)).toMatchObject({ none: queued, once: sent, more: 0 });
    expect((await world.ask("POST", `/campaigns/${id}/cancel`)).status).toBe(409);
  });

  it("cancelled in the very moment in which it is sent, no try is begun any more", async () => {
    const world = await pushWorld(clock);
    const all = await browsers(600);
    await world.subscribe(all);
    const id = await world.campaign();
    let isCancelled = false;
    let claims = 0;
    const bindings = guarded(async (binding, run) => {
      const result = await run();
      if (binding !== "DB") return result;
      claims += 1;
      if (claims === 30 && !isCancelled) {
        isCancelled = true;
        expect((await world.ask("POST", `/campaigns/${id}/cancel`)).status).toBe(200);
      }
      return result;
    });
    await world.run(id, bindings);
    const got = await tally(all);
    const campaign = await world.get(id);
    expect(campaign).toMatchObject({ status: "cancelled", sent: got.once, queued: 600 - got.once });
    expect(got.more).toBe(0);
    expect(got.none).toBeGreaterThan(0);
  });
});
