import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { runScheduled } from "../../src/scheduled.ts";
import { call, TestClock } from "../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "../visitors/world.ts";
import { lookAt, madeBy, preview } from "./world.ts";

const clock = new TestClock();
const DAY = 86_400_000;
let site: VisitedSite;
let pageId: string;

beforeAll(async () => {
  site = await makeVisitedSite(clock);
  pageId = await site.page({ title: "Draft", slug: "draft", status: "draft" });
});

const make = (body?: object) => site.ask("POST", `/pages/${pageId}/preview`, body);

describe("making a preview", () => {
  it("answers 201 with the link, when it ends, and where it is listed", async () => {
    const { status, headers, body } = await make({ label: "For Ada" });
    expect(status).toBe(201);
    expect(headers.get("Location")).toBe(`/v1/sites/${site.id}/previews/${body.data.id}`);
    expect(body.data).toMatchObject({ siteId: site.id, pageId, label: "For Ada", status: "active", changes: null });
    expect(body.data.url).toMatch(/^https:\/\/api\.example\.com\/preview\/[\w-]{43}$/);
    expect(Date.parse(body.data.expiresAt) - clock.time).toBe(3_600_000);
  });

  it("ends when it is told to", async () => {
    const expiresAt = new Date(clock.time + 30 * DAY).toISOString();
    expect((await make({ expiresAt })).body.data.expiresAt).toBe(expiresAt);
    expect(Date.parse((await make({ expiresIn: 60 })).body.data.expiresAt) - clock.time).toBe(60_000);
  });

  it.each([
    [{ expiresIn: 59 }, "expiresIn"],
    [{ expiresIn: 30 * 86_400 + 1 }, "expiresIn"],
    [{ expiresIn: "3600" }, "expiresIn"],
    [{ expiresAt: new Date(0).toISOString() }, "expiresAt"],
    [{ expiresAt: "2026-12-24T12:00:00Z" }, "expiresAt"],
    [{ expiresAt: "tomorrow" }, "expiresAt"],
    [{ expiresIn: 60, expiresAt: "2026-11-21T12:00:00Z" }, "expiresAt"],
    [{ label: "" }, "label"],
    [{ url: "https://example.com" }, "url"],
  ])("refuses %j, naming %s", async (body, field) => {
    const answer = await make(body);
    expect(answer.status).toBe(400);
    expect(Object.keys(answer.body.error.details.fields)).toEqual([field]);
  });

  it("is one preview for one Idempotency-Key, with the same link again", async () => {
    const path = `/v1/sites/${site.id}/preview`;
    const headers = { ...site.headers, "Idempotency-Key": "a-preview" };
    const [first, again] = [await call("POST", path, { headers }), await call("POST", path, { headers })];
    expect(again.body.data).toEqual(first.body.data);
    expect((await madeBy(again).look()).status).toBe(200);
  });

  it("asks for pages:write, or for publish:write where all that a publish would show is shown", async () => {
    const writer = await site.workspace.key({ scopes: ["pages:write"] });
    const publisher = await site.workspace.key({ scopes: ["publish:write"] });
    const status = async (headers: Record<string, string>, path: string) =>
      (await call("POST", `/v1/sites/${site.id}${path}/preview`, { headers })).status;
    const ofPage = `/pages/${pageId}`;
    expect([await status(writer.headers, ofPage), await status(writer.headers, "")]).toEqual([201, 403]);
    expect([await status(publisher.headers, ofPage), await status(publisher.headers, "")]).toEqual([403, 201]);
    expect((await (await preview(site, undefined, undefined, publisher.headers)).look()).status).toBe(200);
  });

  it("keeps of the link a hash, and tells the link once", async () => {
    const made = await preview(site, pageId);
    const token = made.base.split("/").at(-1) as string;
    const { results } = await env.DB.prepare("SELECT * FROM previews WHERE id = ?").bind(made.id).all();
    expect(JSON.stringify(results)).not.toContain(token);
    const log = await env.DB.prepare("SELECT * FROM audit_log WHERE target_id = ?").bind(made.id).all();
    expect(log.results.map(({ action }) => action)).toEqual(["preview.created"]);
    expect(JSON.stringify(log.results)).not.toContain(token);
    const read = await site.ask("GET", `/previews/${made.id}`);
    expect([read.text, (await site.ask("GET", "/previews")).text].join()).not.toContain(token);
  });
});

