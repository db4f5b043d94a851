import { beforeEach, describe, expect, it } from "vitest";
import { makeSite, type TestSite } from "../support/client.ts";
import { call, TestClock } from "../support/fixtures.ts";

const clock = new TestClock();
let one: TestSite;
let two: string;

const post = (siteId: string | null, body: Record<string, unknown> = {}) =>
  call("POST", "/api/v1/posts", {
    headers: one.api.headers,
    body: { title: "We are open", site_id: siteId, ...body },
  });
const slugOf = async (siteId: string | null) => (await post(siteId)).body.data.slug;

beforeEach(async () => {
  one = await makeSite(clock);
  two = (await one.api.create("/sites", { name: "Second" })).id;
});

describe("a post's slug", () => {
  it("a post's slug is its site's: another site, and posts of none, may have the same", async () => {
    for (const site of [one.siteId, two, null]) {
      expect((await post(site, { slug: "open" })).status).toBe(201);
      const again = await post(site, { slug: "open" });
      expect([again.status, Object.keys(again.body.errors ?? {})]).toEqual([409, ["slug"]]);
    }
  });

  it("a post's slug is numbered within its site", async () => {
    expect([await slugOf(one.siteId), await slugOf(two), await slugOf(null)]).toEqual(Array(3).fill("we-are-open"));
    expect([await slugOf(one.siteId), await slugOf(null)]).toEqual(["we-are-open-2", "we-are-open-2"]);
  });

  it("a post's slug keeps it from moving to a site that has it", async () => {
    await post(one.siteId, { slug: "open" });
    const { id } = (await post(two, { slug: "open" })).body.data;
    const move = (siteId: string | null) =>
      call("PATCH", `/api/v1/posts/${id}`, { headers: one.api.headers, body: { site_id: siteId } });
    expect((await move(one.siteId)).status).toBe(409);
    expect((await move(null)).status).toBe(200);
  });
});
