import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { runScheduled } from "../../../src/scheduled.ts";
import { count, makeSite } from "../../faults/world.ts";
import { call, START, TestClock } from "../../support/fixtures.ts";
import { expectTidy, liveNumber, mainOf, MINUTES, runAlarm } from "../../support/publishing.ts";
import { emptyStorage } from "../../support/storage.ts";
import { makeVisitedSite, type VisitedSite } from "../../visitors/world.ts";

const clock = new TestClock();
let site: VisitedSite;

beforeEach(async () => {
  await emptyStorage();
  clock.time = START;
  site = await makeVisitedSite(clock);
});

const inMinutes = (minutes: number) => new Date(clock.time + minutes * MINUTES).toISOString();
const plan = (slug: string, minutes: number): Promise<string> =>
  site.page({ title: `New ${slug}`, slug, status: "draft", publishAt: inMinutes(minutes) });
const statusOf = async (id: string) => (await site.ask("GET", `/pages/${id}`)).body.data.status;
const seen = (slugs: string[]) =>
  Promise.all(slugs.map(async (slug) => (await mainOf(site, `/${slug}`)).replace(/<[^>]*>/g, "").trim()));
const deploymentsOf = (siteId: string) => count("SELECT count(*) AS n FROM deployments WHERE site_id = ?", siteId);
const pass = async (minutes: number): Promise<void> => {
  clock.advance(minutes * MINUTES);
  await runAlarm(site);
};

describe("a page whose time has come", () => {
  it("a page of an unpublished website becomes published when its time has come, and nothing else happens", async () => {
    const draft = await plan("news", 10);
    await pass(10);
    expect([await statusOf(draft), await deploymentsOf(site.id)]).toEqual(["published", 0]);
    expect((await site.ask("GET", "")).body.data.status).toBe("draft");
  });

  it.each(["draft", "archived"])(
    "a page whose time has come does not bring back a website its owner has made %s",
    async (status) => {
      await site.page({ title: "Home", slug: "home" });
      await site.publish();
      const draft = await plan("news", 10);
      await site.ask("PATCH", "", { status });
      await pass(10);
      expect([await statusOf(draft), await deploymentsOf(site.id)]).toEqual(["published", 1]);
      expect(await seen(["", "news"])).toEqual(["404", "404"]);
    },
  );

  it("a page whose time has come does not bring back a website taken away before the cooldown ends", async () => {
    await site.page({ title: "Home", slug: "home" });
    await site.publish();
    await plan("news", 1);
    await pass(1);
    await site.ask("PATCH", "", { status: "draft" });
    await pass(4);
    const [last] = (await site.ask("GET", "/deployments?direction=desc")).body.data;
    expect(last).toMatchObject({ status: "cancelled" });
    expect((await site.ask("GET", "")).body.data.status).toBe("draft");
    expect(await seen(["", "news"])).toEqual(["404", "404"]);
    await expectTidy(clock, site.id);
  });

  it("a page of a sandbox becomes published there when its time has come, and nothing is shown", async () => {
    const sandbox = await makeSite(clock, "sandbox");
    const { headers } = sandbox.key;
    const body = { title: "Trial", publishAt: inMinutes(10) };
    const made = await call("POST", `${sandbox.path}/pages`, { headers, body });
    clock.advance(10 * MINUTES);
    await runScheduled(env, clock.time);
    const { data } = (await call("GET", `${sandbox.path}/pages/${made.body.data.id}`, { headers })).body;
    expect(data).toMatchObject({ status: "published", publishAt: null });
    expect(await deploymentsOf(sandbox.id)).toBe(0);
  });

  it("a page whose time has come joins what is live after a rollback: readers see the pages of then, as they were then, and the new one", async () => {
    const kept = await site.page({ title: "Kept", slug: "kept" });
    const moved = await site.page({ title: "Moved", slug: "before" });
    const removed = await site.page({ title: "Removed", slug: "removed" });
    await site.publish();
    await site.change(kept, { title: "Kept 2" });
    await site.change(moved, { slug: "after" });
    await site.change(removed, { status: "draft" });
    await site.page({ title: "Added", slug: "added" });
    await site.publish();
    const slugs = ["kept", "before", "after", "removed", "added", "news"];
    expect(await seen(slugs)).toEqual(["Kept 2", "301", "Moved", "410", "Added", "404"]);
    await site.ask("POST", "/rollback");
    await plan("news", 10);
    await pass(10);
    // Addresses that came and went with what was rolled back lead where their pages are.
    expect(await seen(slugs)).toEqual(["Kept", "Moved", "301", "Removed", "410", "New news"]);
    const { body } = await call("GET", `/api/pages?site=${site.id}`, { headers: site.headers });
    expect(body.items.map((it: { title: string }) => it.title)).toEqual(["Kept", "Moved", "Removed", "New news"]);
    expect((await site.ask("GET", "/deployments?direction=desc")).body.data[0]).toMatchObject({
      number: 3,
      pageCount: 4,
    });
    const events = "SELECT count(*) AS n FROM events WHERE site_id = ? AND type = 'page.published'";
    expect(await count(events, site.id)).toBe(3 + 3 + 1);
    await site.publish();
    expect(await seen(slugs)).toEqual(["Kept 2", "301", "Moved", "410", "Added", "New news"]);
    await expectTidy(clock, site.id);
  });

  it("a page whose time has come takes an address that another page has left, though that one's move is not published yet", async () => {
    const old = await site.page({ title: "Old", slug: "offer" });
    await site.publish();
    await site.change(old, { slug: "old-offer" });
    await plan("offer", 10);
    await pass(10);
    expect(await seen(["offer", "old-offer"])).toEqual(["New offer", "404"]);
    const path = `/api/pages?site=${site.id}&slug=offer`;
    expect((await call("GET", path, { headers: site.headers })).body.title).toBe("New offer");
    await site.publish();
    expect(await seen(["offer", "old-offer"])).toEqual(["New offer", "Old"]);
  });

  it("a page whose time has come is told to those who ask again about the publish it joins", async () => {
    await site.page({ title: "Home", slug: "home" });
    await site.publish();
    const ids = [await plan("one", 1), await plan("two", 2)];
    await pass(1);
    const [{ id }] = (await site.ask("GET", "/deployments?status=scheduled")).body.data;
    const path = `/v1/sites/${site.id}/deployments/${id}`;
    const etag = (await call("GET", path, { headers: site.headers })).headers.get("ETag") ?? "";
    const again = () => call("GET", path, { headers: { ...site.headers, "If-None-Match": etag } });
    expect((await again()).status).toBe(304);
    await pass(1);
    expect((await again()).body.data.onlyPages).toEqual(ids);
  });

  it("a page whose time has come keeps no other waiting when it cannot be published", async () => {
    await site.page({ title: "Home", slug: "home" });
    await site.publish();
    const queued = (await site.ask("POST", "/publish", { ifCooldown: "queue" })).body.data;
    const lost = await plan("lost", 1);
    await env.DB.prepare("UPDATE pages SET site_id = 'site_gone' WHERE id = ?").bind(lost).run();
    clock.advance(5 * MINUTES);
    await expect(runAlarm(site)).rejects.toThrow("Site not found");
    expect((await site.ask("GET", `/deployments/${queued.id}`)).body.data.status).toBe("live");
    expect(await liveNumber(site.id)).toBe(2);
    await env.DB.prepare("DELETE FROM pages WHERE id = ?").bind(lost).run();
  });
});
