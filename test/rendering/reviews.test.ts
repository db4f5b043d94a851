import { type DefaultTreeAdapterMap, parseFragment } from "parse5";
import { describe, expect, it } from "vitest";
import { type Reviewed, reviewsSection } from "../../src/rendering/shop/reviews.ts";
import { reviewThingsOf } from "../../src/rendering/structured/reviews.ts";
import { jsonLdScript } from "../../src/rendering/structured/script.ts";
import { PAYLOADS } from "./payloads.ts";

type Node = DefaultTreeAdapterMap["node"];

const OURS = "section h2 p span strong small ul li meter nav a time bdi div br".split(" ");

const review = (said: string) => ({
  ...{ id: "rev_x", rating: 4, title: said, text: said, author: said, isOfBuyer: true },
  ...{ createdAt: "2026-11-20T12:00:00.000Z", answer: said, answeredAt: "2026-11-21T12:00:00.000Z" },
});

const section = (said: string, locale = "en"): Reviewed => ({
  ...{ locale, siteName: said, older: "/shop/products/loaf?reviews=rev_x", newest: null },
  rating: { average: 4.5, count: 2, stars: { 5: 1, 4: 1, 3: 0, 2: 0, 1: 0 } },
  reviews: [review(said)],
});

/** Elements and attributes of some HTML, with its text. */
function partsOf(html: string): { tags: Set<string>; attributes: Set<string>; text: string } {
  const [tags, attributes] = [new Set<string>(), new Set<string>()];
  let text = "";
  const visit = (node: Node): void => {
    if ("tagName" in node) {
      tags.add(node.tagName);
      for (const { name } of node.attrs) attributes.add(name);
    }
    if ("value" in node) text += node.value;
    if ("childNodes" in node) node.childNodes.forEach(visit);
  };
  visit(parseFragment(html));
  return { tags, attributes, text };
}

const expected = partsOf(String(reviewsSection(section("Good"))));

describe("reviews on a page", () => {
  it("scripts, tags and attributes in a review, its author and its answer are text", () => {
    expect([...expected.tags].every((it) => OURS.includes(it))).toBe(true);
    for (const payload of PAYLOADS) {
      const { tags, attributes, text } = partsOf(String(reviewsSection(section(payload))));
      expect([payload, [...tags].filter((it) => !expected.tags.has(it) && it !== "br")]).toEqual([payload, []]);
      expect([payload, [...attributes].filter((it) => !expected.attributes.has(it))]).toEqual([payload, []]);
      const line = payload.trim().split(/[\r\n\0]/)[0] as string;
      expect([payload, text.includes(line)]).toEqual([payload, true]);
    }
  });

  it("what programs are told of a review is data, whatever is in it", () => {
    for (const payload of PAYLOADS) {
      const things = reviewThingsOf([review(payload)]);
      const script = String(jsonLdScript(things));
      expect(script.match(/<\/?script/gi)).toHaveLength(2);
      const json = script.replace(/^<script[^>]*>|<\/script>$/g, "");
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(things)));
    }
  });

  it("the average is said in the page's language, and nothing where there is no review", () => {
    expect(String(reviewsSection(section("Good", "de")))).toContain("4,5 von 5 aus 2 Bewertungen");
    expect(String(reviewsSection({ ...section("Good"), rating: { average: null, count: 0, stars: {} } }))).toBe("");
  });

  it.each(["en", "de", "nl", "fr", "es", "ar"])(
    "in %s a page has stars that are read out, and where there are more",
    (locale) => {
      const html = String(reviewsSection(section("Good", locale)));
      expect(html).toMatch(/role="img" aria-label="[^"{]+">★★★★☆</);
      expect(html).toContain('href="/shop/products/loaf?reviews=rev_x"');
      expect(html).not.toContain("{");
    },
  );
});
