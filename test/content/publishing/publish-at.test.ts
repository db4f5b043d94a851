import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { runScheduled } from "../../../src/scheduled.ts";
import { count } from "../../faults/world.ts";
import { times } from "../../limits/engine.ts";
import { call, START, TestClock } from "../../support/fixtures.ts";
import { emptyStorage } from "../../support/storage.ts";
import { expectTidy, liveNumber, mainOf, MINUTES, runAlarm } from "../../support/publishing.ts";
import { makeVisitedSite, type VisitedSite } from "../../visitors/world.ts";

const clock = new TestClock();
let site: VisitedSite;
let home: string;
/** When the draft is to be published: after the cooldown. */
let due: number;
let draft: string;

const cron = () => runScheduled(env, clock.time);
const seen = (slugs: string[]) => Promise.all(slugs.map(async (slug) => (await mainOf(site, `/${slug}`)).trim()));
const page = async (id: string) => (await site.ask("GET", `/pages/${id}`)).body.data;
const newest = async () => (await site.ask("GET", "/deployments?direction=desc")).body.data[0];
const eventsOf = (type: string) =>
  count("SELECT count(*) AS n FROM events WHERE site_id = ? AND type = ?", site.id, type);
const plan = async (slug: string, at: number): Promise<string> =>
  site.page({ title: slug, slug, status: "draft", publishAt: new Date(at).toISOString() });

beforeEach(async () => {
  await emptyStorage();
  clock.time = START;
  site = await makeVisitedSite(clock);
  home = await site.page({ title: "Home", slug: "home" });
  await site.publish();
  await site.change(home, { title: "Edited" });
  due = clock.time + 10 * MINUTES;
  draft = await plan("news", due);
});

