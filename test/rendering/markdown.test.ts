import { describe, expect, it } from "vitest";
import { markdownAddress, pageOfMarkdown } from "../../src/rendering/markdown/address.ts";
import { frontMatter, markdownOf } from "../../src/rendering/markdown/markdown.ts";
import { renderDocument } from "../../src/rendering/document.ts";

const block = (type: string, props: Record<string, unknown>) => ({ type, props });

const pageOf = (...blocks: object[]): Promise<string> => {
  const seo = { title: null, description: null, ogImage: null, noIndex: false };
  return markdownOf(renderDocument("page", JSON.stringify({ title: "Page", locale: "en", blocks, seo })).main);
};

describe("the Markdown of a page", () => {
  it("the Markdown of a page says what its blocks say", async () => {
    const written = await pageOf(
      block("HeroSection", { title: "Fresh bread", subtitle: "one\ntwo", ctaText: "See", ctaLink: "/breads" }),
      block("TextSection", { heading: "Rich", html: "<p>A <b>bold</b> <a href='https://x.example/'>link</a></p>" }),
      block("PriceList", { heading: "Prices", items: [{ name: "Rye", description: "1 kg", price: 650 }] }),
      block("FaqSection", { items: [{ question: "Open?", answer: "Yes." }] }),
      block("Testimonials", { items: [{ quote: "Good.", author: "Ada", role: "regular" }] }),
      block("OpeningHours", { monday: "9–17" }),
    );
    expect(written).toBe(`# Fresh bread

one\\
two

[See](/breads)

## Rich

A **bold** [link](https://x.example/)

## Prices

- **Rye (1 kg)** – €6.50

### Open?

Yes.

> Good.

Ada (regular)

- **Monday** – 9–17
`);
  });

  it("the Markdown of a page has tables, lists, code and pictures", async () => {
    const html =
      "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2|3</td></tr></table><ol start=3><li>x</li></ol><pre><code>a\n  b</code></pre><p><img src='https://x.example/a.jpg' alt='A'></p><dl><dt>term</dt><dd>words</dd></dl>";
    const written = await pageOf(block("TextSection", { html }));
    for (const part of [
      "| a | b    |",
      "| 1 | 2\\|3 |",
      "3. x",
      "```\na\n  b\n```",
      "![A](https://x.example/a.jpg)",
      "term",
    ])
      expect(written).toContain(part);
  });

  it.each([
    "<script>alert(1)</script>",
    "</script>",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "# heading",
    "- item",
    "**bold** _em_ `code` ~~no~~",
    "<https://evil.example>",
    "---",
    "1. one",
    "> quote",
    "[^1]: note",
    "| a | b |\n| - | - |",
    "&lt;b&gt; &amp;",
  ])("the Markdown of a page keeps text that looks like markup as text: %s", async (text) => {
    const written = await pageOf(block("TextSection", { body: text }));
    // What a reader of Markdown makes of it is that text again.
    expect(written).not.toMatch(/(?<!\\)<(?:script|https|b>)|(?<!\\)\]\(|^(?:#|-|>|1\.) (?!Page$)|(?<!\\)\*\*/m);
  });

  it("the Markdown of a page is made in a time that grows with it", async () => {
    const long = await pageOf(block("TextSection", { html: `<p>${"hello <b>world</b> [x] ".repeat(2_000)}</p>` }));
    expect(long.length).toBeGreaterThan(40_000);
    const deep = `${"<ul><li>".repeat(40)}deep${"</li></ul>".repeat(40)}`;
    expect(await pageOf(block("TextSection", { html: deep }))).toContain("deep");
  });

  it("what is known of a document stands before it, whatever is in it", () => {
    expect(frontMatter({ title: 'a "b"\n---', description: null, tags: [], url: "https://x.example/" })).toBe(
      '---\ntitle: "a \\"b\\"\\n---"\nurl: "https://x.example/"\n---\n',
    );
  });

  it.each([
    ["https://x.example/about", "https://x.example/about.md", "about"],
    ["https://x.example/", "https://x.example/index.md", ""],
    ["https://x.example/de/", "https://x.example/de/index.md", "de/"],
    ["https://x.example/index", "https://x.example/index/index.md", "index/"],
    ["https://x.example/blog/news", "https://x.example/blog/news.md", "blog/news"],
  ])("the Markdown of %s has an address that leads back to it", (page, address, path) => {
    expect(markdownAddress(page)).toBe(address);
    expect(pageOfMarkdown(address.slice("https://x.example/".length))).toBe(path);
    expect(pageOfMarkdown(path)).toBeNull();
  });
});
