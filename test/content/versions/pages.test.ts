import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { eventsOf, makeSite, type TestSite } from "../../support/client.ts";
import { measured } from "../../support/counting.ts";
import { TestClock } from "../../support/fixtures.ts";

const clock = new TestClock();
let at: TestSite;

beforeAll(async () => {
  at = await makeSite(clock);
});

const HERO = (title: string) => ({ type: "HeroSection", props: { title } });

async function changed(times: number, body: object = { title: "0" }) {
  const page = await at.site.create("/pages", body);
  for (let i = 1; i <= times; i += 1)
    expect((await at.site.patch(`/pages/${page.id}`, { title: `${i}` })).status).toBe(200);
  return `/pages/${page.id}`;
}

const versionsOf = async (path: string, query = "") => {
  const { body } = await at.site.get(`${path}/versions?limit=100${query}`);
  return body.data.map(({ version }: { version: number }) => version);
};

describe("a page's versions", () => {
  it("a page's versions tell which key made each, when, and what it changed", async () => {
    const path = await changed(2);
    const { body } = await at.site.get(`${path}/versions`);
    expect(body.data.map(({ version, changedFields }: Record<string, unknown>) => [version, changedFields])).toEqual([
      [2, ["title"]],
      [1, []],
    ]);
    const [second, first] = body.data;
    const { body: me } = await at.api.get("/me");
    expect(second.changedBy).toMatchObject({ type: "key", name: "Test key" });
    expect(second.changedBy.prefix).toBe(at.api.headers["X-Api-Key"]?.slice(0, second.changedBy.prefix.length));
    expect(me.data).toBeDefined();
    expect(second.changedAt).toBe(first.replacedAt);
    expect(second.size).toBeGreaterThan(100);
    const last = (await at.site.get(`${path}/versions/compare`)).body.data;
    expect([last.from, last.to, last.changedFields]).toEqual([2, 3, ["title"]]);
    const none = (await at.site.get(`${path}/versions/compare?to=1`)).body.data;
    expect([none.from, none.to, none.changes]).toEqual([1, 1, []]);
    const current = (await at.site.get(`${path}/versions/current`)).body.data;
    expect(current).toMatchObject({ version: 3, replacedAt: null, changedFields: ["title"] });
    expect(current.page).toEqual((await at.site.get(path)).body.data);
  });

  it("a page's version is the whole page as its GET showed it", async () => {
    const page = await at.site.create("/pages", {
      title: 'Über „uns“ \\ "',
      slug: "about-us",
      blocks: [
        HERO("Hello"),
        { type: "RichText", props: { html: "<p>a\nb \u0001</p>", n: 1.5, deep: [null, true, {}] } },
      ],
      seo: { title: "About", noIndex: true },
      publishAt: "2027-01-01T00:00:00Z",
    });
    await at.site.put(`/pages/${page.id}`, { title: "Nothing left" });
    const kept = await at.site.get(`/pages/${page.id}/versions/1`);
    expect(kept.body.data.page).toEqual(page);
    const again = await at.site.get(`/pages/${page.id}/versions/1`, {
      "If-None-Match": kept.headers.get("ETag") ?? "",
    });
    expect(again.status).toBe(304);
  });

  it("of 60 changes the last 50 versions are kept, in pages like any list", async () => {
    const path = await changed(60);
    const kept = await versionsOf(path);
    expect(kept).toEqual(Array.from({ length: 50 }, (_, i) => 60 - i));
    expect(await versionsOf(path, "&direction=asc")).toEqual([...kept].reverse());
    const paged: number[] = [];
    let cursor = "";
    do {
      const { body } = await at.site.get(`${path}/versions?limit=20${cursor && `&cursor=${cursor}`}`);
      expect(body.pagination.total).toBe(50);
      paged.push(...body.data.map(({ version }: { version: number }) => version));
      cursor = body.pagination.nextCursor ?? "";
    } while (cursor);
    expect(paged).toEqual(kept);
    expect((await at.site.get(`${path}/versions/10`)).status).toBe(404);
    expect((await at.site.get(`${path}/versions/11`)).body.data.page.title).toBe("10");
  });

  it("30 changes at once keep every version exactly once", async () => {
    const page = await at.site.create("/pages", { title: "Busy" });
    const path = `/pages/${page.id}`;
    const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => at.site.patch(path, { title: `T${i}` })));
    const shown = new Map(answers.map(({ body }) => [body.data.version, body.data]));
    expect(await versionsOf(path)).toEqual(Array.from({ length: 30 }, (_, i) => 30 - i));
    for (const version of [2, 15, 30])
      expect((await at.site.get(`${path}/versions/${version}`)).body.data.page).toEqual(shown.get(version));
  });

  it("the versions of a page are found without reading those of others", async () => {
    const path = await changed(5);
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO versions
        (workspace_id, environment, kind, item_id, version, changed_at, replaced_at, content)
        SELECT ?, 'live', 'page', 'page_' || (i / 50), 1 + i % 50, 1760000000000, 1760000000000, '{}' FROM n`,
    )
      .bind(at.workspace.id)
      .run();
    for (const query of ["", "/current", "/3", "/compare?from=2&to=4"]) {
      clock.advance(50);
      const { status, cost } = await measured("GET", `${at.site.base}${path}/versions${query}`, {
        headers: at.api.headers,
      });
      expect([query, status, cost.rowsRead <= 15]).toEqual([query, 200, true]);
    }
  });

  it("a change writes the version before it with one index, and drops one that is too many", async () => {
    const path = await changed(48);
    const change = async (title: string) =>
      (await measured("PATCH", `${at.site.base}${path}`, { headers: at.api.headers, body: { title } })).cost
        .rowsWritten;
    const kept = await change("49");
    await change("50");
    const full = await change("51");
    expect(full - kept).toBe(1);
    const { results } = await env.DB.prepare("SELECT count(*) AS n FROM versions WHERE item_id = ?")
      .bind(path.slice("/pages/".length))
      .all();
    expect(results).toEqual([{ n: 50 }]);
  });

  it("a version of a page as large as pages are is kept whole, compared and restored", async () => {
    const html = (words: string) => `<p>${words.repeat(Math.floor(28_000 / words.length))}</p>`;
    const blocks = (words: string) =>
      Array.from({ length: 20 }, () => ({ type: "RichText", props: { html: html(words) } }));
    const page = await at.site.create("/pages", { title: "Large", blocks: blocks('"quoted" \\ Ärger ') });
    const path = `/pages/${page.id}`;
    await at.site.patch(path, { blocks: blocks("other words ") });
    const kept = await at.site.get(`${path}/versions/1`);
    expect(kept.body.data.page).toEqual(page);
    expect(kept.body.data.size).toBeGreaterThan(600_000);
    expect((await at.site.get(`${path}/versions/compare`)).body.data.changes.length).toBe(20);
    expect((await at.site.post(`${path}/versions/1/restore`)).body.data.blocks).toEqual(page.blocks);
  });

  it("a version of another page, and one that was never there, is not found", async () => {
    const path = await changed(1);
    const other = await changed(3);
    expect((await at.site.get(`${path}/versions/3`)).status).toBe(404);
    expect((await at.site.get(`${path}/versions/2`)).status).toBe(200);
    expect((await at.site.post(`${path}/versions/3/restore`)).status).toBe(404);
    expect((await at.site.get(`${other}/versions/9`)).status).toBe(404);
    for (const bad of ["0", "-1", "1.5", "latest", "1e3"])
      expect((await at.site.get(`${path}/versions/${bad}`)).status).toBe(404);
  });
});

describe("restoring a version", () => {
  it("a lost update is undone by restoring the version before it, as a new version", async () => {
    const page = await at.site.create("/pages", { title: "Kept", slug: "kept", blocks: [HERO("First")] });
    const path = `/pages/${page.id}`;
    const mine = (await at.site.patch(path, { blocks: [HERO("Written for hours")], seo: { title: "Seo" } })).body.data;
    await at.site.put(path, { title: "Overwritten by somebody", blocks: [] });
    const restored = await at.site.post(`${path}/versions/2/restore`);
    expect(restored.status, restored.text).toBe(200);
    const { updatedAt: _, version, ...content } = restored.body.data;
    expect(version).toBe(4);
    expect(mine).toMatchObject(content);
    expect((await at.site.get(path)).body.data).toEqual(restored.body.data);
    expect((await at.site.get(`${path}/versions/3`)).body.data.page.title).toBe("Overwritten by somebody");
    expect((await at.site.get(`${path}/versions/current`)).body.data).toMatchObject({
      restoredFrom: 2,
      changedFields: ["title", "blocks", "seo"],
    });
    const events = await eventsOf(env.DB, page.id);
    expect(events.at(-1)).toEqual({ type: "page.updated", data: restored.body.data });
  });

  it("restoring respects If-Match: of the version that is there, not of the one that is restored", async () => {
    const path = await changed(2);
    const refused = await at.site.send("POST", `${path}/versions/1/restore`, { headers: { "If-Match": '"v1"' } });
    expect(refused.status).toBe(412);
    const done = await at.site.send("POST", `${path}/versions/1/restore`, { headers: { "If-Match": '"v3"' } });
    expect(done.body.data).toMatchObject({ title: "0", version: 4 });
  });

  it("a slug that another page has by now is a conflict, and another slug can be told", async () => {
    const page = await at.site.create("/pages", { title: "Menu", slug: "menu" });
    await at.site.patch(`/pages/${page.id}`, { slug: "menu-old" });
    await at.site.create("/pages", { title: "New menu", slug: "menu" });
    const taken = await at.site.post(`/pages/${page.id}/versions/1/restore`);
    expect([taken.status, Object.keys(taken.body.error.details.fields)]).toEqual([409, ["slug"]]);
    const restored = await at.site.post(`/pages/${page.id}/versions/1/restore`, {
      slug: "menu-2",
      seo: { title: "S" },
    });
    expect(restored.body.data).toMatchObject({ title: "Menu", slug: "menu-2", seo: { title: "S", noIndex: false } });
    const wrong = await at.site.post(`/pages/${page.id}/versions/1/restore`, { slug: "Not a slug", more: 1 });
    expect(wrong.status).toBe(400);
  });

  it("a parent that has gone, or lies below the page now, stays what it is", async () => {
    const [parent, other] = [
      await at.site.create("/pages", { title: "Parent" }),
      await at.site.create("/pages", { title: "Other" }),
    ];
    const page = await at.site.create("/pages", { title: "Child", parentId: parent.id });
    await at.site.patch(`/pages/${page.id}`, { parentId: other.id });
    await at.site.delete(`/pages/${parent.id}`);
    const restored = await at.site.post(`/pages/${page.id}/versions/1/restore`);
    expect(restored.body.data).toMatchObject({ title: "Child", parentId: other.id });
    await at.site.patch(`/pages/${page.id}`, { parentId: null });
    await at.site.patch(`/pages/${other.id}`, { parentId: page.id });
    const below = await at.site.post(`/pages/${page.id}/versions/2/restore`);
    expect(below.body.data).toMatchObject({ parentId: null });
  });

  it("a schedule whose time has passed is not restored", async () => {
    const page = await at.site.create("/pages", { title: "Planned", publishAt: "2027-01-01T00:00:00Z" });
    await at.site.patch(`/pages/${page.id}`, { publishAt: null });
    const restored = await at.site.post(`/pages/${page.id}/versions/1/restore`);
    expect(restored.body.data.publishAt).toBe("2027-01-01T00:00:00.000Z");
    expect(restored.body.data.status).toBe("draft");
  });
});
