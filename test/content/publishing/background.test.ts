import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { runScheduled } from "../../../src/scheduled.ts";
import { guarded } from "../../faults/bindings.ts";
import { callThrough, count, unwoken } from "../../faults/world.ts";
import { START, TestClock } from "../../support/fixtures.ts";
import {
  changePages,
  expectTidy,
  HOURS,
  insertPages,
  liveNumber,
  mainOf,
  MINUTES,
  runAlarm,
} from "../../support/publishing.ts";
import { makeVisitedSite, type VisitedSite } from "../../visitors/world.ts";

/** One more than are published while the caller waits. */
const PAGES = 101;
const clock = new TestClock();
let site: VisitedSite;
/** The first deployment, and the one that is being built. */
let first: string;
let building: string;

const deployment = async (id: string) => (await site.ask("GET", `/deployments/${id}`)).body.data;
const eventsOf = (type: string) =>
  count("SELECT count(*) AS n FROM events WHERE site_id = ? AND type = ?", site.id, type);
const begin = (body?: object) =>
  callThrough(unwoken(), "POST", `/v1/sites/${site.id}/publish`, { headers: site.headers, ...(body && { body }) });

beforeEach(async () => {
  clock.time = START;
  site = await makeVisitedSite(clock);
  await insertPages(site, 1, PAGES);
  await changePages(site, ["page-1"], "v0");
  first = (await begin()).body.data.id;
  await runAlarm(site);
  clock.advance(5 * MINUTES);
  await changePages(site, ["page-1"], "v1");
  building = (await begin()).body.data.id;
  expect(await deployment(building)).toMatchObject({ status: "building", progress: { rendered: 0, total: PAGES } });
});

describe("a publish in the background", () => {
  it("a publish in the background is carried out by the cron alone, should the scheduler not be woken", async () => {
    await runScheduled(env, clock.time);
    expect(await deployment(building)).toMatchObject({ status: "live", number: 2, progress: null, pageCount: PAGES });
    expect(await mainOf(site, "/page-1")).toContain("<h1>v1</h1>");
    expect([await eventsOf("site.published"), await eventsOf("page.published")]).toEqual([2, 2 * PAGES]);
  });

  it("a publish in the background wakes its scheduler, which wants no more when it is done", async () => {
    await site.ask("POST", `/deployments/${building}/cancel`);
    const asked: string[] = [];
    const bindings = guarded(async (binding, run) => {
      asked.push(binding);
      return binding === "SCHEDULER_OBJECT" ? (undefined as never) : run();
    });
    await callThrough(bindings, "POST", `/v1/sites/${site.id}/publish`, { headers: site.headers });
    expect(asked.filter((binding) => binding === "SCHEDULER_OBJECT")).toHaveLength(1);
    expect(await runAlarm(site)).toBe(false);
    expect(await liveNumber(site.id)).toBe(2);
  });

  it("a publish in the background takes along what is changed while it is under way", async () => {
    await site.page({ title: "Late", slug: "late" });
    await runAlarm(site);
    expect(await deployment(building)).toMatchObject({ status: "live", pageCount: PAGES + 1 });
    expect(await mainOf(site, "/late")).toContain("<h1>Late</h1>");
  });

  it("a publish in the background can be cancelled: nothing of it stays, and the cooldown is free", async () => {
    expect((await site.ask("POST", `/deployments/${building}/cancel`)).body.data.status).toBe("cancelled");
    await runAlarm(site);
    expect([await liveNumber(site.id), (await deployment(building)).status]).toEqual([1, "cancelled"]);
    expect(await mainOf(site, "/page-1")).toContain("<h1>v0</h1>");
    expect((await begin()).body.data.status).toBe("building");
  });

  it("a publish in the background is the only one of its site: a second is refused, or joins it", async () => {
    const second = await begin();
    expect([second.status, second.body.error.message]).toEqual([409, expect.stringContaining(building)]);
    const joined = await begin({ ifCooldown: "queue" });
    expect([joined.status, joined.body.data.id]).toEqual([202, building]);
    expect(await count("SELECT count(*) AS n FROM deployments WHERE site_id = ?", site.id)).toBe(2);
  });

  it("a publish in the background is called off by a rollback, which it would undo", async () => {
    await runAlarm(site);
    clock.advance(5 * MINUTES);
    await changePages(site, ["page-1"], "v2");
    const { id } = (await begin()).body.data;
    expect((await site.ask("POST", "/rollback")).body.data.id).toBe(first);
    await runAlarm(site);
    expect([await liveNumber(site.id), (await deployment(id)).status]).toEqual([1, "cancelled"]);
    expect(await mainOf(site, "/page-1")).toContain("<h1>v0</h1>");
    await expectTidy(clock, site.id);
  });

  it("a publish in the background that has not gone on for an hour has failed; the next one may begin at once and leaves nothing over", async () => {
    clock.advance(HOURS);
    const withoutBucket = { ...env, LOG_LEVEL: "silent", PUBLISHED: {} as R2Bucket };
    await runScheduled(withoutBucket, clock.time);
    expect((await deployment(building)).status).toBe("building");
    clock.advance(1);
    await runAlarm(site);
    expect([await liveNumber(site.id), (await deployment(building)).status]).toEqual([1, "failed"]);
    const again = (await begin()).body.data;
    await runAlarm(site);
    expect((await deployment(again.id)).status).toBe("live");
    await expectTidy(clock, site.id);
  });
});
