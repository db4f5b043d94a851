import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { TestClock } from "../../support/fixtures.ts";
import { eventsOf, makeSite, type TestSite } from "../../support/client.ts";

const clock = new TestClock();
let at: TestSite;

// A page's place in the menu depends on the others there are.
beforeEach(async () => {
  at = await makeSite(clock);
});

const FULL = {
  title: "Our bread",
  slug: "our-bread",
  status: "published",
  locale: "de",
  blocks: [
    { type: "HeroSection", props: { title: "Fresh", nested: { list: [1, 2.5, true, null, "é 🎉 שלום"] } } },
    { type: "Text", props: {} },
  ],
  seo: { title: "Bread", description: "All of it", ogImage: "https://example.com/bread.png", noIndex: true },
  navigation: { label: "Bread", order: 7, hidden: true },
};

describe("creating a page", () => {
  it("creating a page fills in the defaults: a draft in the site's locale, empty and indexed", async () => {
    const { status, body, headers } = await at.site.post("/pages", { title: "Defaults" });
    expect(status).toBe(201);
    expect(body.data).toEqual({
      id: expect.stringMatching(/^page_[0-9A-HJKMNP-TV-Z]{26}$/),
      siteId: at.siteId,
      title: "Defaults",
      slug: "defaults",
      status: "draft",
      locale: "en",
      translationOf: null,
      blocks: [],
      seo: { title: null, description: null, ogImage: null, noIndex: false },
      navigation: { label: null, order: 0, hidden: false },
      parentId: null,
      publishAt: null,
      version: 1,
      createdAt: new Date(clock.time).toISOString(),
      updatedAt: new Date(clock.time).toISOString(),
      publishedAt: null,
    });
    expect(headers.get("Location")).toBe(`/v1/sites/${at.siteId}/pages/${body.data.id}`);
    expect(headers.get("ETag")).toMatch(/^"v1-/);
  });

  it("creating a page keeps every field as it was sent, through storage and back", async () => {
    const made = await at.site.create("/pages", FULL);
    expect(made).toMatchObject(FULL);
    const read = await at.site.get(`/pages/${made.id}`);
    expect(read.body.data).toEqual(made);
    const [created] = await eventsOf(env.DB, made.id);
    expect(created).toEqual({ type: "page.created", data: made });
  });

  it("creating a page sets publishedAt when it is created published", async () => {
    const made = await at.site.create("/pages", { title: "Live at once", status: "published" });
    expect(made.publishedAt).toBe(made.createdAt);
  });

  it("creating a page trims the title and completes partial seo, navigation and blocks", async () => {
    const made = await at.site.create("/pages", {
      title: "  Trimmed  ",
      seo: { title: "Only this" },
      navigation: { order: 3 },
      blocks: [{ type: "Hero" }],
    });
    expect(made.title).toBe("Trimmed");
    expect(made.seo).toEqual({ title: "Only this", description: null, ogImage: null, noIndex: false });
    expect(made.navigation).toEqual({ label: null, order: 3, hidden: false });
    expect(made.blocks).toEqual([{ type: "Hero", props: {} }]);
  });

  it("creating a page takes text of every script, with joiners, as a title", async () => {
    for (const title of ["مرحبا بالعالم", "שלום עולם", "می‌خواهم", "👨‍👩‍👧 Familie", "ประเทศไทย", "日本語", "Ωmega"]) {
      expect((await at.site.create("/pages", { title })).title).toBe(title);
    }
  });
});

describe("changing a page", () => {
  it("PATCH of a page changes the named fields only, and within seo and navigation the named entries only", async () => {
    const made = await at.site.create("/pages", { ...FULL, slug: "patched" });
    const { status, body } = await at.site.patch(`/pages/${made.id}`, {
      title: "New title",
      seo: { description: null, noIndex: false },
      navigation: { order: 0 },
    });
    expect(status).toBe(200);
    expect(body.data).toEqual({
      ...made,
      title: "New title",
      seo: { ...made.seo, description: null, noIndex: false },
      navigation: { ...made.navigation, order: 0 },
      version: 2,
      updatedAt: new Date(clock.time).toISOString(),
    });
    expect((await at.site.get(`/pages/${made.id}`)).body.data).toEqual(body.data);
  });

  it("PATCH of a page replaces blocks as a whole", async () => {
    const made = await at.site.create("/pages", { ...FULL, slug: "blocks" });
    const blocks = [{ type: "Quote", props: { text: "Mmh" } }];
    expect((await at.site.patch(`/pages/${made.id}`, { blocks })).body.data.blocks).toEqual(blocks);
    expect((await at.site.patch(`/pages/${made.id}`, { blocks: [] })).body.data.blocks).toEqual([]);
  });

  it("PUT of a page replaces: what is left out gets its default, slug and locale stay", async () => {
    const made = await at.site.create("/pages", { ...FULL, slug: "replaced" });
    const { status, body } = await at.site.put(`/pages/${made.id}`, { title: "Replaced" });
    expect(status).toBe(200);
    expect(body.data).toEqual({
      ...made,
      title: "Replaced",
      status: "draft",
      blocks: [],
      seo: { title: null, description: null, ogImage: null, noIndex: false },
      navigation: { label: null, order: 0, hidden: false },
      version: 2,
      updatedAt: new Date(clock.time).toISOString(),
    });
  });

  it("changing a page counts versions, keeps createdAt, and emits one event for each with the page as its GET shows it", async () => {
    const made = await at.site.create("/pages", { title: "Counted" });
    for (let version = 2; version <= 5; version += 1) {
      const { body, headers } = await at.site.patch(`/pages/${made.id}`, { title: `Counted ${version}` });
      expect(body.data.version).toBe(version);
      expect(headers.get("ETag")).toMatch(new RegExp(`^"v${version}-`));
      expect(body.data.createdAt).toBe(made.createdAt);
    }
    const events = await eventsOf(env.DB, made.id);
    expect(events.map(({ type }) => type)).toEqual(["page.created", ...Array(4).fill("page.updated")]);
    expect(events.map(({ data }) => data.version)).toEqual([1, 2, 3, 4, 5]);
    expect(events.at(-1)?.data).toEqual((await at.site.get(`/pages/${made.id}`)).body.data);
  });

  it("changing a page sets publishedAt the first time a page becomes published, and never again", async () => {
    const made = await at.site.create("/pages", { title: "Published later" });
    const path = `/pages/${made.id}`;
    const first = await at.site.patch(path, { status: "published" });
    const at1 = first.body.data.publishedAt;
    expect(at1).toBe(first.body.data.updatedAt);
    expect((await at.site.patch(path, { status: "archived" })).body.data.publishedAt).toBe(at1);
    expect((await at.site.patch(path, { status: "published" })).body.data.publishedAt).toBe(at1);
    expect((await at.site.put(path, { title: "Replaced" })).body.data.publishedAt).toBe(at1);
  });

  it("changing a page writes an audit entry that says who, from where, and what it was before", async () => {
    const made = await at.site.create("/pages", { title: "Audited" });
    const changed = await at.site.patch(
      `/pages/${made.id}`,
      { title: "Audited 2" },
      { "CF-Connecting-IP": "192.0.2.9" },
    );
    const row = await env.DB.prepare("SELECT * FROM audit_log WHERE target_id = ? AND action = 'page.updated'")
      .bind(made.id)
      .first<Record<string, string>>();
    expect(row).toMatchObject({ ip: "192.0.2.9", request_id: changed.headers.get("X-Request-ID") });
    expect(JSON.parse(row?.before ?? "")).toEqual(made);
    expect(JSON.parse(row?.after ?? "")).toEqual(changed.body.data);
  });

  it("changing a page answers 404 naming the page or the site, whichever is missing", async () => {
    const page = await at.site.get("/pages/page_01KAGW6PSZ0000000000000000");
    expect(page.body.error).toMatchObject({ code: "NOT_FOUND", message: "Page not found" });
    const site = await at.api.get("/sites/site_01KAGW6PSZ0000000000000000/pages/page_01KAGW6PSZ0000000000000000");
    expect(site.body.error).toMatchObject({ code: "NOT_FOUND", message: "Site not found" });
    const elsewhere = await at.api.create("/sites", { name: "Another site of the workspace" });
    const made = await at.site.create("/pages", { title: "Here only" });
    expect((await at.api.get(`/sites/${elsewhere.id}/pages/${made.id}`)).status).toBe(404);
  });
});

describe("conditional requests", () => {
  it("If-None-Match on a page answers 304 without a body while the version holds: exact, weak, in a list, or *", async () => {
    const made = await at.site.create("/pages", { title: "Cached" });
    const current = (await at.site.get(`/pages/${made.id}`)).headers.get("ETag") as string;
    for (const tag of [current, `W/${current}`, `"v9", ${current}`, ` "v9" ,W/${current}`, "*"]) {
      const answer = await at.site.get(`/pages/${made.id}`, { "If-None-Match": tag });
      expect(answer.status, tag).toBe(304);
      expect(answer.headers.get("ETag")).toMatch(/^"v1-/);
    }
    for (const tag of ['"v2"', "v1", '"v1', "", '"V1"', "junk"]) {
      expect((await at.site.get(`/pages/${made.id}`, { "If-None-Match": tag })).status, tag).toBe(200);
    }
    await at.site.patch(`/pages/${made.id}`, { title: "Changed" });
    expect((await at.site.get(`/pages/${made.id}`, { "If-None-Match": current })).status).toBe(200);
  });

  it.each(["PATCH", "PUT", "DELETE"])(
    "%s of a page with If-Match of another version or junk changes nothing",
    async (method) => {
      const made = await at.site.create("/pages", { title: `Guarded ${method}` });
      const path = `/pages/${made.id}`;
      await at.site.patch(path, { status: "archived" });
      const body = method === "DELETE" ? undefined : { title: "Lost update" };
      for (const tag of ['"v1"', 'W/"v1"', "v2", '"v2', "2", '"v1", "v3"', '"v99999999999999999999"', "junk", ","]) {
        const answer = await at.site.send(method, path, { body, headers: { "If-Match": tag } });
        expect([tag, answer.status]).toEqual([tag, 412]);
        expect(answer.body.error.code).toBe("PRECONDITION_FAILED");
        expect(answer.body.error.details).toMatchObject({
          currentVersion: 2,
          fields: { "If-Match": expect.any(String) },
        });
      }
      expect((await at.site.get(path)).body.data).toMatchObject({ version: 2, title: made.title });
    },
  );

  it.each(['"v2"', "*", '"v1", "v2"', ' "v2" ', 'W/"v2"'])(
    "If-Match: %s lets a write to a page through",
    async (tag) => {
      const made = await at.site.create("/pages", { title: "Open" });
      const path = `/pages/${made.id}`;
      await at.site.patch(path, { status: "archived" });
      expect((await at.site.patch(path, { title: "Again" }, { "If-Match": tag })).status).toBe(200);
    },
  );
});
