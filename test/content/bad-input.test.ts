import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { encodeCursor } from "../../src/core/storage/cursor.ts";
import { type Answer, TestClock } from "../support/fixtures.ts";
import { makeSite, type TestSite } from "../support/client.ts";

const clock = new TestClock();
let at: TestSite;
let pageId: string;
let tables: string[];

beforeAll(async () => {
  at = await makeSite(clock);
  pageId = (await at.site.create("/pages", { title: "Target", slug: "target" })).id;
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%\\_cf\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
  ).all<{ name: string }>();
  tables = results.map(({ name }) => name);
});

/** How many rows each table has; the key's last use is not counted in rows. */
async function rowCounts(): Promise<unknown[]> {
  const counts = await env.DB.batch<{ n: number }>(
    tables.map((name) => env.DB.prepare(`SELECT count(*) AS n FROM "${name}"`)),
  );
  return counts.map(({ results }, index) => [tables[index], results[0]?.n]);
}

/** Expects a 4xx of the surface that names the field, and nothing written by any of the calls. */
async function expectRefused(field: string, ...calls: (() => Promise<Answer>)[]): Promise<void> {
  const before = await rowCounts();
  for (const send of calls) {
    const { status, body, text } = await send();
    expect(status, text.slice(0, 300)).toBe(400);
    expect(body.error.code).toBe("VALIDATION_ERROR");
    expect(Object.keys(body.error.details.fields), text.slice(0, 300)).toContain(field);
    expect(body.error.message.length).toBeLessThan(1_000);
  }
  expect(await rowCounts()).toEqual(before);
}

/** The same fields in a new page, a change and a replacement. */
const everyWrite = (fields: object) => [
  () => at.site.post("/pages", { title: "New", ...fields }),
  () => at.site.patch(`/pages/${pageId}`, fields),
  () => at.site.put(`/pages/${pageId}`, { title: "Target", ...fields }),
];

/** 750 kB that take 3 MB once they are written out. */
const SHORT = `[${Array(150_000).fill("1E20").join()}]`;
const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });
const block = (props: unknown) => ({ blocks: [{ type: "Text", props }] });

