import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { allEvents } from "../../src/core/events/catalogue.ts";
import { purgeEvents } from "../../src/platform/events/service.ts";
import { Client } from "../support/client.ts";
import { call, makeWorkspace, TestClock } from "../support/fixtures.ts";

const clock = new TestClock();
const DAY = 24 * 3_600_000;
let api: Client;

beforeEach(async () => {
  const workspace = await makeWorkspace(clock);
  api = new Client(clock, (await workspace.key()).headers, "/api/v1");
});

const post = async (title: string): Promise<number> => (await api.create("/posts", { title })).id;
const feed = async (query: string) => {
  const { status, body, text } = await api.get(`/events?${query}`);
  expect(status, text).toBe(200);
  return { titles: body.data.map((event: { data: { title: string } }) => event.data.title), ...body.meta };
};

describe("the cursor of the event feed", () => {
  it("the cursor of the event feed moves with the feed, however rare the type that is asked for", async () => {
    await post("First");
    const start = await feed("type=post.deleted");
    expect(start).toMatchObject({ titles: [], has_more: false, next_after: expect.stringMatching(/^evt_/) });
    let after = start.next_after;
    for (let day = 0; day < 40; day += 10) {
      clock.advance(10 * DAY);
      await post(`Day ${day}`);
      after = (await feed(`type=post.deleted&after=${after}`)).next_after;
    }
    await api.delete(`/posts/${await post("Short-lived")}`);
    const last = await feed(`type=post.deleted&after=${after}`);
    expect(last.titles).toEqual(["Short-lived"]);
    expect(await feed(`type=post.deleted&after=${last.next_after}`)).toEqual({ ...last, titles: [] });
  });

  it("the cursor of the event feed stands at the last event shown while there are more", async () => {
    for (const title of ["One", "Two", "Three"]) await post(title);
    const first = await feed("type=post.created&limit=2");
    expect(first).toMatchObject({ titles: ["One", "Two"], has_more: true });
    expect((await feed(`type=post.created&after=${first.next_after}`)).titles).toEqual(["Three"]);
  });

  it.each([true, false])(
    "the cursor of the event feed is expired once older than 30 days (purged: %s)",
    async (purge) => {
      await post("Old");
      const { next_after: old } = await feed("");
      clock.advance(31 * DAY);
      const empty = await api.get(`/events?after=${old}`);
      expect(empty.body).toMatchObject({ error: "cursor_expired", oldest_event: null });
      await post("New");
      if (purge) await purgeEvents(env, clock.time);
      const refused = await api.get(`/events?after=${old}`);
      const oldest = (await api.get("/events")).body.data[0].id;
      expect([refused.status, refused.body]).toEqual([
        410,
        expect.objectContaining({ error: "cursor_expired", oldest_event: oldest }),
      ]);
      expect((await feed("")).titles).toEqual(["New"]);
    },
  );

  it("the cursor of the event feed is refused as unknown when it names no event of these 30 days", async () => {
    await post("Known");
    const { next_after: id } = await feed("");
    for (const after of [
      `${id.slice(0, -4)}ABCD`,
      "evt_7ZZZZZZZZZ0000000000000000",
      "evt_UUUUUUUUUU0000000000000000",
    ]) {
      const refused = await api.get(`/events?after=${after}`);
      expect([refused.status, refused.body.error]).toEqual([422, "validation_failed"]);
    }
  });
});

