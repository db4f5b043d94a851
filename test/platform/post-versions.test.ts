import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { addUser } from "../../src/platform/users/service.ts";
import { Client, makeSite, type TestSite } from "../support/client.ts";
import { TestClock } from "../support/fixtures.ts";

const clock = new TestClock();
let at: TestSite;
let api: Client;

beforeEach(async () => {
  at = await makeSite(clock);
  api = new Client(clock, at.api.headers, "/api/v1");
});

const post = (title: string, more: object = {}) =>
  api.create("/posts", { title, content: "<p>Hello world</p>", ...more });

describe("a post's versions", () => {
  it("a lost update of a post is undone, and its versions tell who changed what", async () => {
    const made = await post("First", { tags: ["news"], site_id: at.siteId });
    const path = `/posts/${made.id}`;
    const mine = (await api.patch(path, { content: "<p>Written for hours</p>", status: "published" })).body.data;
    await api.patch(path, { content: "", title: "Overwritten", site_id: null });
    const { body } = await api.get(`${path}/versions`);
    expect(body.data.map((it: Record<string, unknown>) => [it.version, it.changed_fields])).toEqual([
      [2, ["content", "status", "published_at"]],
      [1, []],
    ]);
    expect(body.data[0].changed_by).toMatchObject({ type: "key", name: "Test key" });
    expect(body.meta.total).toBe(2);
    expect((await api.get(`${path}/versions/2`)).body.data.post).toEqual(mine);
    const restored = await api.post(`${path}/versions/2/restore`);
    expect(restored.body.data).toEqual({ ...mine, version: 4, updated_at: restored.body.data.updated_at });
    const compared = (await api.get(`${path}/versions/compare?from=3`)).body.data;
    expect(compared).toMatchObject({ from: 3, to: 4, changed_fields: ["title", "content", "site_id"] });
  });

  it("of 60 changes of a post the last 50 versions are kept, and the list is paged, sorted and picked like any other", async () => {
    const { id } = await post("0");
    for (let i = 1; i <= 60; i += 1) await api.patch(`/posts/${id}`, { title: `${i}` });
    const first = (await api.get(`/posts/${id}/versions?per_page=20&sort=version&fields=version`)).body;
    expect(first.meta).toMatchObject({ total: 50, last_page: 3 });
    expect(first.data[0]).toEqual({ version: 11 });
    const last = (await api.get(`/posts/${id}/versions?per_page=20&page=3`)).body.data;
    expect(last.map(({ version }: { version: number }) => version)).toEqual(
      Array.from({ length: 10 }, (_, i) => 20 - i),
    );
  });

  it("an author who is no member any more is left out, and If-Match is respected", async () => {
    const ctx = at.workspace.context();
    const author = addUser({ ctx, input: { name: "Ada", email: "ada@example.com", role: "member" } });
    await ctx.unit.commit();
    const { id } = await post("By Ada", { author_id: author.id });
    await api.patch(`/posts/${id}`, { author_id: null });
    const back = await api.post(`/posts/${id}/versions/1/restore`);
    expect(back.body.data.author_id).toBe(author.id);
    await env.DB.prepare("DELETE FROM users WHERE id = ?").bind(author.id).run();
    const without = await api.post(`/posts/${id}/versions/1/restore`);
    expect([without.status, without.body.data.author_id]).toEqual([200, null]);
    const stale = await api.send("POST", `/posts/${id}/versions/1/restore`, { headers: { "If-Match": '"v1"' } });
    expect(stale.status).toBe(412);
  });
});

describe("the trash of posts", () => {
  it("a deleted post comes back under its id with its versions; a slug that is taken can be told anew", async () => {
    const made = await post("Hello");
    const before = (await api.patch(`/posts/${made.id}`, { title: "Hello again" })).body.data;
    await api.delete(`/posts/${made.id}`);
    const other = await post("Later");
    await api.delete(`/posts/${other.id}`);
    const listed = (await api.get("/trash?search=HELLO")).body;
    expect(listed.data.map(({ id, type, title }: Record<string, unknown>) => [id, type, title])).toEqual([
      [made.id, "post", "Hello again"],
    ]);
    expect((await api.get("/trash?type=post")).body.data.map(({ id }: { id: number }) => id)).toEqual([
      other.id,
      made.id,
    ]);
    expect((await api.get(`/trash/${made.id}`)).body.data.post).toEqual(before);
    await post("Hello", { slug: "hello" });
    const taken = await api.post(`/trash/${made.id}/restore`);
    expect([taken.status, Object.keys(taken.body.errors)]).toEqual([409, ["slug"]]);
    const back = await api.post(`/trash/${made.id}/restore`, { slug: "hello-2" });
    expect(back.body.data).toMatchObject({ id: made.id, title: "Hello again", slug: "hello-2", version: 3 });
    expect((await api.get(`/posts/${made.id}/versions`)).body.meta.total).toBe(2);
    expect((await api.post(`/trash/${made.id}/restore`)).status).toBe(404);
  });

  it("posts are deleted for good one by one and all at once, by keys that may delete", async () => {
    const ids: number[] = [];
    for (const title of ["A", "B", "C"]) ids.push((await post(title)).id);
    for (const id of ids) await api.delete(`/posts/${id}`);
    const writer = new Client(
      clock,
      (await at.workspace.key({ scopes: ["posts:write", "posts:read"] })).headers,
      "/api/v1",
    );
    expect((await writer.delete(`/trash/${ids[0]}`)).status).toBe(403);
    expect((await writer.delete("/trash")).status).toBe(403);
    expect((await api.delete(`/trash/${ids[0]}`)).status).toBe(204);
    expect((await api.delete("/trash")).body.data).toEqual({ purged: 2, remaining: 0 });
    expect((await api.get("/trash")).body.meta.total).toBe(0);
    const left = await env.DB.prepare("SELECT count(*) AS n FROM versions WHERE workspace_id = ?")
      .bind(at.workspace.id)
      .first();
    expect(left).toEqual({ n: 0 });
  });

  it("a key limited to sites sees what was deleted of those sites alone", async () => {
    const inSite = await post("In the site", { site_id: at.siteId });
    const outside = await post("Of no site");
    for (const { id } of [inSite, outside]) await api.delete(`/posts/${id}`);
    const limited = new Client(clock, (await at.workspace.key({ siteIds: [at.siteId] })).headers, "/api/v1");
    expect((await limited.get("/trash")).body.data.map(({ id }: { id: number }) => id)).toEqual([inSite.id]);
    expect((await limited.post(`/trash/${outside.id}/restore`)).status).toBe(404);
    expect((await limited.delete("/trash")).body.data).toEqual({ purged: 1, remaining: 0 });
    expect((await api.get("/trash")).body.data.map(({ id }: { id: number }) => id)).toEqual([outside.id]);
  });
});