describe("the previews of a site", () => {
  it("are listed with what has become of them, the newest first, and those of a page alone", async () => {
    const at = await makeVisitedSite(clock);
    const page = await at.page({ title: "Draft", slug: "draft", status: "draft" });
    const whole = await preview(at, undefined, { expiresIn: 60 });
    clock.advance(1_000);
    const ofPage = await preview(at, page);
    clock.advance(60_000);
    const list = (await at.ask("GET", "/previews")).body;
    expect(list.data.map((it: { id: string; status: string }) => [it.id, it.status])).toEqual([
      [ofPage.id, "active"],
      [whole.id, "expired"],
    ]);
    expect(list.pagination.total).toBe(2);
    const filtered = (await at.ask("GET", `/previews?pageId=${page}`)).body;
    expect([filtered.data.length, filtered.data[0].id, filtered.pagination.total]).toEqual([1, ofPage.id, 1]);
  });

  it("are gone a week after they have expired, and counted no more", async () => {
    const at = await makeVisitedSite(clock);
    const made = await preview(at);
    clock.advance(3_600_000 + 7 * DAY - 1_000);
    await runScheduled(env, clock.time);
    expect((await at.ask("GET", `/previews/${made.id}`)).status).toBe(200);
    clock.advance(1_000);
    await runScheduled(env, clock.time);
    expect((await at.ask("GET", `/previews/${made.id}`)).status).toBe(404);
    expect((await at.ask("GET", "/previews")).body.pagination.total).toBe(0);
  });

  it("answer 304 while nothing of what would change has changed", async () => {
    const made = await preview(site);
    const path = `/v1/sites/${site.id}/previews/${made.id}`;
    const first = await call("GET", path, { headers: site.headers });
    const known = { headers: { ...site.headers, "If-None-Match": first.headers.get("ETag") as string } };
    expect((await call("GET", path, known)).status).toBe(304);
    await site.page({ title: "One more", slug: "one-more" });
    expect((await call("GET", path, known)).status).toBe(200);
  });
});

describe("what publishing would change", () => {
  it("is told by the API, and by the overview the link begins with, each page a link within the preview", async () => {
    const at = await makeVisitedSite(clock);
    const changed = await at.page({ title: "Changed", slug: "changed" });
    const removed = await at.page({ title: "Removed", slug: "removed" });
    await at.page({ title: "Kept", slug: "kept" });
    await at.publish();
    const none = await preview(at);
    expect(none.data.changes.counts).toEqual({ added: 0, changed: 0, removed: 0 });
    expect(await (await none.look()).text()).toContain("The website is published as it is.");
    await at.change(changed, { title: "Changed <b>anew</b>" });
    await at.change(removed, { status: "draft" });
    await at.page({ title: "Neu", slug: "neu", locale: "de" });
    await at.post({ title: "News", slug: "news", content: "<p>x</p>" });
    await at.page({ title: "Not yet", slug: "not-yet", status: "draft" });
    const made = await preview(at);
    const { added, changed: others, removed: gone, counts } = made.data.changes;
    const titles = (list: { title: string }[]) => list.map(({ title }) => title);
    expect([titles(added), titles(others), titles(gone)]).toEqual([
      ["Neu", "News"],
      ["Changed <b>anew</b>"],
      ["Removed"],
    ]);
    expect(counts).toEqual({ added: 2, changed: 1, removed: 1 });
    expect((await at.ask("GET", `/previews/${none.id}`)).body.data.changes).toEqual(made.data.changes);
    const overview = await (await made.look()).text();
    for (const path of ["/de/neu", "/blog/news", "/changed", "/removed"]) {
      expect(overview).toContain(`<a href="${made.base}${path}"`);
      expect((await made.look(path)).status, path).toBe(path === "/removed" ? 410 : 200);
    }
    expect(overview).toContain("Changed &lt;b&gt;anew&lt;/b&gt;");
    expect(overview).not.toContain("Not yet");
  });

  it("is in the sandbox what would be published if it were live, at no address but the preview's", async () => {
    const { headers } = await site.workspace.key({ environment: "sandbox" });
    const sent = { headers, body: { name: "Only tried", slug: `tried-${site.slug}` } };
    const { id, slug } = (await call("POST", "/v1/sites", sent)).body.data;
    const body = { title: "Tried", slug: "home", status: "published" };
    await call("POST", `/v1/sites/${id}/pages`, { headers, body });
    const made = madeBy(await call("POST", `/v1/sites/${id}/preview`, { headers }));
    expect(made.data.changes.counts).toEqual({ added: 1, changed: 0, removed: 0 });
    expect(await (await made.look("/")).text()).toContain("<h1>Tried</h1>");
    expect((await lookAt(`/s/${slug}/`)).status).toBe(404);
    expect((await site.ask("GET", `/previews/${made.id}`)).status).toBe(404);
  });
});
