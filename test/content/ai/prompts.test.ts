import { describe, expect, it } from "vitest";
import { blockGuide, WRITTEN_BLOCKS } from "../../../src/content/ai/model/block-guide.ts";
import { jsonIn } from "../../../src/content/ai/model/json.ts";
import { readWrittenPage } from "../../../src/content/ai/service/draft.ts";

const page = (blocks: unknown) => readWrittenPage({ title: "A page", blocks }, "en");

describe("what a model is told to write", () => {
  it("every block a model is shown renders with nothing left out, and has no picture and no price", () => {
    expect(Object.keys(blockGuide()).sort()).toEqual([...WRITTEN_BLOCKS].sort());
    for (const [type, { props }] of Object.entries(blockGuide())) {
      expect(page([{ type, props }]), type).toMatchObject({ title: "A page" });
      expect(JSON.stringify(props), type).not.toMatch(/https?:|alt/i);
      expect(Object.keys(props).length, type).toBeGreaterThan(0);
    }
  });

  it("a page of other blocks, with properties nobody shows, dangerous links or no blocks at all is told what is wrong", () => {
    const problemsOf = (blocks: unknown) => (page(blocks) as { problems: string[] }).problems.join("; ");
    expect(problemsOf([])).toContain("blocks: must have at least 1 block");
    expect(problemsOf("text")).toContain("blocks");
    expect(problemsOf([{ type: "ImageSection", props: { src: "https://example.com/a.jpg" } }])).toContain(
      "none of the types",
    );
    expect(problemsOf([{ type: "MadeUp", props: {} }])).toContain("unknown_block MadeUp");
    expect(problemsOf([{ type: "HeroSection", props: { title: "A", headline: "B" } }])).toContain(
      "unused_property headline",
    );
    expect(
      problemsOf([{ type: "HeroSection", props: { title: "A", ctaText: "Go", ctaLink: "javascript:alert(1)" } }]),
    ).toContain("script");
  });

  it("the object in an answer is found between words and fences, and what is cut off is none", () => {
    expect(jsonIn('Sure!\n```json\n{"a": {"b": 1}}\n```')).toEqual({ a: { b: 1 } });
    for (const text of ["", "none", '{"a": ', "}{", "[1]"]) expect(jsonIn(text), text).toBeUndefined();
  });
});
