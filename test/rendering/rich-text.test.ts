import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Notes } from "../../src/rendering/notes.ts";
import { cleanHtml } from "../../src/rendering/text/rich-text.ts";
import { PAYLOADS } from "./payloads.ts";

const clean = (source: string): string => cleanHtml(source, new Notes(), "content");

/** What is said to be left out, and why. */
const told = (source: string): string[] => {
  const notes = new Notes();
  cleanHtml(source, notes, "content");
  return notes.all.map(({ code, what }) => `${code} ${what}`);
};

const TAGS = (
  "p div section b i a em span h1 h2 h5 ul ol li dl dt dd table caption thead tbody tfoot tr td th col pre br hr blockquote " +
  "button form select option svg math mtext style script template textarea title noscript img picture source xmp body ruby rt x-y"
).split(" ");
const tag = fc.constantFrom(...TAGS);
const attribute = fc.constantFrom(
  "",
  ' href="#a"',
  ' href="/x?a=1&quote=2"',
  ' id="y"',
  ' colspan="2"',
  " href=//e",
  ' start="3"',
  ' src="/a.png" alt="a&quot;b"',
  ' src="https://e.example/x?a=1&amp=2" width=20',
);
const piece = fc.oneof(
  tag.map((name) => `</${name}>`),
  fc.tuple(tag, attribute).map(([name, it]) => `<${name}${it}>`),
  fc.constantFrom(
    "text",
    "\n",
    "\n\n",
    " ",
    "&lt;",
    "&amp;lt;",
    "&nbsp;",
    "<!--",
    "-->",
    "<",
    ">",
    '"',
    "a<b",
    "&quote",
    "\0",
    "\r\n",
  ),
);

describe("rich text", () => {
  it.each([
    ["60 rows", `<table>${Array.from({ length: 60 }, (_, n) => `<tr><td>${n}<td>x`).join("")}</table>`, "<tr>", 60],
    ["60 items", `<ul>${Array.from({ length: 60 }, (_, n) => `<li>${n}`).join("")}</ul>`, "<li>", 60],
    ["60 paragraphs", Array.from({ length: 60 }, (_, n) => `<p>${n}`).join(""), "<p>", 60],
    ["60 terms", `<dl>${Array.from({ length: 60 }, (_, n) => `<dt>${n}<dd>x`).join("")}</dl>`, "<dd>", 60],
  ])("rich text keeps all of %s whose end tags are left out, as HTML allows", (_, source, part, times) => {
    expect(clean(source).split(part)).toHaveLength(times + 1);
    expect(clean(source)).toContain("59");
  });

  it.each([
    "https://social.example/share?u=1&quote=Fresh",
    "https://shop.example/p?sku=1&gtin=4006381333931",
    "https://shop.example/list?price&gt=5&lt=9",
    "https://stats.example/?id=1&amplitude=3&copy=1&para=2&section=3",
  ])("rich text keeps parameters of a link that are called like an entity: %s", (address) => {
    const shown = clean(`<a href="${address}">x</a>`);
    expect(shown).toBe(`<a href="${address.replaceAll("&", "&amp;")}">x</a>`);
  });

  it.each([
    ["a pasted picture", `<img src="data:image/png;base64,${"A".repeat(1_500)}" alt="x">`],
    ["a comment", `<!-- ${"note ".repeat(250)}-->`],
    ["a tag of many attributes", `<a ${'x="y" '.repeat(100_000)}>`],
    ["a tag of many different attributes", `<a ${Array.from({ length: 60_000 }, (_, n) => `a${n}`).join(" ")}>`],
    ["a tag made long by what is taken out", `<i ${"x".repeat(600)}<script></script>${"y".repeat(600)}>`],
  ])("rich text never shows its source, however long %s is", (_, long) => {
    const shown = clean(`<p>Before</p>${long}<p>After <strong>bold</strong></p>`);
    expect(shown).toContain("<strong>bold</strong>");
    expect(shown).not.toContain("&lt;");
  });

  it.each([
    ["<h1>One</h1><h5>Five</h5><h6>Six</h6>", "<h2>One</h2><h5>Five</h5><h6>Six</h6>"],
    ['<ol start="5" type="a"><li value="7">x</li></ol>', '<ol start="5" type="a"><li value="7">x</li></ol>'],
    ['<table><tbody><tr><th colspan="2" scope="col">x</th></tr></tbody></table>', null],
    ['<p><a href="#terms">down</a></p><h2 id="terms">Terms</h2>', null],
    ["<div>one</div><div>two</div>", "<p>one</p><p>two</p>"],
    ["<pre>\n\n  a\n  b</pre>", null],
    ['<p lang="ar" dir="rtl">x</p>', null],
    ["one\ntwo\n\nthree & four", "<p>one<br>two</p><p>three &amp; four</p>"],
    ["<b><i>x</b>y</i>", "<b><i>x</i></b><i>y</i>"],
  ])("rich text keeps its meaning: %s", (source, shown) => {
    expect(clean(source)).toBe(shown ?? source);
  });

  it.each([
    ['<p>See <img src="http://img.example/a.jpg" alt="x"></p>', "dropped_image http://img.example/a.jpg"],
    ["<img src='data:image/png;base64,AA=='>", "dropped_image data:image/png;base64,AA=="],
    ["<img alt=x>", "dropped_image img"],
    ["<svg><path></svg>", "dropped_image svg"],
    ["<video src=/v.mp4></video>", "dropped_element video /v.mp4"],
    ['<iframe src="https://x.example"></iframe>', "dropped_element iframe https://x.example"],
    ["<script>alert(1)</script>", "dropped_element script"],
    ["<blink>x</blink>", "dropped_element blink"],
    ['<a href="javascript:alert(1)">x</a>', "unsafe_link javascript:alert(1)"],
    ['<a href="contact">x</a>', "relative_link contact"],
    ['<p style="color:red" onclick="x">x</p>', "dropped_attribute style, onclick"],
    [`<p>${"<b>".repeat(60)}x`, "dropped_element b, nested deeper than 50"],
  ])("rich text loses nothing in silence: %s", (source, note) => {
    expect(told(source)).toContain(note);
  });

  it("rich text tells of nothing when nothing is lost", () => {
    expect(told('<h2 id="a">x</h2><p>y <a href="/b">z</a> <em>e</em></p><!-- c --><div>d</div>')).toEqual([]);
  });

  it("rich text that is cleaned again is the same, whatever it was", () => {
    for (const payload of PAYLOADS) expect(clean(clean(payload))).toBe(clean(payload));
    const property = fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const once = clean(pieces.join(""));
      expect(clean(once)).toBe(once);
    });
    fc.assert(property, { numRuns: 1_000 });
  });

  it.each([
    ["links open in every paragraph", `<a href="/${"x".repeat(1_000)}">${"<p>x".repeat(30_000)}`],
    ["formatting open in every paragraph", Array.from({ length: 8_000 }, (_, n) => `<p><b id=${n}>x</p>`).join("")],
    ["boxes in boxes", "<div>".repeat(30_000)],
    ["lines before a table", `<table>${"<br>x".repeat(30_000)}`],
    ["much in misplaced formatting", `<b><p>${"x<br>".repeat(30_000)}</b>`],
    ["unclosed everything", "<table><tr><td><b><a href=x><p><ul><li>".repeat(4_000)],
    ["ends of nothing", `${"<b>".repeat(1_000)}${"</i>".repeat(30_000)}`],
  ])("rich text takes no time out of proportion: %s", (_, source) => {
    expect(clean(source).length).toBeLessThan(8 * source.length + 100_000);
  });
});
