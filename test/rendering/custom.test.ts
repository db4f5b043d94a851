import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CustomBlock, CustomProperty, TemplateBlock } from "../../src/rendering/custom/block.ts";
import { renderDocument } from "../../src/rendering/document.ts";
import { Notes } from "../../src/rendering/notes.ts";

const ID = "block_01KAGW6PSZ0000000000000000";

const property = (name: string, type: CustomProperty["type"], more: Partial<CustomProperty> = {}): CustomProperty => ({
  ...{ name, type, required: false, default: null },
  ...more,
});

function shown(blocks: TemplateBlock[], properties: CustomProperty[], props: Record<string, unknown>) {
  const custom: CustomBlock = { id: ID, version: 1, template: { blocks }, properties };
  const notes = new Notes();
  const page = {
    ...{ title: "Page", locale: "en" },
    blocks: [{ type: `custom:${ID}`, props }],
    seo: { title: null, description: null, ogImage: null, noIndex: false },
  };
  const given = { pictures: new Map(), customBlocks: new Map([[ID, custom]]) };
  const { main } = renderDocument("page", JSON.stringify(page), notes, given);
  return { main, notes: notes.all.map(({ code, path }) => `${code} ${path}`) };
}

const text = (props: Record<string, unknown>, when?: string): TemplateBlock => ({
  type: "TextSection",
  props,
  ...(when && { when }),
});

