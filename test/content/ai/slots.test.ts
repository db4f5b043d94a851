import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { guard, unguard } from "../../../src/content/ai/text/guarded.ts";
import { isMarkup, isText, isTextName, placeOf } from "../../../src/content/ai/text/places.ts";
import { filledSlots, shownSlots, type Slot, slotsOf, withTexts } from "../../../src/content/ai/text/slots.ts";
import { INTRICATE } from "./world.ts";

const address = fc.webUrl({ withQueryParameters: true, withFragments: true });
const words = fc
  .array(fc.constantFrom("Bread", "und", "Butter", "café", "面包", "2 €", "&", "a < b"), { minLength: 1 })
  .map((it) => it.join(" "));
const code = fc.constantFrom("`npm i`", "{{name}}", "%(price)s", "%s", "me@example.com", "[[1]]");
const markup = fc
  .array(
    fc.oneof(
      words,
      code,
      address.map((it) => `<a href="${it.replaceAll('"', "%22")}">`),
      fc.constant("</a>"),
      fc.constant("<code>let a = 1;</code>"),
      fc.constant("&eacute;"),
    ),
  )
  .map((it) => it.join(" "));
const value = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(
      words,
      markup,
      address,
      code,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.constant("page_01KAGW6PSZ0000000000000000"),
    ),
    fc.array(tie("node"), { maxLength: 4 }),
    fc.dictionary(
      fc.constantFrom("title", "html", "url", "id", "code", "items", "text", "__proto__", "imageAlt"),
      tie("node"),
      { maxKeys: 5 },
    ),
  ),
})).node;

/** All of a value but what stands at these places. */
const skeleton = (whole: unknown, slots: readonly Slot[]): string =>
  JSON.stringify(withTexts(whole, new Map(slots.map(({ path }) => [placeOf(path), ""]))));

describe("texts of a page", () => {
  it("texts come back byte for byte as they were where a model changes none of them", () => {
    fc.assert(
      fc.property(value, (whole) => {
        const slots = slotsOf(whole);
        const filled = filledSlots(slots, { texts: shownSlots(slots) });
        if (!("texts" in filled)) throw new Error(filled.problems.join("; "));
        expect(JSON.stringify(withTexts(whole, filled.texts))).toBe(JSON.stringify(whole));
      }),
    );
  });

  it("whatever a model answers, all but the texts stays byte for byte, and what is kept of a text stays in it", () => {
    const answers = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(fc.constantFrom("1", "2", "3", "__proto__"), fc.oneof(fc.string(), words, code)),
    );
    fc.assert(
      fc.property(value, answers, fc.boolean(), (whole, answer, isShuffled) => {
        const slots = slotsOf(whole);
        const given = Object.entries(shownSlots(slots)).map(([name, text]) => [
          name,
          isShuffled ? `${text} neu` : text,
        ]);
        const filled = filledSlots(slots, { texts: { ...Object.fromEntries(given), ...(Object(answer) as object) } });
        if ("problems" in filled) return;
        const after = withTexts(whole, filled.texts);
        expect(skeleton(after, slots)).toBe(skeleton(whole, slots));
        for (const { path, kept } of slots) {
          const text = filled.texts.get(placeOf(path)) as string;
          let from = 0;
          for (const part of kept) {
            const at = text.indexOf(part, from);
            expect(at, `${part} in ${text}`).toBeGreaterThanOrEqual(0);
            from = at + part.length;
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it("texts are those that people read: no address, id, code, setting or file", () => {
    expect(slotsOf(INTRICATE.blocks).map(({ text }) => text)).toEqual([
      "Fresh bread, every morning",
      "Ask [[1]] or write to [[2]]",
      "See all breads",
      "How",
      "[[1]]We use [[2]]good flour[[3]] [[4]] water.[[5]]Enough.[[6]]",
      "One",
    ]);
    for (const name of ["ctaLink", "imageUrl", "id", "productId", "className", "variant", "code"])
      expect(isTextName(name), name).toBe(false);
    for (const name of ["title", "ctaText", "imageAlt", "linkText", "body", "answer"])
      expect(isTextName(name), name).toBe(true);
    for (const it of [
      "/contact",
      "#top",
      "mailto:a@b.c",
      "hero_01",
      "example.com/x",
      "photo.jpg",
      "12.50",
      "primaryButton",
    ])
      expect(isText(it), it).toBe(false);
    for (const it of ["Contact", "contact", "We bake.", "9 to 5", "Bäckerei"]) expect(isText(it), it).toBe(true);
  });

  it("an answer is refused that has markup, an address, a line or a control character that was not there, or endless words", () => {
    const refused = (answer: unknown, text = "Fresh bread") =>
      "problem" in unguard(guard(text, false), answer, { isMarkup: false });
    for (const answer of [
      "<b>x</b>",
      "javascript:alert(1)",
      "https://evil.example",
      "//evil.example",
      "a\nb",
      "a\u0000b",
      "\u202ea",
      "",
      "  ",
      7,
      null,
      ["a"],
      "x".repeat(600),
      "a [[1]]",
    ])
      expect(refused(answer), JSON.stringify(answer)).toBe(true);
    for (const answer of ["Frisches Brot", "5 < 6", "Brot & Butter: täglich"])
      expect(refused(answer), answer).toBe(false);
  });

  it.each(["a", "a.", "<a ", "<code>", "<pre x ", "<!--", '<a "', "a@b."])(
    "a long text of nothing but %s is read once, not from each of its characters again",
    { timeout: 5_000 },
    (unit) => {
      for (const markup of [true, false]) {
        const whole = `Bread ${unit.repeat(100_000 / unit.length)}`;
        const slot = guard(whole, markup);
        expect(unguard(slot, slot.text, { isMarkup: markup })).toEqual({ text: whole });
        expect(isMarkup("text", whole)).toBe(whole.includes(">"));
      }
    },
  );

  it("what is never closed in rich text is kept to the end of it", () => {
    expect(guard("Bread <code>let a", true)).toEqual({ text: "Bread [[1]]", kept: ["<code>let a"] });
    expect(guard("Bread <!-- or", true)).toEqual({ text: "Bread [[1]]", kept: ["<!-- or"] });
  });

  it("what a model writes into rich text is text there", () => {
    const it = guard("<p>Bread</p>", true);
    expect(unguard(it, "[[1]]Brot & a < b[[2]]", { isMarkup: true })).toEqual({ text: "<p>Brot &amp; a &lt; b</p>" });
  });
});
