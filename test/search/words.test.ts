import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { fold } from "../../src/core/fold.ts";
import { Client, makeSite, type TestSite } from "../support/client.ts";
import { TestClock } from "../support/fixtures.ts";

const RUNS = 30;
const SPACED = [
  "aàâäãåāăąbcćčçdđeéèêëęěfgğhiíìîïıİjkKlłmnñoóöőøpqrřsśšßẞtuúüűvwxyÿzžæœþðơưạấ",
  "ΆΈαάβγδεέζηήθιίϊκλμνξοόπρσςτυύϋφχψωώ",
  "абвгґдђеёєжзиійїјклљмнњопрстуўфхцчшщъыьэюя",
  "ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآئؤةىـ",
  "אבגדהוזחטיכלמנסעפצקרשת",
  "ԱԲԳաբգև",
  "აბგდᲐᲑ",
  "ａｂｃＤ１２３ﬁﬂ",
].map((letters) => [...letters]);
const SYLLABLES = [
  ["हि", "न्दी", "क्ष", "त्रि", "क़", "की", "ता", "ब"],
  ["שָׁ", "לוֹ", "ם", "עֲ"],
  ["مُ", "حَ", "مَّ", "د"],
  ["தமி", "ழ்", "நா", "டு"],
];
const UNSPACED = [
  [..."我家在上海东边有人民币語言東京牛肉麵𠮷𡈽"],
  [..."あがぱしょっプロダクトをーァｶﾊﾟ々"],
  ["ขนม", "ปัง", "น้ำ", "ร้าน", "ใกล้", "สถานี", "ที่"],
  [..."한국어서울시장에서부산까지값"],
  ["ຂ້າວ", "ນ້ຳ", "ດີ"],
  ["ខ្មែរ", "ភាសា", "ស្រុក"],
  ["မြန်", "မာ", "စာ"],
];

const wordOf = (parts: string[], max = 6) =>
  fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: max }).map((it) => it.join(""));
const among = (alphabets: string[][]) => fc.constantFrom(...alphabets).chain((parts) => wordOf(parts));

/** Words of any scripts between others. */
const spaced = fc
  .record({
    before: fc.array(among([...SPACED, ...SYLLABLES, ...UNSPACED]), { maxLength: 4 }),
    word: among([...SPACED, ...SYLLABLES]),
    after: fc.array(among([...SPACED, ...SYLLABLES, ...UNSPACED]), { maxLength: 4 }),
    gap: fc.constantFrom(" ", ", ", "\n", " – ", "。", "’ ", "/"),
  })
  .map(({ before, word, after, gap }) => ({ text: [...before, word, ...after].join(gap), word }));
/** A word within a sentence that has no spaces. */
const unspaced = fc
  .constantFrom(...UNSPACED)
  .chain((parts) => fc.record({ before: wordOf(parts), word: wordOf(parts), after: wordOf(parts) }))
  .map(({ before, word, after }) => ({ text: before + word + after, word }));

/** The ways one and the same word is written. */
const WRITTEN: Record<string, (word: string) => string> = {
  ...{ asItIs: (it) => it, upper: (it) => it.toUpperCase(), lower: (it) => it.toLowerCase() },
  ...{ composed: (it) => it.normalize("NFC"), decomposed: (it) => it.normalize("NFD") },
  ...{ compatible: (it) => it.normalize("NFKC"), compatiblyApart: (it) => it.normalize("NFKD") },
  bare: (it) => fold(it),
  withoutAccents: (it) => it.normalize("NFD").replace(/(?<![Ии])[\u0300-\u036f]/gu, ""),
};
const writing = fc.constantFrom(...Object.keys(WRITTEN));

const clock = new TestClock();
let at: TestSite;
let platform: Client;

beforeAll(async () => {
  at = await makeSite(clock);
  platform = new Client(clock, at.api.headers, "/api/v1");
});

const seen = async (client: Client, path: string, search: string): Promise<string> =>
  (await client.get(`${path}&search=${encodeURIComponent(search)}`)).text;

describe("words", () => {
  it("a word of a text is found in a page and a post, whatever its script and however it is written", async () => {
    const isFound = async ({ text, word }: { text: string; word: string }, written: string, way: string) => {
      const search = WRITTEN[way]?.(word) as string;
      const blocks = [{ type: "TextSection", props: { body: WRITTEN[written]?.(text) } }];
      const page = await at.site.create("/pages", { title: "Page", blocks });
      const post = await platform.create("/posts", { title: "Post", content: WRITTEN[written]?.(text) });
      if (fold(search) === "") return;
      expect(await seen(at.site, "/pages?limit=100", search)).toContain(page.id);
      expect(await seen(platform, "/posts?per_page=100", search)).toContain(`"id":${post.id},`);
      await at.site.delete(`/pages/${page.id}`);
      await platform.delete(`/posts/${post.id}`);
    };
    await fc.assert(fc.asyncProperty(fc.oneof(spaced, unspaced), writing, writing, isFound), { numRuns: RUNS });
  });

  it("folding a text again changes nothing, and every way of writing it folds to the same", () => {
    fc.assert(
      fc.property(fc.oneof(spaced, unspaced), writing, ({ text }, way) => {
        expect(fold(fold(text))).toBe(fold(text));
        expect(fold(WRITTEN[way]?.(text) as string)).toBe(fold(text));
      }),
    );
  });
});
