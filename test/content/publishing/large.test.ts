import { beforeAll, describe, expect, it } from "vitest";
import { callThrough, unwoken } from "../../faults/world.ts";
import { call, TestClock } from "../../support/fixtures.ts";
import {
  insertPages,
  liveNumber,
  mainOf,
  measuredPublish,
  MINUTES,
  objectsOf,
  runAlarm,
} from "../../support/publishing.ts";
import { makeVisitedSite, type VisitedSite } from "../../visitors/world.ts";

const MANY = 5_000;
const STEP = 250;
/** What a small site may cost less: nodes of indexes are split now and then. */
const TOLERANCE = 5;
const clock = new TestClock();

/** A website of which so many of its pages are published. */
async function makePublished(pages: number): Promise<VisitedSite> {
  const site = await makeVisitedSite(clock);
  await site.page({ title: "Home", slug: "home" });
  await insertPages(site, 2, pages);
  await site.publish();
  clock.advance(6 * MINUTES);
  return site;
}

const total = async (large: VisitedSite): Promise<number> => {
  clock.advance(2_000);
  const { body } = await call("GET", `/api/pages?site=${large.id}&per_page=1`, { headers: large.headers });
  return body.total;
};

describe(`a site of ${MANY} pages`, () => {
  it(`a site of ${MANY} pages is published in the background, step by step, and readers see all of it at once`, async () => {
    const large = await makePublished(3);
    await insertPages(large, 4, MANY);
    const deployment = async () => (await large.ask("GET", `/deployments/${started}`)).body.data;
    const init = { headers: large.headers };
    const { status, body } = await callThrough(unwoken(), "POST", `/v1/sites/${large.id}/publish`, init);
    const started = body.data.id;
    const isNew = MANY - 3;
    expect([status, body.data.status, body.data.progress]).toEqual([202, "building", { rendered: 0, total: isNew }]);
    for (let rendered = STEP; rendered < isNew; rendered += STEP) {
      expect(await runAlarm(large)).toBe(true);
      expect((await deployment()).progress).toEqual({ rendered, total: isNew });
      expect(await liveNumber(large.id)).toBe(1);
    }
    expect([await total(large), await mainOf(large, `/page-${MANY}`)]).toEqual([3, "404"]);
    expect(await runAlarm(large)).toBe(false);
    expect(await total(large)).toBe(MANY);
    expect(await mainOf(large, `/page-${MANY}`)).toContain(`<h1>Page ${MANY}</h1>`);
    expect(await mainOf(large, "/page-4")).toContain("<h1>Page 4</h1>");
    expect((await objectsOf(large.id)).length).toBe(MANY);
    // Its lists have at most 500 changes, with their exact counts.
    const { status: now, pageCount, changes } = await deployment();
    expect([now, pageCount]).toEqual(["live", MANY]);
    expect(changes.counts).toEqual({ added: MANY - 3, changed: 0, removed: 0 });
    expect([changes.added.length, changes.added[0].title, changes.added[499].title]).toEqual([
      500,
      "Page 4",
      "Page 503",
    ]);
  });
});

describe(`a published site of ${MANY} pages`, () => {
  let large: VisitedSite;
  let small: VisitedSite;
  beforeAll(async () => {
    small = await makePublished(3);
    large = await makePublished(MANY);
    while (await runAlarm(large));
  });

  it(`a published site of ${MANY} pages is published again at the cost of what changed, as a small one is`, async () => {
    const costs = [];
    for (const site of [large, small]) {
      const pages = (await site.ask("GET", "/pages?slug=page-2")).body.data;
      await site.change(pages[0].id, { title: "Changed" });
      clock.advance(6 * MINUTES);
      const { answer, cost } = await measuredPublish(site);
      expect([answer.status, answer.body.data.status]).toEqual([200, "live"]);
      expect(answer.body.data.changes.counts).toEqual({ added: 0, changed: 1, removed: 0 });
      expect(cost.puts).toBe(1);
      costs.push(cost);
    }
    const [many, few] = costs as [(typeof costs)[number], (typeof costs)[number]];
    expect(many.written - few.written).toBeLessThanOrEqual(TOLERANCE);
    // Every page is looked at a few times, and none is compared with all others.
    expect(many.read).toBeLessThan(25 * MANY);
    expect(await mainOf(large, "/page-2")).toContain("<h1>Changed</h1>");
  });

  it(`a published site of ${MANY} pages writes no document for a new label of its navigation, which every page shows`, async () => {
    const [home] = (await large.ask("GET", "/pages?slug=home")).body.data;
    await large.change(home.id, { navigation: { label: "Start here" } });
    clock.advance(6 * MINUTES);
    const { answer, cost } = await measuredPublish(large);
    expect([answer.status, cost.puts]).toEqual([200, 0]);
    expect(cost.written).toBeLessThan(60);
    expect(await (await large.visitAfresh(`/page-${MANY}`)).text()).toContain(">Start here</a>");
  });
});
