import { env } from "cloudflare:workers";
import { beforeAll, expect, it } from "vitest";
import { TestClock } from "../../support/fixtures.ts";
import { eventsOf, makeSite, type TestSite } from "../../support/client.ts";

const clock = new TestClock();
let at: TestSite;

beforeAll(async () => {
  at = await makeSite(clock);
});

it("50 PATCHes of one page at once all succeed: no field is lost, versions are consecutive, one event each", async () => {
  const page = await at.site.create("/pages", { title: "Busy", slug: "busy" });
  const path = `/pages/${page.id}`;
  const changes = [
    { title: "Changed" },
    { slug: "changed" },
    { status: "published" },
    { seo: { title: "Seo title" } },
    { seo: { description: "Seo description" } },
    { seo: { ogImage: "/og.png" } },
    { seo: { noIndex: true } },
    { navigation: { label: "Label" } },
    { navigation: { order: 42 } },
    { navigation: { hidden: true } },
  ];
  const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => at.site.patch(path, changes[i % 10])));
  expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
  const versions = answers.map(({ body }) => body.data.version as number);
  expect(versions.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i + 2));
  const last = (await at.site.get(path)).body.data;
  expect(last).toMatchObject({
    title: "Changed",
    slug: "changed",
    status: "published",
    seo: { title: "Seo title", description: "Seo description", ogImage: "/og.png", noIndex: true },
    navigation: { label: "Label", order: 42, hidden: true },
    version: 51,
  });
  const events = await eventsOf(env.DB, page.id);
  expect(events.map(({ data }) => data.version)).toEqual(Array.from({ length: 51 }, (_, i) => i + 1));
  expect(events.at(-1)?.data).toEqual(last);
});

it("of 20 PATCHes with the same If-Match one succeeds and the others learn the new version", async () => {
  const page = await at.site.create("/pages", { title: "Guarded" });
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => at.site.patch(`/pages/${page.id}`, { title: `${i}` }, { "If-Match": '"v1"' })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(412)]);
  expect((await eventsOf(env.DB, page.id)).length).toBe(2);
});

it("20 PATCHes of one site at once all succeed and lose nothing", async () => {
  const changes = [
    { name: "New name" },
    { settings: { a: 1 } },
    { designTokens: { radius: "4px" } },
    { status: "archived" },
  ];
  const before = (await at.site.get("")).body.data.version;
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => at.site.patch("", changes[i % 4])));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect((await at.site.get("")).body.data).toMatchObject({
    name: "New name",
    settings: { a: 1 },
    designTokens: { radius: "4px" },
    status: "archived",
    version: before + 20,
  });
});
