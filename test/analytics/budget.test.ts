import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { writeParts } from "../../src/analytics/object/roll-up.ts";
import { PartWriter } from "../../src/analytics/facts/part.ts";
import { visitsOf } from "../../src/analytics/facts/visit.ts";
import type { TrackedEvent } from "../../src/analytics/tracked-event.ts";
import { costOf, measured } from "../support/counting.ts";
import { call, makeWorkspace, START, TestClock, type Workspace } from "../support/fixtures.ts";
import { emptyStorage } from "../support/storage.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36";

const clock = new TestClock();
let workspace: Workspace;
let headers: Record<string, string>;
let siteId: string;

const about = {
  ...{ referrer: "none", source: "direct", medium: "none", campaign: "none", term: "none", content: "none" },
  ...{ device: "desktop", browser: "chrome", os: "windows", country: "NL" },
} as TrackedEvent["about"];

const eventAt = (at: number, i: number): TrackedEvent => {
  const day = new Date(at).toISOString().slice(0, 10);
  return { id: `e${i}`, day, visitor: `v${i % 700}`, session: null, at, type: "pageview", page: `/${i % 50}`, about };
};

/** Rolls a site up, as word of it or its alarm does; answers what D1 bills for writing. */
async function rollUp(site: string, times: number): Promise<number> {
  const object = env.ANALYTICS_OBJECT.getByName(site);
  const { rowsWritten } = await costOf((own) =>
    runInDurableObject(object, async (instance) => {
      Object.assign(instance, { env: own });
      for (let nth = 0; nth < times; nth += 1) await instance.rollUp();
    }),
  );
  return rowsWritten;
}

beforeAll(async () => {
  await emptyStorage();
});

beforeEach(async () => {
  clock.time = START;
  workspace = await makeWorkspace(clock);
  ({ headers } = await workspace.key());
  siteId = (await call("POST", "/v1/sites", { headers, body: { name: "Blue Door Bakery" } })).body.data.id;
});

describe("what analytics cost", () => {
  it("ten thousand events are exact, and take at most 0.05 rows of D1 each, though words of them are doubled and lost", async () => {
    let object = env.ANALYTICS_OBJECT.getByName(siteId);
    let written = 0;
    for (let i = 0; i < 10_000; i += 500) {
      const events = Array.from({ length: 500 }, (_, nth) => eventAt(clock.time + nth * 1_000, i + nth));
      const taken = await Promise.all([...events, ...events.slice(0, 50)].map((event) => object.take(event)));
      expect(taken.every(({ kept }) => kept)).toBe(true);
      // Every third word is lost, every other one comes twice.
      if ((i / 500) % 3 !== 0) written += await rollUp(siteId, 1 + (i % 2));
      clock.advance(2 * HOUR_MS);
    }
    await abortAllDurableObjects();
    object = env.ANALYTICS_OBJECT.getByName(siteId);
    await object.held();
    clock.advance(3 * DAY_MS);
    written += await rollUp(siteId, 2);
    const query = "from=2026-11-18&to=2026-11-25&metric=pageViews&groupBy=page";
    const { body } = await call("GET", `/v1/sites/${siteId}/analytics?${query}`, { headers });
    expect(body.data.totals.pageViews).toBe(10_000);
    expect(body.data.groups.map((it: { metrics: { pageViews: number } }) => it.metrics.pageViews)).toEqual(
      Array.from({ length: 50 }, () => 200),
    );
    expect(await object.held()).toEqual([]);
    expect(written).toBeGreaterThan(0);
    expect(written / 10_000).toBeLessThanOrEqual(0.05);
  });

  it("a site with few visitors is written once a day, not once an event", async () => {
    const object = env.ANALYTICS_OBJECT.getByName(siteId);
    let written = 0;
    for (let hour = 0; hour < 10; hour += 1) {
      await object.take(eventAt(clock.time, hour));
      written += await rollUp(siteId, 1);
      clock.advance(HOUR_MS);
    }
    expect(written).toBe(0);
    clock.advance(2 * DAY_MS);
    expect(await rollUp(siteId, 2)).toBeLessThanOrEqual(4);
    expect(await object.held()).toEqual([]);
  });

  it("a year is read in as many rows as it has days, whatever their traffic", async () => {
    const days = Array.from({ length: 400 }, (_, nth) => new Date(START - nth * DAY_MS).toISOString().slice(0, 10));
    const partsOf = (visitors: number) =>
      days.map((day) => {
        const writer = new PartWriter(day);
        for (let i = 0; i < visitors; i += 1) writer.add(visitsOf(`v${i}`, [eventAt(Date.parse(day) + i * 1_000, i)]));
        return { siteId, day, part: 0, eventCount: visitors, facts: writer.text() };
      });
    const query = `from=${days.at(-1)}&to=${days[0]}&metric=pageViews,visitors&groupBy=month`;
    const ask = () => measured("GET", `/v1/sites/${siteId}/analytics?${query}`, { headers });
    await writeParts(env, siteId, partsOf(1));
    await ask();
    const few = await ask();
    await writeParts(env, siteId, partsOf(60));
    const many = await ask();
    expect(few.body.data.totals.pageViews).toBe(400);
    expect(many.body.data.totals.pageViews).toBe(400 * 60);
    expect(many.cost.rowsRead).toBeLessThanOrEqual(few.cost.rowsRead);
    expect(many.cost.rowsRead).toBeLessThan(1_300);
    expect(many.cost.queries).toBeLessThan(40);
  });

  it("500 parallel events of one address hold its bucket, and another's is served", async () => {
    const body = JSON.stringify({ event: "pageview", url: "https://shop.example/", site_id: siteId });
    const track = (ip: string) =>
      call("POST", "/api/v1/pixel/track", {
        headers: { "CF-Connecting-IP": ip, "User-Agent": CHROME },
        body: JSON.parse(body),
      });
    const answers = await Promise.all([
      ...Array.from({ length: 500 }, () => track("198.51.100.1")),
      track("198.51.100.2"),
    ]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.at(-1)).toBe(200);
    expect(statuses.slice(0, 500).filter((it) => it === 200)).toHaveLength(300);
    expect(statuses.slice(0, 500).filter((it) => it === 429)).toHaveLength(200);
    const { body: shown } = await call("GET", `/v1/sites/${siteId}/analytics?metric=pageViews,visitors`, { headers });
    expect(shown.data.totals).toEqual({ pageViews: 301, visitors: 2 });
  });
});
