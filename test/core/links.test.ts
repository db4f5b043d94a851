import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { signLink, verifyLink } from "../../src/core/links.ts";
import { fromBase64Url, seal, toBase64Url, unseal } from "../../src/core/vault.ts";
import { sealedByNewKey } from "../chaos/vault.ts";

/** A link as the key of a number signs it: HMAC-SHA256 under HKDF of the vault's key. */
async function signedBy(number: number, context: string, text: string): Promise<string> {
  const keys = await env.VAULT_OBJECT.getByName("vault").keys();
  const encoder = new TextEncoder();
  const vaultKey = await crypto.subtle.importKey("raw", fromBase64Url(keys[number] as string), "HKDF", false, [
    "deriveBits",
  ]);
  const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: encoder.encode("signing") };
  const bits = await crypto.subtle.deriveBits(derivation, vaultKey, 256);
  const hmac = await crypto.subtle.importKey("raw", bits, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", hmac, encoder.encode(JSON.stringify([context, text])));
  return `${number}.${toBase64Url(new Uint8Array(signature))}`;
}

let token: string;
beforeEach(async () => {
  token = await signLink(env, "order:site_1", "ord_1");
});

describe("a signed link", () => {
  it("a signed link opens what it was signed for, and is the same each time", async () => {
    expect(token).toMatch(/^[1-9]\d*\.[A-Za-z0-9_-]{43}$/);
    expect(await signLink(env, "order:site_1", "ord_1")).toBe(token);
    expect(await verifyLink(env, "order:site_1", "ord_1", token)).toBe(true);
  });

  it("a signed link opens nothing else: no other text, no other context, no other split of the two", async () => {
    const text = fc.string({ unit: "binary", maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(text, text, text, text, async (context, signed, otherContext, other) => {
        const link = await signLink(env, context, signed);
        expect(await verifyLink(env, context, signed, link)).toBe(true);
        const isSame = context === otherContext && signed === other;
        expect(await verifyLink(env, otherContext, other, link)).toBe(isSame);
      }),
      { numRuns: 200 },
    );
    expect(await verifyLink(env, "order:", "site_1ord_1", token)).toBe(false);
    expect(await verifyLink(env, "order:site_1ord_1", "", token)).toBe(false);
  });

  it("a signed link that was cut, lengthened, changed in any place or made up opens nothing", async () => {
    const [number, signature] = token.split(".") as [string, string];
    const changed = [...token].flatMap((_, place) =>
      [..."AB9-_."].map((other) => token.slice(0, place) + other + token.slice(place + 1)),
    );
    const lastBits = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"];
    const forged = [
      ...["", ".", number, signature, `${number}.`, token.slice(0, -1), `${token}A`, `${token}=`, ` ${token}`],
      ...[`${token}\n`, `0.${signature}`, `01.${signature}`, `1e0.${signature}`, `-1.${signature}`, `v1.${token}`],
      ...[`9999.${signature}`, `99999999999.${signature}`, `${number}.${"A".repeat(43)}`, "A".repeat(100_000)],
      ...changed,
      ...lastBits.map((last) => token.slice(0, -1) + last),
    ];
    for (const it of forged.filter((it) => it !== token)) {
      expect(await verifyLink(env, "order:site_1", "ord_1", it), it.slice(0, 80)).toBe(false);
    }
  });

  it("a signed link is signed by a key of its own: nothing that was sealed is one", async () => {
    const [, number, iv, text] = (await seal(env, "order:site_1", "ord_1")).split(".") as [
      string,
      string,
      string,
      string,
    ];
    for (const part of [iv, text, iv + text]) {
      const made = `${number}.${part.slice(0, 43).padEnd(43, "A")}`;
      expect(await verifyLink(env, "order:site_1", "ord_1", made)).toBe(false);
    }
  });

  it("a signed link stays good when the vault's key gets a successor, which then signs", async () => {
    expect(token).toMatch(/^1\./);
    const sealed = await sealedByNewKey("any", "text");
    const made = await signedBy(2, "order:site_1", "ord_1");
    expect(await verifyLink(env, "order:site_1", "ord_1", made), "of a key not heard of yet").toBe(true);
    expect(await unseal(env, "any", sealed)).toBe("text");
    expect(await signLink(env, "order:site_1", "ord_1")).toBe(made);
    expect(await verifyLink(env, "order:site_1", "ord_1", token)).toBe(true);
  });
});
