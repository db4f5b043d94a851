import { abortAllDurableObjects } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, inject, it } from "vitest";
import type { Wake } from "../../src/core/events/wake.ts";
import { runQueue } from "../../src/queue.ts";
import { sweep } from "../../src/webhooks/sweep.ts";
import { batchOf } from "../chaos/run.ts";
import { recover, runAll } from "../chaos/world.ts";
import type { Received } from "../e2e/support/receiver.mjs";
import { call, START, TestClock } from "../support/fixtures.ts";
import { guarded } from "./bindings.ts";
import { callThrough, count, failing, makeSite, type Moment, type Site } from "./world.ts";

const LEASE_MS = 30_000;
const clock = new TestClock();
const receiverUrl = inject("receiverUrl");
let site: Site;

beforeEach(async () => {
  clock.time = START;
  site = await makeSite(clock);
});

/** An endpoint of the site for pages; answers the path it posts to. */
async function subscribe(behaviour: string): Promise<string> {
  const path = `/${behaviour}/${crypto.randomUUID()}`;
  const body = { url: receiverUrl + path, events: ["page.*"] };
  const made = await call("POST", `${site.path}/webhooks`, { headers: site.key.headers, body });
  expect(made.status, made.text).toBe(201);
  return path;
}

const addPage = () =>
  call("POST", `${site.path}/pages`, { headers: site.key.headers, body: { title: "Opening hours" } });

/** The ids of the events that arrived at a path, in that order. */
async function arrived(path: string): Promise<string[]> {
  const received = await (await fetch(`${receiverUrl}/_log?path=${path}`)).json<Received[]>();
  return received.map(({ headers }) => headers["webhook-id"] as string);
}

/** The ids of the events of the site's pages. */
async function announced(): Promise<string[]> {
  const sql = "SELECT id FROM events WHERE site_id = ? AND type LIKE 'page.%' ORDER BY seq";
  return (await env.DB.prepare(sql).bind(site.id).all<{ id: string }>()).results.map(({ id }) => id);
}

const undelivered = () =>
  count(
    `SELECT count(*) AS n FROM webhook_deliveries d JOIN webhook_endpoints w ON w.id = d.endpoint_id
      WHERE w.site_id = ? AND d.status <> 'success'`,
    site.id,
  );

/** The wake-ups of everything that is due. */
async function dueWakes(): Promise<Wake[]> {
  const wakes: Wake[] = [];
  const bindings = guarded(
    (_, run) => run(),
    (wake) => wakes.push(wake),
  );
  await sweep(bindings, clock.time);
  return wakes;
}

/** Bindings of a worker that dies with its `target`th call: no later one is carried out. */
function dying(target: number, moment: Moment): ReturnType<typeof failing> {
  let calls = 0;
  const bindings = guarded(async (_, run) => {
    calls += 1;
    if (calls < target) return run();
    if (calls === target && moment === "after") await run();
    throw new Error("The worker has died.");
  });
  return { bindings, calls: () => calls };
}

describe("200 crash runs", () => {
  it("200 crash runs lose no event, invent none, and send nothing twice without a fault", async () => {
    const figures = await runAll(clock, { runs: 200, seed: 1, receiverUrl });
    expect(figures).toMatchObject({ runs: 200, lost: 0 });
  });
});

describe("a consumer, for every n,", () => {
  it.each([
    ["fails before its n-th call", failing, "before"],
    ["fails after its n-th call", failing, "after"],
    ["dies before its n-th call", dying, "before"],
    ["dies after its n-th call", dying, "after"],
  ] as const)(
    "a consumer that fails at every n in turn, %s: everything arrives, under the ids it has",
    async (_, faulty, moment) => {
      for (let target = 1; ; target += 1) {
        site = await makeSite(clock);
        const paths = [await subscribe("ok"), await subscribe("failfirst/1")] as const;
        for (let page = 0; page < 2; page += 1) await addPage();
        const { bindings, calls } = faulty(target, moment);
        await runQueue(batchOf(await dueWakes()), bindings);
        await recover(clock);
        const ids = await announced();
        const received = await Promise.all(paths.map(arrived));
        for (const list of received) expect(new Set(list)).toEqual(new Set(ids));
        expect(await undelivered()).toBe(0);
        if (calls() >= target) continue;
        expect(received.map((list) => list.length)).toEqual([2, 4]);
        expect(target).toBeGreaterThan(6);
        break;
      }
    },
  );
});

describe("an attempt that could not be recorded", () => {
  it("an attempt that could not be recorded is the only one of its batch that is made again, once the lease is over", async () => {
    const path = await subscribe("ok");
    for (let page = 0; page < 3; page += 1) await addPage();
    const wakes = await dueWakes();
    // The first call takes the lease, the second looks whether the endpoint is still to be sent this, the third records the
    // first attempt.
    await runQueue(batchOf(wakes), failing(3, "before").bindings);
    expect(await undelivered()).toBe(1);
    clock.advance(LEASE_MS - 1);
    await runQueue(batchOf(wakes), env);
    expect(await arrived(path)).toHaveLength(3);
    clock.advance(1);
    await runQueue(batchOf(wakes), env);
    expect(await undelivered()).toBe(0);
    const received = await arrived(path);
    expect(received).toHaveLength(4);
    expect(new Set(received)).toEqual(new Set(await announced()));
  });
});

describe("a request that fails at its n-th call, for every n, and is repeated with its Idempotency-Key", () => {
  it.each<Moment>(["before", "after"])(
    "a request that fails at its n-th call, for every n, and is repeated with its Idempotency-Key, is announced once, failing %s the call",
    async (moment) => {
      const path = await subscribe("ok");
      for (let target = 1; ; target += 1) {
        // Each crash costs the key what was counted ahead, for ten seconds.
        clock.advance(15_000);
        const headers = { ...site.key.headers, "Idempotency-Key": crypto.randomUUID() };
        const init = { headers, body: { title: `Page ${target}` } };
        const { bindings, calls } = failing(target, moment);
        await callThrough(bindings, "POST", `${site.path}/pages`, init);
        if (calls() < target) break;
        await abortAllDurableObjects();
        expect((await call("POST", `${site.path}/pages`, init)).status).toBe(201);
        await recover(clock);
        const ids = await announced();
        expect(ids).toHaveLength(target);
        expect(await arrived(path)).toEqual(ids);
      }
    },
  );
});
