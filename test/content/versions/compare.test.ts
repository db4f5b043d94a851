import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differences } from "../../../src/content/versions/compare/compare.ts";
import { compareLists } from "../../../src/content/versions/compare/lists.ts";
import { Differ } from "../../../src/content/versions/compare/text.ts";

const block = (type: string, title: string) => ({ type, props: { title } });
const pathsOf = async (before: object, after: object) =>
  (await differences(before as never, after as never)).changes.map(({ path, change }) => `${change} ${path}`);

describe("what differs between two states", () => {
  it("what differs between two states is told by field and by block, and words of texts one by one", async () => {
    const before = {
      title: "Our bakery",
      seo: { title: null, noIndex: false },
      blocks: [block("HeroSection", "Fresh bread every morning"), block("Text", "Stays"), block("Faq", "Gone")],
      version: 1,
      updatedAt: "2026-01-01T00:00:00Z",
    };
    const after = {
      title: "Our bakery",
      seo: { title: "Bread", noIndex: false },
      blocks: [block("Text", "Stays"), block("HeroSection", "Fresh rolls every morning"), block("Map", "New")],
      version: 2,
      updatedAt: "2026-01-02T00:00:00Z",
    };
    const { fields, changes } = await differences(before, after);
    expect(fields).toEqual(["seo", "blocks"]);
    expect(changes).toEqual([
      { path: "seo.title", change: "changed", before: null, after: "Bread" },
      { path: "blocks[2]", change: "removed", from: 2, before: block("Faq", "Gone"), type: "Faq" },
      {
        path: "blocks[1].props.title",
        change: "changed",
        before: "Fresh bread every morning",
        after: "Fresh rolls every morning",
        text: [
          { change: "same", text: "Fresh " },
          { change: "removed", text: "bread" },
          { change: "added", text: "rolls" },
          { change: "same", text: " every morning" },
        ],
        type: "HeroSection",
      },
      { path: "blocks[2]", change: "added", to: 2, after: block("Map", "New"), type: "Map" },
    ]);
  });

  it("a block that is elsewhere has moved, and is not removed and added", async () => {
    const [a, b, c] = [block("A", "1"), block("B", "2"), block("C", "3")];
    expect(await pathsOf({ blocks: [a, b, c] }, { blocks: [c, a, b] })).toEqual(["moved blocks[0]"]);
    expect(await pathsOf({ blocks: [a, a, b] }, { blocks: [a, b, a] })).toEqual(["moved blocks[2]"]);
  });

  it("variants are told apart by their ids, whatever else of them has changed", async () => {
    const [small, large] = [
      { id: "s", title: "Small", price: 1 },
      { id: "l", title: "Large", price: 2 },
    ];
    const after = [
      { ...large, price: 3 },
      { id: "m", title: "Small", price: 1 },
    ];
    expect(await pathsOf({ variants: [small, large] }, { variants: after })).toEqual([
      "removed variants[0]",
      "changed variants[0].price",
      "added variants[1]",
    ]);
  });

  it("a property that has come or gone, or is of another kind, is told with what it was and is", async () => {
    const { changes } = await differences({ props: { a: 1, b: [1], "odd name": "x" } }, { props: { b: "1", c: null } });
    expect(changes).toEqual([
      { path: "props.a", change: "removed", before: 1 },
      { path: "props.b", change: "changed", before: [1], after: "1" },
      { path: 'props["odd name"]', change: "removed", before: "x" },
      { path: "props.c", change: "added", after: null },
    ]);
  });

  it("two states that are the same but for the order of names do not differ", async () => {
    expect(await differences({ seo: { a: 1, b: 2 } }, { seo: { b: 2, a: 1 } })).toEqual({ fields: [], changes: [] });
  });

  it("of a long text that stays, what is next to a change is shown", async () => {
    const words = Array.from({ length: 2_000 }, (_, i) => `word${i}`);
    const other = words.with(1_000, "other").join(" ");
    const [change] = (await differences({ content: words.join(" ") }, { content: other })).changes;
    expect(change).not.toHaveProperty("before");
    expect(change?.text?.map(({ change }) => change)).toEqual(["same", "removed", "added", "same"]);
    expect(JSON.stringify(change).length).toBeLessThan(600);
  });

  it("a text of which too many words differ is compared sentence by sentence", async () => {
    const sentence = (word: string, i: number) => `The ${word} of day ${i} is ${word}, ${word} and ${word} again. `;
    const text = (word: (i: number) => string) => Array.from({ length: 400 }, (_, i) => sentence(word(i), i)).join("");
    const [change] = (
      await differences({ content: text(() => "bread") }, { content: text((i) => (i % 2 ? "bread" : "cake")) })
    ).changes;
    expect(change?.text?.length).toBeGreaterThan(400);
  });

  it("two megabytes that have nothing in common, in texts and lists of any size, are compared at once", async () => {
    const text = (seed: number) => Array.from({ length: 20_000 }, (_, i) => (i * seed) % 9_973).join(" ");
    const list = (seed: number) => Array.from({ length: 50_000 }, (_, i) => (i * seed) % 49_999);
    const texts = (seed: number) =>
      Array.from({ length: 20 }, (_, i) => ({ type: "T", props: { html: text(seed + i) } }));
    const { changes } = await differences(
      { content: text(7), list: list(3), blocks: texts(101) },
      { content: text(11), list: list(5), blocks: texts(301) },
    );
    expect(changes.length).toBeLessThanOrEqual(1_000);
    expect(JSON.stringify(changes).length).toBeLessThan(6_000_000);
  });
});

const entry = fc.oneof(
  fc.record({ type: fc.constantFrom("A", "B"), props: fc.record({ n: fc.nat(3) }) }),
  fc.constantFrom("x", "y"),
  fc.nat(2),
);

describe("the entries of two lists", () => {
  it("the entries of two lists are each in one group, and what is the same is in the same order", async () => {
    const differ = await Differ.load();
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 12 }), fc.array(entry, { maxLength: 12 }), (before, after) => {
        const found = compareLists(differ, before, after);
        if (!found) throw new Error("bounded");
        const { same, moved, changed, removed, added } = found;
        const pairs = [...same, ...moved, ...changed];
        const from = [...pairs.map(([a]) => a), ...removed].sort((a, b) => a - b);
        const to = [...pairs.map(([, b]) => b), ...added].sort((a, b) => a - b);
        expect(from).toEqual([...before.keys()]);
        expect(to).toEqual([...after.keys()]);
        for (const [a, b] of [...same, ...moved]) expect(before[a]).toEqual(after[b]);
        for (const [[a, b], [c, d]] of same.slice(1).map((pair, i) => [same[i] as [number, number], pair] as const))
          expect(a < c && b < d).toBe(true);
      }),
    );
  });

  it("the parts of two texts are each text, whole", async () => {
    const text = fc.string({ unit: "grapheme" });
    await fc.assert(
      fc.asyncProperty(text, text, async (before, after) => {
        const parts = (await Differ.load()).parts(before, after);
        const without = (what: string) => parts.filter(({ change }) => change !== what).map((it) => it.text);
        expect(without("added").join("")).toBe(before);
        expect(without("removed").join("")).toBe(after);
      }),
    );
  });
});
