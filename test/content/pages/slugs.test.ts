import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { TestClock } from "../../support/fixtures.ts";
import { makeSite, type TestSite } from "../../support/client.ts";

const clock = new TestClock();
let at: TestSite;

beforeEach(async () => {
  at = await makeSite(clock);
});

const slugOf = async (title: string, more: object = {}) =>
  (await at.site.create("/pages", { title, ...more })).slug as string;

it.each([
  ["Contact", "contact"],
  ["About Us & More!", "about-us-and-more"],
  ["  Spaces   everywhere ", "spaces-everywhere"],
  ["Über uns", "ueber-uns"],
  ["Crème Brûlée", "creme-brulee"],
  ["Ærøskøbing", "aeroskobing"],
  ["Ελληνικά", "ellinika"],
  ["Привет мир", "privet-mir"],
  ["iPhone 15 Pro", "iphone-15-pro"],
  ["100 % rye", "100-rye"],
  ["🎉 Party 🎉", "party"],
  ["ﬁnance ﬂow", "finance-flow"],
  ["ＡＢＣ １２３", "abc-123"],
  ["Cre\u0300me m²", "creme-m2"],
])("a slug is made from the title %s: %s", async (title, slug) => {
  expect(await slugOf(title)).toBe(slug);
});

it("a title without a letter any script can spell still gets a slug of its own", async () => {
  const slugs = [await slugOf("🎉🎉"), await slugOf("🎉🎉"), await slugOf("!!!"), await slugOf("…")];
  for (const slug of slugs) expect(slug).toMatch(/^page-[a-z0-9]{8}$/);
  expect(new Set(slugs).size).toBe(4);
});

it("a long title gets a slug of at most 80 characters that does not end in a hyphen", async () => {
  const slug = await slugOf(`${"word ".repeat(39)}end`);
  expect(slug.length).toBeLessThanOrEqual(80);
  expect(slug).toMatch(/^word(-word)*$|^word(-word)*-w(or?)?$/);
});

it("a slug made from a title is numbered when it is taken", async () => {
  expect([await slugOf("News"), await slugOf("News"), await slugOf("News"), await slugOf("news!")]).toEqual([
    "news",
    "news-2",
    "news-3",
    "news-4",
  ]);
});

it("numbering takes the first free number, whatever similar slugs there are", async () => {
  await slugOf("x", { slug: "news-2" });
  await slugOf("x", { slug: "news-room" });
  await slugOf("x", { slug: "newsletter" });
  expect([await slugOf("News"), await slugOf("News"), await slugOf("News")]).toEqual(["news", "news-3", "news-4"]);
});

it("thousands of pages may have the same title", async () => {
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
     INSERT INTO pages (id, workspace_id, environment, site_id, title, slug, status, locale, blocks, seo, navigation,
       search_text, site, version, created_at, updated_at)
     SELECT 'page_bulk' || i, ?1, 'live', ?2, 'News', 'news-' || i, 'draft', 'en', '[]', '{}', '{}', '', '', 1, 0, 0 FROM n`,
  )
    .bind(at.workspace.id, at.siteId)
    .run();
  expect(await slugOf("News")).toBe("news");
  const slugs = [await slugOf("News"), await slugOf("News")];
  for (const slug of slugs) expect(slug).toMatch(/^news-[a-z0-9]{8}$/);
  expect(new Set(slugs).size).toBe(2);
});

it("20 pages of one title created at once all get a slug of their own", async () => {
  const made = await Promise.all(Array.from({ length: 20 }, () => at.site.post("/pages", { title: "Rush" })));
  expect(made.map(({ status }) => status)).toEqual(Array(20).fill(201));
  const numbers = made.map(({ body }) => body.data.slug).sort();
  expect(numbers).toEqual(["rush", ...Array.from({ length: 19 }, (_, i) => `rush-${i + 2}`)].sort());
});

it("a slug that was asked for and is taken is a conflict that names the field", async () => {
  await slugOf("One", { slug: "taken" });
  const { status, body } = await at.site.post("/pages", { title: "Two", slug: "taken" });
  expect(status).toBe(409);
  expect(body.error.code).toBe("CONFLICT");
  expect(Object.keys(body.error.details.fields)).toEqual(["slug"]);
  expect(body.error.message).toContain("taken");
});

it("renaming a page to a taken slug is the same conflict, and leaves it as it was", async () => {
  await slugOf("One", { slug: "one" });
  const two = await at.site.create("/pages", { title: "Two", slug: "two" });
  for (const method of ["PATCH", "PUT"]) {
    const { status, body } = await at.site.send(method, `/pages/${two.id}`, { body: { title: "Two", slug: "one" } });
    expect(status).toBe(409);
    expect(Object.keys(body.error.details.fields)).toEqual(["slug"]);
  }
  expect((await at.site.get(`/pages/${two.id}`)).body.data).toEqual(two);
});

it("moving a page into a locale where its slug is taken is a conflict", async () => {
  await slugOf("Home", { slug: "home", locale: "de" });
  const page = await at.site.create("/pages", { title: "Home", slug: "home", locale: "en" });
  expect((await at.site.patch(`/pages/${page.id}`, { locale: "de" })).status).toBe(409);
});

it("the same slug is free in another locale, on another site and after the page is deleted", async () => {
  const page = await at.site.create("/pages", { title: "Home", slug: "home" });
  expect(await slugOf("Home", { slug: "home", locale: "de" })).toBe("home");
  const other = await at.api.create("/sites", { name: "Other" });
  expect((await at.api.post(`/sites/${other.id}/pages`, { title: "Home", slug: "home" })).status).toBe(201);
  await at.site.delete(`/pages/${page.id}`);
  expect(await slugOf("Home", { slug: "home" })).toBe("home");
});

it("of 20 calls that ask for one slug at once, one gets it", async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => at.site.post("/pages", { title: "Race", slug: "race" })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
});