describe("a draft with a time", () => {
  it.each([
    ["the scheduler's alarm", () => runAlarm(site)],
    ["the cron", cron],
  ])("a draft with a time is live at that very time by %s, and it alone", async (_, run) => {
    const [updated, announced] = [await eventsOf("page.updated"), await eventsOf("page.published")];
    clock.time = due - 1;
    await run();
    expect(await page(draft)).toMatchObject({ status: "draft", publishAt: new Date(due).toISOString() });
    expect(await seen(["news"])).toEqual(["404"]);
    clock.time = due;
    await run();
    const now = new Date(due).toISOString();
    expect(await page(draft)).toMatchObject({ status: "published", publishAt: null, publishedAt: now, version: 2 });
    expect(await seen(["news", ""])).toEqual(["<h1>news</h1>", "<h1>Home</h1>"]);
    expect(await newest()).toMatchObject({
      status: "live",
      onlyPages: [draft],
      pageCount: 2,
      changes: { added: [{ id: draft }], changed: [], removed: [] },
    });
    const more = [await eventsOf("page.updated"), await eventsOf("page.published"), await eventsOf("site.published")];
    expect(more).toEqual([updated + 1, announced + 1, 2]);
    await expectTidy(clock, site.id);
  });

  it("a draft with a time takes nothing else of the website with it: name, settings and tokens stay as published", async () => {
    const of = (path: string) => call("GET", `/api${path}?site=${site.id}`, { headers: site.headers });
    const before = (await of("/settings")).body;
    const changed = { name: "Unpublished", settings: { phone: "222" }, designTokens: { colorPrimary: "#f00" } };
    await call("PATCH", `/v1/sites/${site.id}`, {
      headers: site.headers,
      body: { ...changed, locales: ["en", "de", "fr"] },
    });
    await site.change(draft, { locale: "fr" });
    clock.time = due;
    await cron();
    expect(await seen(["fr/news"])).toEqual(["<h1>news</h1>"]);
    // Its language comes with it: it would have no address without.
    expect((await of("/settings")).body).toEqual({ ...before, locales: ["en", "de", "fr"] });
    expect(await (await site.visitAfresh("/")).text()).not.toContain("Unpublished");
    await site.publish();
    expect((await of("/settings")).body).toMatchObject(changed);
  });

  it("a draft with a time is published once, however often and at once it is looked for", async () => {
    clock.time = due;
    await Promise.all([...(await times(3, async () => cron())), runAlarm(site), cron(), cron()]);
    await cron();
    expect(await liveNumber(site.id)).toBe(2);
    const events = [await eventsOf("page.published"), await eventsOf("site.published")];
    expect([(await page(draft)).version, ...events]).toEqual([2, 2, 2]);
    await expectTidy(clock, site.id);
  });

  it("a draft with a time is published at once and live when the cooldown ends", async () => {
    clock.time = due - 2 * MINUTES;
    await site.ask("POST", "/publish");
    clock.time = due;
    await runAlarm(site);
    expect((await page(draft)).status).toBe("published");
    const scheduledAt = new Date(due + 3 * MINUTES).toISOString();
    expect(await newest()).toMatchObject({ status: "scheduled", onlyPages: [draft], scheduledAt });
    clock.time = due + 3 * MINUTES - 1;
    await runAlarm(site);
    expect(await seen(["news"])).toEqual(["404"]);
    clock.advance(1);
    expect(await runAlarm(site)).toBe(false);
    expect(await seen(["news"])).toEqual(["<h1>news</h1>"]);
    expect((await site.ask("POST", "/publish")).headers.get("Retry-After")).toBe("300");
  });

  it("a draft with a time joins a publish of the whole website that is queued, and is joined by one", async () => {
    clock.time = due - 2 * MINUTES;
    await site.ask("POST", "/publish");
    await site.change(home, { title: "Again" });
    const { id } = (await site.ask("POST", "/publish", { ifCooldown: "queue" })).body.data;
    clock.time = due;
    await cron();
    expect((await site.ask("GET", `/deployments/${id}`)).body.data).toMatchObject({
      status: "scheduled",
      onlyPages: null,
    });
    expect(await count("SELECT count(*) AS n FROM deployments WHERE site_id = ?", site.id)).toBe(3);
    const second = await plan("second", due + 3 * MINUTES + 1);
    clock.time = due + 3 * MINUTES;
    await cron();
    expect(await seen(["news", ""])).toEqual(["<h1>news</h1>", "<h1>Again</h1>"]);
    clock.advance(1);
    await cron();
    const partial = await newest();
    expect(partial).toMatchObject({ status: "scheduled", onlyPages: [second] });
    await site.change(home, { title: "At last" });
    const joined = (await site.ask("POST", "/publish", { ifCooldown: "queue" })).body.data;
    expect(joined).toMatchObject({ id: partial.id, onlyPages: null });
    clock.advance(5 * MINUTES);
    await cron();
    expect(await seen(["second", ""])).toEqual(["<h1>second</h1>", "<h1>At last</h1>"]);
  });

  it("a draft with a time is live with others of the same time, in one deployment, and with those that come during the cooldown", async () => {
    const also = await plan("also", due);
    clock.time = due;
    await cron();
    expect(new Set((await newest()).onlyPages)).toEqual(new Set([draft, also]));
    const third = await plan("third", due + MINUTES);
    const fourth = await plan("fourth", due + 2 * MINUTES);
    for (let minute = 1; minute <= 5; minute += 1) {
      clock.time = due + minute * MINUTES;
      await cron();
    }
    expect((await newest()).onlyPages).toEqual([third, fourth]);
    expect(await liveNumber(site.id)).toBe(3);
    const slugs = ["news", "also", "third", "fourth"];
    expect(await seen(slugs)).toEqual(slugs.map((slug) => `<h1>${slug}</h1>`));
  });

  it("a draft with a time stays a draft when it is planned anew, called off or deleted in time", async () => {
    const called = await plan("called-off", due);
    const deleted = await plan("deleted", due);
    await site.change(draft, { publishAt: new Date(due + MINUTES).toISOString() });
    await site.change(called, { publishAt: null });
    await site.ask("DELETE", `/pages/${deleted}`);
    clock.time = due;
    await runAlarm(site);
    expect(await liveNumber(site.id)).toBe(1);
    expect([(await page(draft)).status, (await page(called)).status]).toEqual(["draft", "draft"]);
    clock.advance(MINUTES);
    await runAlarm(site);
    expect(await seen(["news", "called-off", "deleted"])).toEqual(["<h1>news</h1>", "404", "404"]);
  });
});