describe("bodies", () => {
  it.each([
    ["a title of 5,000 characters", { title: "x".repeat(5_000) }, "title"],
    ["no title", { title: undefined, slug: "no-title" }, "title"],
    ["an empty title", { title: "" }, "title"],
    ["a title of white space", { title: " \t\u00a0\u3000" }, "title"],
    ["a title of zero-width characters", { title: "\u200b\u200d\u2060\ufeff" }, "title"],
    ["a title of direction marks", { title: "\u200e\u200f\u061c" }, "title"],
    ["a title that turns direction", { title: "abc\u202egnp.exe" }, "title"],
    ["a title with isolates", { title: "\u2066evil\u2069" }, "title"],
    ["a title of two lines", { title: "one\ntwo" }, "title"],
    ["a title with an escape sequence", { title: "\u001b[31mred" }, "title"],
    ["a title of Hangul fillers", { title: "\u3164\u3164" }, "title"],
    ["a number as title", { title: 7 }, "title"],
    ["null as title", { title: null }, "title"],
    ["a list as title", { title: ["a"] }, "title"],
    ["a slug of symbols", { slug: "!!!" }, "slug"],
    ["a slug of 300 emoji", { slug: "🎉".repeat(300) }, "slug"],
    ["a slug with spaces", { slug: "a b" }, "slug"],
    ["a slug in capitals", { slug: "About" }, "slug"],
    ["a slug with a slash", { slug: "a/b" }, "slug"],
    ["a slug with dots", { slug: "../etc" }, "slug"],
    ["a slug that ends in a hyphen", { slug: "a-" }, "slug"],
    ["a slug with a line break", { slug: "a\n" }, "slug"],
    ["an empty slug", { slug: "" }, "slug"],
    ["a slug of 101 characters", { slug: "a".repeat(101) }, "slug"],
    ["null as slug", { slug: null }, "slug"],
    ["an unknown status", { status: "live" }, "status"],
    ["a status in capitals", { status: "DRAFT" }, "status"],
    ["an unknown locale form", { locale: "english" }, "locale"],
    ["51 blocks", { blocks: Array(51).fill({ type: "Text" }) }, "blocks"],
    ["an object as blocks", { blocks: {} }, "blocks"],
    ["a block without type", { blocks: [{ props: {} }] }, "blocks.0.type"],
    ["a block type that is no name", { blocks: [{ type: "<script>" }] }, "blocks.0.type"],
    ["a block with an unknown field", { blocks: [{ type: "Text", id: 1 }] }, "blocks.0.id"],
    ["props that are no object", block([]), "blocks.0.props"],
    ["an address that runs script", block({ href: "javascript:alert(1)" }), "blocks.0.props.href"],
    [
      "one in disguise",
      block({ items: [{ ctaUrl: " \u0001jAvA\tscript:alert(1)" }] }),
      "blocks.0.props.items.0.ctaUrl",
    ],
    ["one as data", block({ link: "data:text/html,<script>1</script>" }), "blocks.0.props.link"],
    ["one as vbscript", block({ src: "vbscript:x" }), "blocks.0.props.src"],
    ["an image address that runs script", { seo: { ogImage: "javascript:alert(1)" } }, "seo.ogImage"],
    ["an image address with a line break", { seo: { ogImage: "java\nscript:alert(1)" } }, "seo.ogImage"],
    ["an image address of another host as a path", { seo: { ogImage: "//evil.example" } }, "seo.ogImage"],
    ["the same with a backslash", { seo: { ogImage: "/\\evil.example" } }, "seo.ogImage"],
    ["an image address of another scheme", { seo: { ogImage: "ftp://example.com/a.png" } }, "seo.ogImage"],
    ["an unknown seo field", { seo: { robots: "none" } }, "seo.robots"],
    ["text as noIndex", { seo: { noIndex: "yes" } }, "seo.noIndex"],
    ["a list as seo", { seo: [] }, "seo"],
    ["a fraction as order", { navigation: { order: 1.5 } }, "navigation.order"],
    ["a negative order", { navigation: { order: -1 } }, "navigation.order"],
    ["a huge order", { navigation: { order: 1e300 } }, "navigation.order"],
    ["a number as parent", { parentId: 5 }, "parentId"],
    ["an endless parent id", { parentId: "p".repeat(10_000) }, "parentId"],
    ["an unknown field", { colour: "blue" }, "colour"],
    ["a field only we set", { version: 9 }, "version"],
    ["another only we set", { publishedAt: "2020-01-01T00:00:00Z" }, "publishedAt"],
    ["another tenant", { workspaceId: 1 }, "workspaceId"],
    ["a field named constructor", { constructor: 1 }, "constructor"],
    ["a field named toString", { toString: 1 }, "toString"],
    ["a field named hasOwnProperty", { hasOwnProperty: 1 }, "hasOwnProperty"],
  ])("%s is refused by name and changes nothing", async (_, fields, field) => {
    const body = JSON.parse(JSON.stringify(fields));
    const writes = everyWrite(body);
    // Without a title a new page and a replacement lack it; a change does not.
    if ("title" in fields && fields.title === undefined) {
      const without = () => at.site.post("/pages", body);
      return expectRefused(field, without, () => at.site.put(`/pages/${pageId}`, body));
    }
    await expectRefused(field, ...writes);
  });

  it("an address in a prop that is text stays text", async () => {
    const props = { title: "JavaScript: the good parts", href: "/javascript:x", image: "data:image/png;base64,AA==" };
    expect((await at.site.create("/pages", { title: "Text", ...block(props) })).blocks[0].props).toEqual(props);
  });

  it("a change that names nothing is refused", () =>
    expectRefused(
      "body",
      () => at.site.patch(`/pages/${pageId}`, {}),
      () => at.site.patch("", {}),
    ));

  const raw = (text: string | Uint8Array, headers = {}) =>
    ["POST", "PATCH", "PUT"].map((method) => () => {
      const body = typeof text === "string" ? new TextEncoder().encode(text) : text;
      return at.site.send(method, method === "POST" ? "/pages" : `/pages/${pageId}`, { body, headers });
    });

  it.each([
    ["a NUL character", '{"title":"a\\u0000b"}', "title"],
    [
      "a NUL character deep down",
      '{"title":"T","blocks":[{"type":"A","props":{"x":["\\u0000"]}}]}',
      "blocks.0.props.x.0",
    ],
    ["a NUL character in a name", '{"title":"T","seo":{"a\\u0000":1}}', "seo"],
    ["half a surrogate pair", '{"title":"\\ud83c"}', "title"],
    ["the other half", '{"title":"x\\udf89x"}', "title"],
    ["__proto__", '{"title":"T","__proto__":{"isAdmin":true}}', "body"],
    ["__proto__ deep down", '{"title":"T","blocks":[{"type":"A","props":{"__proto__":{}}}]}', "blocks.0.props"],
    ["depth 100", JSON.stringify({ title: "T", blocks: [{ type: "A", props: nested(100) }] }), /^blocks\.0\.props/],
    ["depth 50,000", `{"title":${"[".repeat(50_000)}${"]".repeat(50_000)}}`, /^title/],
    [
      "more JSON than a row holds, written short",
      `{"title":"T","blocks":[{"type":"A","props":{"x":${SHORT}}}]}`,
      "blocks",
    ],
    ["NaN's place taken by infinity", '{"title":"T","navigation":{"order":1e999}}', "navigation.order"],
  ])("%s is refused by name", async (_, text, field) => {
    const before = await rowCounts();
    for (const send of raw(text)) {
      const { status, body } = await send();
      expect(status).toBe(400);
      const [name] = Object.keys(body.error.details.fields);
      if (field instanceof RegExp) expect(name).toMatch(field);
      else expect(name).toBe(field);
    }
    expect(await rowCounts()).toEqual(before);
  });

  it("invalid UTF-8, 10 MB and a truncated body are refused and change nothing", async () => {
    const before = await rowCounts();
    const bodies: [Uint8Array, number][] = [
      [new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), 400],
      [new Uint8Array(10_000_000).fill(0x20), 413],
      [new TextEncoder().encode('{"title":"T"'), 400],
      [new Uint8Array(), 400],
    ];
    for (const [bytes, expected] of bodies) {
      for (const send of raw(bytes)) expect((await send()).status).toBe(expected);
    }
    expect(await rowCounts()).toEqual(before);
  });

  it("names a hundred of a hundred thousand wrong fields, and no endless name in full", async () => {
    const many = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`f${i}`, 1]));
    const answer = await at.site.post("/pages", { title: "T", ...many, ["n".repeat(100_000)]: 1 });
    expect(answer.status).toBe(400);
    expect(answer.text.length).toBeLessThan(50_000);
  });

  it("a page is as large as promised: 50 blocks and 800 kB, changed as often as one likes", async () => {
    const blocks = Array.from({ length: 50 }, (_, i) => ({ type: "Text", props: { text: `${i}`.padEnd(7_900, "é") } }));
    expect(new TextEncoder().encode(JSON.stringify(blocks)).length).toBeGreaterThan(790_000);
    const page = await at.site.create("/pages", { title: "Large", blocks });
    const quotes = blocks.map((it) => ({ ...it, type: "Quote" }));
    expect((await at.site.patch(`/pages/${page.id}`, { blocks: quotes })).status).toBe(200);
    const larger = blocks.map((it) => ({ ...it, props: { text: `${it.props.text}${"é".repeat(200)}` } }));
    await expectRefused("blocks", () => at.site.patch(`/pages/${page.id}`, { blocks: larger }));
  });
});

