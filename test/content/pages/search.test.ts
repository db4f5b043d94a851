import { beforeAll, describe, expect, it } from "vitest";
import { TestClock } from "../../support/fixtures.ts";
import { makeSite, type TestSite } from "../../support/client.ts";

const clock = new TestClock();
let at: TestSite;

const PAGES: Record<string, { title: string; text?: string; more?: object }> = {
  contact: { title: "Contact", text: "Call the bakery in Amsterdam" },
  bread: { title: "Our sourdough bread", text: "Rye, wheat and patience" },
  creme: { title: "Crème brûlée", text: "Für Genießer" },
  email: { title: "Write to us", text: "hello@blue-door.example or C++ AND NOT (bread)" },
  hash: { title: "Facts", text: "#1 bakery in town" },
  link: { title: "Links", more: { href: "https://example.com/hidden-address", image: "/media/secret-path.png" } },
  greek: { title: "Ψωμί και αγάπη" },
  japanese: { title: "東京 パン" },
};
const ids: Record<string, string> = {};

beforeAll(async () => {
  at = await makeSite(clock);
  for (const [name, { title, text, more }] of Object.entries(PAGES)) {
    const blocks = [{ type: "Text", props: { ...(text && { body: { nested: [text] } }), ...more } }];
    ids[name] = (await at.site.create("/pages", { title, blocks })).id;
  }
});

async function find(search: string, more = ""): Promise<string[]> {
  const { status, body, text } = await at.site.get(`/pages?search=${encodeURIComponent(search)}${more}`);
  expect(status, text).toBe(200);
  expect(body.pagination.total).toBe(body.data.length);
  const names = Object.keys(ids);
  return body.data.map(({ id }: { id: string }) => names.find((name) => ids[name] === id) ?? id).sort();
}

describe("search", () => {
  it.each([
    ["contact", ["contact"]],
    ["CONTACT", ["contact"]],
    ["conta", ["contact"]],
    ["bakery", ["contact", "hash"]],
    ["amsterdam bakery", ["contact"]],
    ["sourdough rye", ["bread"]],
    ["bread", ["bread", "email"]],
    ["creme brulee", ["creme"]],
    ["crème", ["creme"]],
    ["cre\u0300me bru\u0302lee", ["creme"]],
    ["genießer", ["creme"]],
    ["fur", ["creme"]],
    ["ΨΩΜΊ", ["greek"]],
    ["東京", ["japanese"]],
    ["nothing like it", []],
    ["ontact", []],
  ])(
    "the search of pages finds every word, the last as a beginning, whatever the case and the accents: %s",
    async (search, expected) => {
      expect(await find(search)).toEqual(expected);
    },
  );

  it.each([
    ['"', []],
    ["*", []],
    ["()", []],
    ["'; DROP TABLE pages; --", []],
    ["bread OR contact", []],
    ["NOT", ["email"]],
    ["bread AND not", ["email"]],
    ["NEAR(bread contact)", []],
    ["title:contact", []],
    ["^contact", ["contact"]],
    ["bread*", ["bread", "email"]],
    ['"contact"', ["contact"]],
    ['"sourdough bread', ["bread"]],
    ["C++", ["contact", "creme", "email"]],
    ["hello@blue-door.example", ["email"]],
    ["{title}", []],
    ["a\\b", []],
    ["-bread", ["bread", "email"]],
    ["🎉", []],
    ["%", []],
    ["_", []],
  ])("the search of pages reads nothing a caller types as an operator: %s", async (search, expected) => {
    expect(await find(search)).toEqual(expected);
  });

  it("the search of pages looks into texts of blocks, not into addresses", async () => {
    expect(await find("hidden")).toEqual([]);
    expect(await find("secret")).toEqual([]);
    expect(await find("town")).toEqual(["hash"]);
  });

  it("the search of pages takes 200 characters and 60 words, and refuses nothing or more by name", async () => {
    expect(await find("x".repeat(200))).toEqual([]);
    expect(await find("a ".repeat(60).trim())).toEqual([]);
    for (const search of ["", "   ", "x".repeat(201)]) {
      const { status, body } = await at.site.get(`/pages?search=${encodeURIComponent(search)}`);
      expect(status).toBe(400);
      expect(Object.keys(body.error.details.fields)).toEqual(["search"]);
    }
  });

  it("the search of pages combines with the filters and pages through its finds", async () => {
    expect(await find("bakery", "&status=published")).toEqual([]);
    expect(await find("bakery", "&locale=en")).toEqual(["contact", "hash"]);
    const first = await at.site.get("/pages?search=bakery&limit=1&orderBy=title&direction=asc");
    expect(first.body.pagination).toMatchObject({ total: 2, limit: 1 });
    const next = await at.site.get(
      `/pages?search=bakery&limit=1&orderBy=title&direction=asc&cursor=${first.body.pagination.nextCursor}`,
    );
    expect([...first.body.data, ...next.body.data].map(({ title }) => title)).toEqual(["Contact", "Facts"]);
    expect(next.body.pagination.nextCursor).toBeNull();
  });

  it("the search of pages never finds another tenant's or another site's pages, however they are named", async () => {
    const stranger = await makeSite(clock);
    await stranger.site.create("/pages", { title: `Contact ${at.siteId}` });
    const sister = await at.api.create("/sites", { name: "Sister" });
    await at.api.create(`/sites/${sister.id}/pages`, { title: "Contact sister" });
    expect(await find("contact")).toEqual(["contact"]);
    expect(await find(at.siteId)).toEqual([]);
    expect(await find(at.siteId.replace("_", "").toLowerCase())).toEqual([]);
    expect((await stranger.site.get("/pages?search=bakery")).body.data).toEqual([]);
  });

  it("the search of pages follows updates of title and blocks, and forgets deleted pages", async () => {
    const page = await at.site.create("/pages", { title: "Zebra crossing" });
    expect(await find("zebra")).toEqual([page.id]);
    await at.site.patch(`/pages/${page.id}`, { title: "Giraffe" });
    expect(await find("zebra")).toEqual([]);
    expect(await find("giraffe")).toEqual([page.id]);
    await at.site.patch(`/pages/${page.id}`, { blocks: [{ type: "Text", props: { text: "okapi" } }] });
    expect(await find("okapi giraffe")).toEqual([page.id]);
    await at.site.put(`/pages/${page.id}`, { title: "Tapir" });
    expect(await find("okapi")).toEqual([]);
    await at.site.delete(`/pages/${page.id}`);
    expect(await find("tapir")).toEqual([]);
  });
});
