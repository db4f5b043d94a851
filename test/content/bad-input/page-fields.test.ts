import { beforeAll, describe, expect, it } from "vitest";
import { makeSite, type TestSite } from "../../support/client.ts";
import { TestClock } from "../../support/fixtures.ts";
import { expectRefused } from "./refusals.ts";

const clock = new TestClock();
let at: TestSite;
let pageId: string;

beforeAll(async () => {
  at = await makeSite(clock);
  pageId = (await at.site.create("/pages", { title: "Target", slug: "target" })).id;
});

/** The same fields in a new page, a change and a replacement. */
const everyWrite = (fields: object) => [
  () => at.site.post("/pages", { title: "New", ...fields }),
  () => at.site.patch(`/pages/${pageId}`, fields),
  () => at.site.put(`/pages/${pageId}`, { title: "Target", ...fields }),
];

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
    ["another only we set", { updatedAt: "2020-01-01T00:00:00Z" }, "updatedAt"],
    ["another tenant", { workspaceId: 1 }, "workspaceId"],
    ["a field named constructor", { constructor: 1 }, "constructor"],
    ["a field named toString", { toString: 1 }, "toString"],
    ["a field named hasOwnProperty", { hasOwnProperty: 1 }, "hasOwnProperty"],
  ])("a page's body: %s is refused by name and changes nothing", async (_, fields, field) => {
    const body = JSON.parse(JSON.stringify(fields));
    const writes = everyWrite(body);
    // Without a title a new page and a replacement lack it; a change does not.
    if ("title" in fields && fields.title === undefined) {
      const without = () => at.site.post("/pages", body);
      return expectRefused(field, without, () => at.site.put(`/pages/${pageId}`, body));
    }
    await expectRefused(field, ...writes);
  });

  it("a page's body: an address in a prop that is text stays text", async () => {
    const props = { title: "JavaScript: the good parts", href: "/javascript:x", image: "data:image/png;base64,AA==" };
    expect((await at.site.create("/pages", { title: "Text", ...block(props) })).blocks[0].props).toEqual(props);
  });

  it("a page's body: a change that names nothing is refused", () =>
    expectRefused(
      "body",
      () => at.site.patch(`/pages/${pageId}`, {}),
      () => at.site.patch("", {}),
    ));
});