describe("query strings", () => {
  const list = (query: string) => () => at.site.get(`/pages?${query}`);

  it.each(["0", "-1", "101", "1e9", "NaN", "", "1.5", "0x10", " 5", "٥", "9".repeat(400), "null", "25;"])(
    "limit=%s is refused by name",
    (limit) => expectRefused("limit", list(`limit=${encodeURIComponent(limit)}`)),
  );

  it.each(["0", "-1", "NaN", "", "1e3", "99999999"])("page=%s is refused by name", (page) =>
    expectRefused("page", list(`page=${page}`)),
  );

  it("a page beyond what may be skipped, or with a cursor, is refused by name", async () => {
    await at.site.create("/pages", { title: "Second" });
    const { nextCursor } = (await at.site.get("/pages?limit=1")).body.pagination;
    await expectRefused("page", list("page=10000&limit=100"), list(`page=2&cursor=${nextCursor}&limit=1`));
  });

  it("a cursor that is garbage, cut off, made up, or of another list, site or order is refused by name", async () => {
    const { nextCursor } = (await at.site.get("/pages?limit=1")).body.pagination as { nextCursor: string };
    const sister = await at.api.create("/sites", { name: "Sister" });
    const ofSites = (await at.api.get("/sites?limit=1")).body.pagination.nextCursor;
    const name = `pages:${at.siteId} updatedAt desc`;
    const encoded = (text: string) => btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    const cursors = [
      "",
      "garbage",
      "!!!",
      "%00",
      "=",
      nextCursor.slice(0, -3),
      nextCursor.slice(3),
      `${nextCursor}AAAA`,
      ofSites,
      "x".repeat(3_000),
      encoded("null"),
      encoded("[]"),
      encoded("{}"),
      encoded(`["${name}",null,"page_x"]`),
      encoded(`["${name}",1e999,"page_x"]`),
      encoded(`["${name}",{},"page_x"]`),
      encoded(`["${name}",1,7]`),
    ];
    await expectRefused("cursor", ...cursors.map((cursor) => list(`limit=1&cursor=${cursor}`)));
    await expectRefused(
      "cursor",
      list(`limit=1&cursor=${nextCursor}&direction=asc`),
      list(`limit=1&cursor=${nextCursor}&orderBy=createdAt`),
      () => at.api.get(`/sites/${sister.id}/pages?cursor=${nextCursor}`),
      () => at.api.get(`/sites?cursor=${nextCursor}`),
    );
    const foreign = encodeCursor(name, { value: 1, id: "page_ZZZ" });
    expect((await at.site.get(`/pages?cursor=${foreign}`)).body.data).toEqual([]);
  });

  it.each([
    ["orderBy=version", "orderBy"],
    ["orderBy=", "orderBy"],
    ["orderBy=title;drop", "orderBy"],
    ["direction=up", "direction"],
    ["status=all", "status"],
    ["status=", "status"],
    ["locale=english", "locale"],
    ["slug=A%20B", "slug"],
    ["search=", "search"],
    ["search=%00", "search"],
    ["limit=5&limit=5", "limit"],
    ["status=draft&status=published", "status"],
    ["colour=blue", "colour"],
    ["Limit=5", "Limit"],
    ["__proto__=1", "__proto__"],
    ["constructor=1", "constructor"],
    ["limit[]=5", "limit[]"],
    ["=5", ""],
  ])("%s is refused by name", (query, field) => expectRefused(field, list(query)));

  it("takes every character a search may hold without a fault", async () => {
    const before = await rowCounts();
    for (const search of [
      "\u202e",
      "\u200b",
      "\ud83c",
      "%ED%A0%80",
      "%ff",
      "'\"`",
      "🎉".repeat(90),
      "\u0301",
      "\\",
      "{}[]()",
    ]) {
      const raw = search.startsWith("%") ? search : encodeURIComponent(search.toWellFormed());
      expect([200, 400]).toContain((await at.site.get(`/pages?search=${raw}`)).status);
      expect([200, 400]).toContain((await at.api.get(`/sites?search=${raw}`)).status);
    }
    expect(await rowCounts()).toEqual(before);
  });
});

