import { describe, expect, it } from "vitest";
import { generateSecret, secretProblem } from "../../src/webhooks/secret.ts";

const PROBLEM = 'must be "whsec_" followed by the base64 of 24 to 64 bytes';
const base64 = (length: number, byte = 0xfb) => btoa(String.fromCharCode(byte).repeat(length));

describe("a generated secret", () => {
  it("a generated secret is whsec_ and 32 random bytes, and finds no objection", () => {
    const secrets = Array.from({ length: 1_000 }, generateSecret);
    expect(new Set(secrets).size).toBe(1_000);
    for (const secret of secrets) {
      expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
      expect(atob(secret.slice(6))).toHaveLength(32);
      expect(secretProblem(secret)).toBeNull();
    }
  });
});

describe("a secret of one's own", () => {
  it("a secret of one's own may be 24 to 64 bytes long, no less and no more", () => {
    for (let bytes = 0; bytes <= 100; bytes += 1) {
      const problem = bytes >= 24 && bytes <= 64 ? null : PROBLEM;
      expect(secretProblem(`whsec_${base64(bytes)}`), `${bytes} bytes`).toBe(problem);
    }
    expect(secretProblem("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).toBeNull();
  });

  it.each([
    ["nothing", ""],
    ["only the prefix", "whsec_"],
    ["no prefix", base64(32)],
    ["another prefix", `whsk_${base64(32)}`],
    ["the prefix in capitals", `WHSEC_${base64(32)}`],
    ["the prefix twice", `whsec_whsec_${base64(32)}`],
    ["a space before", ` whsec_${base64(32)}`],
    ["a line end after", `whsec_${base64(32)}\n`],
    ["white space inside", `whsec_${base64(30).slice(0, 20)} ${base64(30).slice(20)}`],
    ["the URL-safe alphabet", `whsec_${base64(32).replaceAll("+", "-").replaceAll("/", "_")}`],
    ["no padding where it belongs", `whsec_${base64(32).replace("=", "")}`],
    ["half the padding", `whsec_${base64(31).replace("==", "=")}`],
    ["too much padding", `whsec_${base64(32)}=`],
    ["padding where none belongs", `whsec_${base64(30)}=`],
    ["padding inside", `whsec_${base64(31)}${base64(24)}`],
    ["bits that no byte holds", `whsec_${base64(31, 0).replace("A==", "B==")}`],
    ["a length no base64 has", `whsec_${base64(30)}A`],
    ["letters of other scripts", `whsec_${"é".repeat(40)}`],
    ["full-width letters", `whsec_${"Ａ".repeat(40)}`],
    ["two secrets", `whsec_${base64(24)} whsec_${base64(24)}`],
    ["a megabyte", `whsec_${"A".repeat(1 << 20)}`],
  ])("a secret of one's own may not be %s", (_, secret) => {
    expect(secretProblem(secret)).toBe(PROBLEM);
  });
});
