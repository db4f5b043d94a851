import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generateKey, hashKey, isWellFormedKey, keyPrefix } from "../../../src/core/keys/key-format.ts";

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const PRINTABLE = Array.from({ length: 95 }, (_, n) => String.fromCharCode(32 + n));
const environments = ["live", "sandbox"] as const;

describe("a key's value", () => {
  it("a key's value has a brand, an environment, 30 random characters and 6 of checksum", () => {
    for (const environment of environments) {
      const key = generateKey("optimo", environment);
      expect(key).toMatch(new RegExp(`^optimo_${environment}_[0-9A-Za-z]{36}$`));
      expect(isWellFormedKey(key)).toBe(true);
    }
    expect(isWellFormedKey(generateKey("sk", "live"))).toBe(true);
  });

  it("a key's value carries 178 random bits: every character is as likely as any other, at every place", () => {
    expect(Math.floor(30 * Math.log2(62))).toBe(178);
    const keys = Array.from({ length: 3_000 }, () => generateKey("optimo", "live").slice(12, 42));
    expect(new Set(keys).size).toBe(keys.length);
    const counts = new Map<string, number>();
    for (const char of keys.join("")) counts.set(char, (counts.get(char) ?? 0) + 1);
    const expected = (keys.length * 30) / 62;
    expect([...counts.keys()].sort().join("")).toBe(BASE62);
    // Twelve standard deviations: never by chance, always with a modulo that is not uniform.
    for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(12 * Math.sqrt(expected));
    for (let place = 0; place < 30; place += 1) expect(new Set(keys.map((key) => key[place])).size).toBe(62);
  });

  it("a key's value is refused after any change of any single character", () => {
    for (const environment of environments) {
      const key = generateKey("optimo", environment);
      for (let place = 0; place < key.length; place += 1) {
        for (const char of PRINTABLE) {
          const changed = key.slice(0, place) + char + key.slice(place + 1);
          expect(isWellFormedKey(changed)).toBe(char === key[place]);
        }
      }
    }
  });

  it("a key's value is refused after two neighbours are swapped, and shortened or lengthened by one", () => {
    fc.assert(
      fc.property(fc.nat(47), fc.constantFrom(...BASE62), (place, char) => {
        const key = generateKey("optimo", "live");
        const swapped = key.slice(0, place) + (key[place + 1] ?? "") + (key[place] ?? "") + key.slice(place + 2);
        if (swapped !== key) expect(isWellFormedKey(swapped)).toBe(false);
        expect(isWellFormedKey(key.slice(0, place) + key.slice(place + 1))).toBe(false);
        expect(isWellFormedKey(key.slice(0, place) + char + key.slice(place))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it("a key's value never takes other text for a key", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 80 }), fc.string({ unit: "binary" })), (text) => {
        expect(isWellFormedKey(text)).toBe(false);
      }),
      { numRuns: 5_000 },
    );
    expect(isWellFormedKey(`${generateKey("optimo", "live")}\n`)).toBe(false);
  });

  it("a key's value is listed by its first characters only, and stored as its SHA-256", async () => {
    const key = generateKey("optimo", "sandbox");
    expect(keyPrefix(key)).toBe(key.slice(0, "optimo_sandbox_".length + 6));
    expect(await hashKey("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});