describe("a value in a template", () => {
  it("a value in a template is escaped by the kind of place it fills, alone or within a text", () => {
    const nasty = `<b onclick=x>"&'`;
    const { main, notes } = shown(
      [
        text({ heading: "{{a}}", html: "<p>Before {{ a }} after</p>" }),
        { type: "ButtonSection", props: { ctaText: "Go to {{a}}", ctaLink: "/find?q={{a}}&n=1" } },
      ],
      [property("a", "text")],
      { a: nasty },
    );
    expect(notes).toEqual([]);
    expect(main).not.toContain("<b");
    expect(main).toContain("<h2>&lt;b onclick=x&gt;&quot;&amp;&#39;</h2>");
    expect(main).toContain("<p>Before &lt;b onclick=x&gt;");
    expect(main).toContain('href="/find?q=%3Cb%20onclick%3Dx%3E%22%26');
  });

  it("a value in a template that is rich text is markup where markup may stand, and words elsewhere", () => {
    const { main } = shown([text({ heading: "{{a}}", html: "{{a}}" })], [property("a", "richText")], {
      a: '<p>Hello <em>you</em><script>alert(1)</script></p><img src=x onerror="alert(2)">',
    });
    expect(main).toContain("<em>you</em>");
    expect(main).toContain("<h2>Hello you</h2>");
    expect(main).not.toMatch(/script|onerror|alert\(2/);
  });

  it("a value in a template that is plain text keeps its paragraphs where rich text stands", () => {
    const { main } = shown([text({ html: "{{a}}" })], [property("a", "text")], { a: "One <1>\n\nTwo" });
    expect(main).toContain("<p>One &lt;1&gt;</p><p>Two</p>");
  });

  it("a value in a template stays a number where it is all there is", () => {
    const { main } = shown(
      [{ type: "PriceList", props: { currency: "USD", items: [{ name: "Rye", price: "{{price}}" }] } }],
      [property("price", "number")],
      { price: 490 },
    );
    expect(main).toContain("$4.90");
  });

  it("a value in a template is an address only where it may be one: nothing that runs, wherever it is put together", () => {
    for (const [address, link] of [
      ["javascript:alert(1)", "{{a}}"],
      ["alert(1)", "javascript:{{a}}"],
      ["//evil.example", "{{a}}"],
      ["data:text/html,<script>alert(1)</script>", "{{a}}"],
    ] as const) {
      const { main, notes } = shown(
        [{ type: "ButtonSection", props: { ctaText: "Go", ctaLink: link } }],
        [property("a", "url")],
        { a: address },
      );
      expect(main).not.toContain("href");
      expect(notes[0]).toMatch(/^unsafe_link blocks\[0\]\.template\.blocks\[0\]\.props\.ctaLink$/);
    }
    const { main } = shown(
      [{ type: "ButtonSection", props: { ctaText: "Mail", ctaLink: "mailto:{{a}}" } }],
      [property("a", "text")],
      { a: "ada@example.com" },
    );
    expect(main).toContain('href="mailto:ada@example.com"');
  });

  it("a value in a template is not looked into for placeholders of its own", () => {
    const { main } = shown(
      [text({ heading: "{{a}}" })],
      [property("a", "text"), property("b", "text", { default: "secret" })],
      { a: "{{b}}" },
    );
    expect(main).toContain("<h2>{{b}}</h2>");
  });
});

describe("a custom block", () => {
  it("a custom block shows a block of its template only where the property it hangs on is true or not empty", () => {
    const blocks = [text({ heading: "Always" }), text({ heading: "Sometimes" }, "more")];
    const headings = (props: object, type: CustomProperty["type"]) =>
      shown(blocks, [property("more", type)], props as never).main.match(/<h2>\w+/g);
    expect(headings({ more: true }, "boolean")).toEqual(["<h2>Always", "<h2>Sometimes"]);
    expect(headings({ more: false }, "boolean")).toEqual(["<h2>Always"]);
    expect(headings({}, "boolean")).toEqual(["<h2>Always"]);
    expect(headings({ more: "yes" }, "text")).toEqual(["<h2>Always", "<h2>Sometimes"]);
    expect(headings({ more: " " }, "text")).toEqual(["<h2>Always"]);
  });

  it("a custom block has its defaults, leaves out what it is not given, and says what it needs and has no use for", () => {
    const { main, notes } = shown(
      [text({ heading: "{{a}}", body: "{{b}}" }), text({ heading: "{{c}} and {{d}}", body: "{{c}}" })],
      [
        property("a", "text", { default: "Default", required: true }),
        property("b", "text", { required: true }),
        property("c", "text"),
        property("d", "number"),
      ],
      { c: "C", d: "four", e: 5 },
    );
    expect(main).toContain("<h2>Default</h2></section>");
    expect(main).toContain("<h2>C and </h2><p>C</p>");
    expect(notes.sort()).toEqual([
      "missing_property blocks[0].props.b",
      "unused_property blocks[0].props.d",
      "unused_property blocks[0].props.e",
    ]);
  });

  it("a custom block that begins with a hero gives its page the heading", () => {
    const { main } = shown([{ type: "HeroSection", props: { title: "{{a}}" } }], [property("a", "text")], {
      a: "Hello",
    });
    expect(main.match(/<h1>[^<]*/g)).toEqual(["<h1>Hello"]);
  });

  it("a custom block that puts a long value into a thousand places ends before the page is too large, and says so", () => {
    const { main, notes } = shown(
      Array.from({ length: 20 }, () => text({ body: "{{a}} ".repeat(1_000) })),
      [property("a", "text")],
      { a: "x".repeat(5_000) },
    );
    expect(main.length).toBeLessThan(1_200_000);
    expect(notes).toEqual(["shortened_text blocks"]);
  });

  it("a custom block lets no script and no markup of a text through, whatever its values are", () => {
    const templates = [
      text({ heading: "{{a}}", body: "x {{a}}" }),
      text({ html: '<p title="{{a}}">{{a}} <a href="{{a}}" title={{a}}>{{a}}</a></p>' }),
      { type: "ButtonSection", props: { ctaText: "{{a}}", ctaLink: "{{a}}" } },
      { type: "ImageSection", props: { src: "{{a}}", alt: "{{a}}", caption: "{{a}}" } },
      { type: "FaqSection", props: { items: [{ question: "{{a}}", html: "{{a}}" }] } },
    ];
    const parts = fc.constantFrom(
      ...[
        "<script>alert(1)</script>",
        "javascript:alert(1)",
        '"',
        "'",
        ">",
        "<img src=x onerror=alert(1)>",
        " onclick=alert(1) ",
      ],
      ...[
        "<svg/onload=alert(1)>",
        "&quot;",
        "{{a}}",
        "-->",
        "</p>",
        "\\",
        "\n",
        "https://example.com/",
        "data:text/html,",
      ],
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 6 }), fc.constantFrom("text", "url", "image"), (pieces, type) => {
        const { main } = shown(templates, [property("a", type as "text")], { a: pieces.join("") });
        expect(main).not.toMatch(/<(?:script|svg|iframe|object)\b/i);
        // No attribute of an element runs anything.
        for (const [tag] of main.matchAll(/<[a-z](?:[^>"]|"[^"]*")*>/gi)) {
          expect(tag.replace(/"[^"]*"/g, "")).not.toMatch(/\son\w+/i);
          expect(tag).not.toMatch(/(?:href|src)="(?:javascript|data):/i);
        }
      }),
      { numRuns: 300, seed: 20_261_129 },
    );
  });
});
