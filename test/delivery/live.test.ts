import { beforeEach, describe, expect, it } from "vitest";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";
import { emptyStorage } from "../support/storage.ts";

const clock = new TestClock();
let workspace: Workspace;
let headers: Record<string, string>;
let siteId: string;
let home: string;

const post = (path: string, body: unknown = {}) => call("POST", path, { headers, body });
const read = (path: string, more: Record<string, string> = {}) =>
  call("GET", path, { headers: { ...headers, ...more } });

async function page(body: Record<string, unknown>): Promise<string> {
  clock.advance(1);
  const made = await post(`/v1/sites/${siteId}/pages`, { status: "published", ...body });
  expect(made.status).toBe(201);
  return made.body.data.id;
}

async function publish(): Promise<void> {
  clock.advance(6 * 60_000);
  expect((await post(`/v1/sites/${siteId}/publish`)).status).toBe(200);
}

beforeEach(async () => {
  await emptyStorage();
  workspace = await makeWorkspace(clock);
  headers = (await workspace.key()).headers;
  const site = await post("/v1/sites", { name: "Blue Door Bakery", locale: "en", locales: ["en", "de"] });
  siteId = site.body.data.id;
  expect((await read("/api/pages")).status).toBe(404);
  home = await page({ title: "Home", slug: "home", navigation: { order: 1 } });
  await page({ title: "Start", slug: "start", locale: "de", translationOf: home });
  const about = await page({ title: "About", slug: "about", navigation: { order: 2, label: "About us" } });
  await page({ title: "Team", slug: "team", parentId: about });
  await page({ title: "Hidden", slug: "hidden", navigation: { hidden: true } });
  await page({ title: "Draft", slug: "draft", status: "draft" });
  await publish();
});

describe("published pages", () => {
  it("published pages on /api are those of the live deployment, drafts left out", async () => {
    const { status, body } = await read("/api/pages");
    expect(status).toBe(200);
    expect(body).toMatchObject({ total: 5, page: 1, per_page: 25 });
    expect(body.items.map((it: { slug: string }) => it.slug)).toEqual(["home", "start", "about", "team", "hidden"]);
  });

  it("published pages on /api come by slug, in the reader's language where there is a translation", async () => {
    expect((await read("/api/pages?slug=home")).body).toMatchObject({ id: home, locale: "en" });
    expect((await read("/api/pages?slug=home&locale=de")).body).toMatchObject({ slug: "start", locale: "de" });
    expect((await read("/api/pages?slug=start&locale=en")).body).toMatchObject({ slug: "home" });
    expect((await read("/api/pages?slug=about&locale=de")).body).toMatchObject({ slug: "about", locale: "en" });
    expect((await read("/api/pages?slug=draft")).status).toBe(404);
  });

  it("published pages on /api of a language are its own and what is not translated into it", async () => {
    const slugs = async (locale: string) =>
      (await read(`/api/pages?locale=${locale}`)).body.items.map((it: { slug: string }) => it.slug);
    expect(await slugs("de")).toEqual(["start", "about", "team", "hidden"]);
    expect(await slugs("en")).toEqual(["home", "about", "team", "hidden"]);
  });

  it("published pages on /api do not change until the next publish, are 304 meanwhile, and go back with a rollback", async () => {
    const before = await read("/api/pages?slug=about");
    const etag = before.headers.get("ETag") as string;
    await call("PATCH", `/v1/sites/${siteId}/pages/${before.body.id}`, { headers, body: { title: "About 2" } });
    expect((await read("/api/pages?slug=about", { "If-None-Match": etag })).status).toBe(304);
    await publish();
    const after = await read("/api/pages?slug=about", { "If-None-Match": etag });
    expect(after.body.title).toBe("About 2");
    await post(`/v1/sites/${siteId}/rollback`);
    expect((await read("/api/pages?slug=about")).body).toEqual(before.body);
  });
});

describe("the published menu", () => {
  it("the published menu on /api is a tree in its order, by label or title, without what is hidden", async () => {
    const { body } = await read("/api/menu");
    expect(body.items).toMatchObject([
      { label: "Home", children: [] },
      { label: "About us", slug: "about", children: [{ label: "Team" }] },
    ]);
    expect((await read("/api/menu?locale=de")).body.items).toMatchObject([{ label: "Start" }]);
  });
});

describe("published settings", () => {
  it("published settings on /api are those of the deployment, not of the editor", async () => {
    const before = await read("/api/settings");
    expect(before.body).toMatchObject({ id: siteId, name: "Blue Door Bakery", locales: ["en", "de"] });
    await call("PATCH", `/v1/sites/${siteId}`, { headers, body: { designTokens: { colorPrimary: "#111111" } } });
    expect((await read("/api/settings")).body).toEqual(before.body);
    await publish();
    expect((await read("/api/settings")).body.designTokens).toEqual({ colorPrimary: "#111111" });
  });
});

describe("the site of a call", () => {
  it("the site of a call to /api is the key's only one, or named by id or slug", async () => {
    const other = (await post("/v1/sites", { name: "Other" })).body.data;
    clock.advance(1_000);
    const ambiguous = await read("/api/pages");
    expect(ambiguous).toMatchObject({
      status: 422,
      body: { error: "validation_failed", errors: { site: expect.anything() } },
    });
    expect((await read(`/api/pages?site=${siteId}`)).status).toBe(200);
    expect((await read("/api/settings?site=blue-door-bakery")).status).toBe(200);
    const { headers: single } = await workspace.key({ siteIds: [siteId] });
    expect((await call("GET", "/api/pages", { headers: single })).status).toBe(200);
    expect((await call("GET", `/api/pages?site=${other.id}`, { headers: single })).status).toBe(401);
    expect((await call("GET", "/api/pages?site=nobody", { headers: single })).status).toBe(404);
  });

  it("the site of a call to /api is part of the ETag, and shows nothing once its owner has taken it back", async () => {
    const publish = (id: string) => post(`/v1/sites/${id}/publish`);
    const other = (await post("/v1/sites", { name: "Third" })).body.data;
    await publish(other.id);
    const tagOf = async (id: string) => (await read(`/api/settings?site=${id}`)).headers.get("ETag");
    expect(await tagOf(other.id)).not.toBe(await tagOf(siteId));
    await call("PATCH", `/v1/sites/${other.id}`, { headers, body: { status: "archived" } });
    clock.advance(1_000);
    expect((await read(`/api/settings?site=${other.id}`)).status).toBe(404);
  });
});