describe("an event by its id", () => {
  it("an event by its id is what the feed shows, for thirty days", async () => {
    await post("Told");
    const [shown] = (await api.get("/events?type=post.created")).body.data;
    const one = await api.get(`/events/${shown.id}`);
    expect([one.status, one.body]).toEqual([200, { data: shown }]);
    clock.advance(30 * DAY);
    expect((await api.get(`/events/${shown.id}`)).status).toBe(404);
  });

  it("an event by its id is shown to keys of its site, workspace and environment alone", async () => {
    const workspace = await makeWorkspace(clock);
    const owner = new Client(clock, (await workspace.key({ scopes: ["*"] })).headers, "/api/v1");
    const of = async (settings: object) => new Client(clock, (await workspace.key(settings)).headers, "/api/v1");
    const sites = [];
    for (const name of ["Bakery", "Café"]) {
      const made = await call("POST", "/v1/sites", { headers: owner.headers, body: { name } });
      sites.push(made.body.data.id as string);
      await owner.create("/posts", { title: name, site_id: made.body.data.id });
    }
    const [own, other] = (await owner.get("/events?type=post.created")).body.data;
    const ofSite = await of({ scopes: ["webhooks:read", "posts:read"], siteIds: [sites[0] as string] });
    const statuses = async (by: Client) =>
      Promise.all([own, other].map(async ({ id }) => (await by.get(`/events/${id}`)).status));
    expect(await statuses(owner)).toEqual([200, 200]);
    expect(await statuses(ofSite)).toEqual([200, 404]);
    expect(await statuses(await of({ scopes: ["webhooks:read"] }))).toEqual([403, 403]);
    const { id } = await workspace.key({ scopes: ["webhooks:read"] });
    const call403 = { method: "GET", path: `/api/v1/events/${own.id}` };
    expect((await owner.post(`/api-keys/${id}/simulate`, call403)).body.data).toMatchObject({ status: 403 });
    expect(await statuses(await of({ environment: "sandbox" }))).toEqual([404, 404]);
    expect(await statuses(api)).toEqual([404, 404]);
  });
});

/** Resources with what creates and what changes them, and the event of the change. */
const CHANGED = [
  { event: "post.updated", base: "/api/v1/posts", made: { title: "Hello" }, change: { status: "published" } },
  { event: "api_key.updated", base: "/api/v1/api-keys", made: { name: "CI", scopes: ["*"] }, change: { name: "CD" } },
  { event: "site.updated", base: "/v1/sites", made: { name: "Bakery" }, change: { name: "Blue Door" } },
  { event: "page.updated", base: "pages", made: { title: "About" }, change: { title: "About us" } },
];

describe("the events of a resource", () => {
  it("the events of a resource that can change carry its version", () => {
    const samples = allEvents().map(({ type, sample }) => ({ type, data: sample as Record<string, unknown> }));
    const changing = samples.filter(({ data }) => "updated_at" in data || "updatedAt" in data);
    expect(changing.length).toBeGreaterThan(15);
    expect(changing.filter(({ data }) => !Number.isInteger(data.version)).map(({ type }) => type)).toEqual([]);
  });

  it.each(CHANGED)("the events of a resource can be put in order: $event within one millisecond", async (it) => {
    const { headers } = api;
    const site = await call("POST", "/v1/sites", { headers, body: { name: "Bakery" } });
    const base = it.base.startsWith("/") ? it.base : `/v1/sites/${site.body.data.id}/${it.base}`;
    const made = await call("POST", base, { headers, body: it.made });
    expect(made.status, made.text).toBe(201);
    const { id, updatedAt } = made.body.data;
    for (const body of [it.change, it.made, it.change]) {
      const changed = await call("PATCH", `${base}/${id}`, { headers, body });
      expect(changed.status, changed.text).toBe(200);
    }
    const events = (await api.get(`/events?type=${it.event}`)).body.data.map(({ data }: { data: object }) => data);
    expect(events.map(({ version }: { version: number }) => version)).toEqual([2, 3, 4]);
    // The Platform API shows whole seconds.
    if (updatedAt === undefined) return;
    const moments = [updatedAt, ...events.map((data: { updatedAt: string }) => data.updatedAt)];
    expect(moments).toEqual([...new Set(moments)].sort());
  });

  it("the events of a resource can be put in order: pages that move up when the one above is deleted", async () => {
    const { headers } = api;
    const site = `/v1/sites/${(await call("POST", "/v1/sites", { headers, body: { name: "Bakery" } })).body.data.id}`;
    const page = async (body: object) => (await call("POST", `${site}/pages`, { headers, body })).body.data;
    const above = await page({ title: "Above" });
    const below = await page({ title: "Below", parentId: above.id });
    await call("DELETE", `${site}/pages/${above.id}`, { headers });
    const [{ data }] = (await api.get("/events?type=page.updated")).body.data;
    expect([data.id, data.version, data.updatedAt > below.updatedAt]).toEqual([below.id, 2, true]);
    expect((await call("GET", `${site}/pages/${below.id}`, { headers })).body.data.updatedAt).toBe(data.updatedAt);
  });
});
