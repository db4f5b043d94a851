import { beforeEach, describe, expect, it } from "vitest";
import { call, TestClock } from "../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "../visitors/world.ts";

const clock = new TestClock();
const LONG_AGO = "1998-03-01T08:30:00.000Z";
let site: VisitedSite;

const page = (body: Record<string, unknown>) => site.ask("POST", "/pages", { title: "Page", ...body });
const post = (body: Record<string, unknown>, id?: number) =>
  call(id ? "PATCH" : "POST", `/api/v1/posts${id ? `/${id}` : ""}`, {
    headers: site.headers,
    body: id ? body : { title: "Post", site_id: site.id, ...body },
  });

beforeEach(async () => {
  site = await makeVisitedSite(clock);
});

describe("when a page was published", () => {
  it("when a page was published can be told, at first and later, and stays", async () => {
    const made = (await page({ status: "published", publishedAt: "1998-03-01T09:30:00+01:00" })).body.data;
    expect(made.publishedAt).toBe(LONG_AGO);
    const path = `/pages/${made.id}`;
    expect((await site.ask("PATCH", path, { title: "Changed" })).body.data.publishedAt).toBe(LONG_AGO);
    expect((await site.ask("PUT", path, { title: "Replaced" })).body.data.publishedAt).toBe(LONG_AGO);
    const later = (await site.ask("PATCH", path, { publishedAt: "2001-01-01T00:00:00Z" })).body.data;
    expect(later.publishedAt).toBe("2001-01-01T00:00:00.000Z");
    const draft = (await page({ publishedAt: LONG_AGO })).body.data;
    expect((await site.ask("PATCH", `/pages/${draft.id}`, { status: "published" })).body.data.publishedAt).toBe(
      LONG_AGO,
    );
  });

  it("when a page was published is never ahead, and nothing until it is", async () => {
    const soon = new Date(clock.time + 1).toISOString();
    for (const answer of [
      await page({ publishedAt: soon }),
      await page({ status: "published", publishedAt: "soon" }),
    ]) {
      expect([answer.status, Object.keys(answer.body.error.details.fields)]).toEqual([400, ["publishedAt"]]);
    }
    expect((await page({ publishedAt: null })).body.data.publishedAt).toBeNull();
    const now = (await page({ status: "published", publishedAt: null })).body.data;
    expect(now.publishedAt).toBe(new Date(clock.time).toISOString());
  });
});

describe("when a post was published", () => {
  it("when a post was published can be told, and orders the blog and its feeds", async () => {
    const old = (await post({ slug: "old", status: "published", published_at: LONG_AGO })).body.data;
    expect(old.published_at).toBe("1998-03-01T08:30:00Z");
    await post({ slug: "new", status: "published" });
    expect((await post({ title: "Old" }, old.id)).body.data.published_at).toBe("1998-03-01T08:30:00Z");
    await site.page({ title: "Home", slug: "home" });
    await site.publish();
    const { items } = JSON.parse(await (await site.visit("/feed.json")).text());
    expect(items.map((it: { title: string; date_published: string }) => [it.title, it.date_published])).toEqual([
      ["Post", expect.stringMatching(/^2026/)],
      ["Old", LONG_AGO],
    ]);
    const ahead = await post({ published_at: new Date(clock.time + 1_000).toISOString() }, old.id);
    expect([ahead.status, Object.keys(ahead.body.errors)]).toEqual([422, ["published_at"]]);
  });
});
