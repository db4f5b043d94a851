import { beforeAll, describe, expect, it } from "vitest";
import { makeSite, type TestSite } from "../../support/client.ts";
import { TestClock } from "../../support/fixtures.ts";
import { expectRefused, rowCounts, SHORT } from "./refusals.ts";

const clock = new TestClock();
let at: TestSite;
let pageId: string;

beforeAll(async () => {
  at = await makeSite(clock);
  pageId = (await at.site.create("/pages", { title: "Target", slug: "target" })).id;
});

const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });

describe("bodies", () => {
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
    [
      "an integer beyond 2^53 deep down",
      '{"title":"T","blocks":[{"type":"A","props":{"id":9007199254740993}}]}',
      "blocks.0.props.id",
    ],
    [
      "a negative one",
      '{"title":"T","blocks":[{"type":"A","props":{"ids":[1,-9007199254740993]}}]}',
      "blocks.0.props.ids.1",
    ],
    [
      "one written as a fraction",
      '{"title":"T","blocks":[{"type":"A","props":{"id":9007199254740993.0}}]}',
      "blocks.0.props.id",
    ],
    [
      "one written with an exponent",
      '{"title":"T","blocks":[{"type":"A","props":{"id":90071992547409930e2}}]}',
      "blocks.0.props.id",
    ],
    ["a name given twice", '{"title":"T","title":"U"}', "title"],
    ["a name given twice, once escaped", '{"title":"T","t\\u0069tle":"U"}', "title"],
    [
      "a name given twice deep down",
      '{"title":"T","blocks":[{"type":"A"},{"type":"A","props":{"a":1,"b":{"c":[{"d":1,"d":1}]}}}]}',
      "blocks.1.props.b.c.0.d",
    ],
    [
      "an empty name given twice, far apart",
      '{"title":"T","blocks":[{"type":"A","props":{"":[1,{"x":"}"}],"y":2,"":3}}]}',
      "blocks.0.props.",
    ],
    ["NaN's place taken by infinity", '{"title":"T","navigation":{"order":1e999}}', "navigation.order"],
  ])("a body: %s is refused by name", async (_, text, field) => {
    await expectRefused(field, ...raw(text));
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

  it("the answer to a bad body names a hundred of a hundred thousand wrong fields, and no endless name in full", async () => {
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
