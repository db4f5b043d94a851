import fc from "fast-check";
import { expect, it } from "vitest";
import { line, UrlSchema, isWebUrl } from "../../src/core/fields.ts";
import { isIpRule } from "../../src/core/keys/allowed-ips.ts";
import {
  IP_RULE,
  LINE,
  PUBLIC_URL,
  SECRET,
  TIME_OR_MOMENT,
  WEB_URL,
  WEB_URL_OR_PATH,
} from "../../src/core/patterns.ts";
import { secretProblem } from "../../src/webhooks/secret.ts";
import { checkTarget } from "../../src/core/target.ts";

const SEED = 20_261_128;

/** A label that begins like punycode has to be it; which bytes and names are public, no pattern tells. */
const isPublic = (url: string): boolean => {
  const target = checkTarget(url, false);
  return !("problem" in target) || /private network|no other service|must be a public/.test(target.problem);
};

it.each<[name: string, pattern: string, isTaken: (text: string) => boolean]>([
  ["lines", LINE, (it) => [...it].length > 300 || line(300).safeParse(it).success],
  ["addresses and blocks", IP_RULE, isIpRule],
  ["secrets", SECRET, (it) => secretProblem(it) === null],
  ["web addresses", WEB_URL, (it) => /xn--/i.test(it) || isWebUrl(it)],
  ["links", WEB_URL_OR_PATH, (it) => it.length > 2_000 || /xn--/i.test(it) || UrlSchema.safeParse(it).success],
  ["addresses of webhooks", PUBLIC_URL, (it) => it.length > 600 || /xn--/i.test(it) || isPublic(it)],
])("%s that the described pattern allows are taken", (_, pattern, isTaken) => {
  fc.assert(
    fc.property(fc.stringMatching(new RegExp(pattern, "u")), (text) => {
      expect([text, isTaken(text)]).toEqual([text, true]);
    }),
    { numRuns: 300, seed: SEED },
  );
});

const LINES = ["Café", " spaced ", "🥐", "مخبز", "a\u200bb", "\tTabbed\n", "Zürich – Köln", "x".repeat(200)];
const NO_LINES = ["", "  ", "two\nlines", "\u202eturned", "\u200b", "\u0000", "a\u2028b", "\u0301", "\u3164"];

it("what is one line is the same to the pattern and to the field", () => {
  const matches = (text: string) => new RegExp(LINE, "u").test(text);
  for (const text of [...LINES, ...NO_LINES]) {
    expect([text, matches(text)]).toEqual([text, line(200).safeParse(text).success]);
  }
  expect([LINES.every(matches), NO_LINES.some(matches)]).toEqual([true, false]);
});

it("every pattern is read alike without the flag for Unicode, and has no class that dialects read differently", () => {
  for (const pattern of [LINE, IP_RULE, SECRET, WEB_URL, WEB_URL_OR_PATH, PUBLIC_URL, TIME_OR_MOMENT]) {
    expect(() => new RegExp(pattern)).not.toThrow();
    expect(pattern).not.toMatch(/\\[pPdDwW]|\(\?[<=!]/);
  }
});

it("lengths are counted in characters, not in what they take in memory", () => {
  expect(line(3).safeParse("🥐🥐🥐").success).toBe(true);
  expect(line(3).safeParse("🥐🥐🥐🥐").success).toBe(false);
});