describe("sites", () => {
  it.each([
    ["an unknown field", { colour: 1 }, "colour"],
    ["an empty name", { name: " " }, "name"],
    ["an endless name", { name: "x".repeat(5_000) }, "name"],
    ["a slug of symbols", { slug: "!!" }, "slug"],
    ["locales that are no list", { locales: "en" }, "locales"],
    [
      "51 locales",
      { locales: Array.from({ length: 51 }, (_, i) => `a${String.fromCharCode(97 + (i % 26))}`) },
      "locales",
    ],
    ["settings that are no object", { settings: [] }, "settings"],
    ["101 settings", { settings: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`s${i}`, i])) }, "settings"],
    ["a token that ends its rule", { designTokens: { color: "red;}body{" } }, "designTokens.color"],
    ["a token that is no name", { designTokens: { "--x": "1" } }, "designTokens.--x"],
    ["an unknown status", { status: "live" }, "status"],
  ])("%s is refused by name and changes nothing", async (_, fields, field) => {
    await expectRefused(
      field,
      () => at.api.post("/sites", { name: "New", ...fields }),
      () => at.site.patch("", fields),
      () => at.site.put("", { name: "New", ...fields }),
    );
  });
});

it("more settings than a row holds, written short, are refused by name", async () => {
  const body = new TextEncoder().encode(`{"name":"New","settings":{"a":${SHORT}}}`);
  await expectRefused(
    "settings",
    () => at.api.send("POST", "/sites", { body }),
    () => at.site.send("PATCH", "", { body }),
    () => at.site.send("PUT", "", { body }),
  );
});

describe("path parameters", () => {
  it.each(["%00", "%ff", "..%2f..", "' OR 1=1 --", "x".repeat(5_000), "🎉", "page_", "null", "%25"])(
    "an id that is none is not found: %s",
    async (id) => {
      for (const path of [`/pages/${id}`, `/deployments/${id}`]) expect((await at.site.get(path)).status).toBe(404);
      expect((await at.api.get(`/sites/${id}`)).status).toBe(404);
      expect((await at.api.get(`/sites/${id}/pages`)).status).toBe(404);
    },
  );
});
