import { abortAllDurableObjects, evictAllDurableObjects, listDurableObjectIds, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { Env } from "../../src/env.ts";
import { databaseText, keyValueText, storedInObjects } from "../faults/storage.ts";

type Vault = typeof import("../../src/core/vault.ts");

let isolates = 0;

/** The module as a new isolate has it: with no key learned yet. */
function freshIsolate(): Promise<Vault> {
  isolates += 1;
  return import(/* @vite-ignore */ `../../src/core/vault.ts?isolate=${isolates}`);
}

const SEALED = /^v1\.1\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]+$/;
const vaultKeys = async (): Promise<Record<string, string>> => env.VAULT_OBJECT.getByName("vault").keys();

/** Bindings whose vault answers this, or throws it; counts how often it was asked. */
function standIn(answer: (call: number) => Promise<unknown>): { bindings: Env; asked: () => number } {
  let count = 0;
  const keys = () => {
    count += 1;
    return answer(count);
  };
  const VAULT_OBJECT = { getByName: () => ({ keys }) } as unknown as Env["VAULT_OBJECT"];
  return { bindings: { ...env, VAULT_OBJECT }, asked: () => count };
}

let vault: Vault;
beforeEach(async () => {
  vault = await freshIsolate();
});

describe("the vault's key", () => {
  it("the vault's key is one, however many callers are the first to need it", async () => {
    await reset();
    expect(await storedInObjects(env.VAULT_OBJECT)).toEqual([]);
    const five = await Promise.all(Array.from({ length: 5 }, freshIsolate));
    const callers = Array.from({ length: 50 }, (_, n) => five[n % 5] as Vault);
    const sealed = await Promise.all(callers.map((it, n) => it.seal(env, "webhook:1", `secret ${n}`)));
    const opened = await Promise.all(sealed.map((text) => vault.unseal(env, "webhook:1", text)));
    expect(opened).toEqual(callers.map((_, n) => `secret ${n}`));
    expect(Object.keys(await vaultKeys())).toEqual(["1"]);
    expect(await listDurableObjectIds(env.VAULT_OBJECT)).toHaveLength(1);
  });

  it("the vault's key has 256 bits, and survives crashes, evictions and new isolates", async () => {
    const keys = await vaultKeys();
    expect(keys["1"]).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const sealed = await vault.seal(env, "webhook:1", "whsec_abc");
    for (const interrupt of [abortAllDurableObjects, evictAllDurableObjects]) {
      await interrupt();
      expect(await vaultKeys()).toEqual(keys);
      expect(await (await freshIsolate()).unseal(env, "webhook:1", sealed)).toBe("whsec_abc");
    }
  });

  it("the vault's key lies in the vault's storage and nowhere else", async () => {
    const key = (await vaultKeys())["1"] as string;
    await vault.seal(env, "webhook:1", "whsec_abc");
    expect((await storedInObjects(env.VAULT_OBJECT)).join()).toContain(key);
    const places = await Promise.all([
      ...[databaseText(), keyValueText(), storedInObjects(env.KEY_OBJECT)],
      ...[storedInObjects(env.LEDGER_OBJECT), storedInObjects(env.SCHEDULER_OBJECT)],
    ]);
    expect(places.flat().join()).not.toContain(key);
  });

  it("the vault's key is asked for once, then remembered", async () => {
    const { bindings, asked } = standIn(vaultKeys);
    const sealed = await vault.seal(bindings, "webhook:1", "a");
    for (let n = 0; n < 10; n += 1) await vault.unseal(bindings, "webhook:1", sealed);
    await vault.seal(bindings, "webhook:1", "b");
    expect(asked()).toBe(1);
  });

  it("the vault's key may get a successor: the newest seals, all open, and isolates with older ones learn", async () => {
    const first = await vaultKeys();
    const second = { ...first, "2": (first["1"] as string).split("").reverse().join("").replace(/.$/, "A") };
    const before = standIn(async () => first).bindings;
    const after = standIn(async () => second).bindings;
    const old = await vault.seal(before, "webhook:1", "old");
    const sealed = await (await freshIsolate()).seal(after, "webhook:1", "new");
    expect(old).toMatch(/^v1\.1\./);
    expect(sealed).toMatch(/^v1\.2\./);
    expect(await vault.unseal(after, "webhook:1", sealed)).toBe("new");
    expect(await vault.unseal(after, "webhook:1", old)).toBe("old");
  });

  it("the vault's key that cannot be had makes the service unavailable, and is asked for again later", async () => {
    const broken = standIn(() => Promise.reject(new Error("Network connection lost.")));
    await expect(vault.seal(broken.bindings, "webhook:1", "a")).rejects.toMatchObject({ code: "unavailable" });
    const sealed = await (await freshIsolate()).seal(env, "webhook:1", "a");
    await expect(vault.unseal(broken.bindings, "webhook:1", sealed)).rejects.toMatchObject({ code: "unavailable" });
    expect(await vault.unseal(env, "webhook:1", sealed)).toBe("a");
    const lost = Object.assign(new Error("Network connection lost."), { retryable: true });
    const flaky = standIn((call) => (call === 1 ? Promise.reject(lost) : vaultKeys()));
    expect(await (await freshIsolate()).unseal(flaky.bindings, "webhook:1", sealed)).toBe("a");
    expect(flaky.asked()).toBe(2);
  });
});

describe("a sealed text", () => {
  const text = fc.string({ unit: "binary", maxLength: 300 });

  it("a sealed text opens to what was sealed, never twice the same, and shows none of it", async () => {
    await fc.assert(
      fc.asyncProperty(text, text, async (context, plaintext) => {
        const [sealed, again] = [
          await vault.seal(env, context, plaintext),
          await vault.seal(env, context, plaintext),
        ] as const;
        expect(sealed).toMatch(SEALED);
        expect(again).not.toBe(sealed);
        expect(await vault.unseal(env, context, sealed)).toBe(plaintext);
      }),
      { numRuns: 500 },
    );
    const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const sealed = await vault.seal(env, "webhook:1", secret);
    const bytes = atob((sealed.split(".")[3] as string).replaceAll("-", "+").replaceAll("_", "/"));
    for (const shown of [sealed, bytes]) {
      for (const part of [secret, secret.slice(6), btoa(secret), secret.slice(6, 12)]) {
        expect(shown.includes(part)).toBe(false);
      }
    }
  });

  it("a sealed text may be a megabyte long", async () => {
    const plaintext = "é".repeat(1 << 19);
    expect(await vault.unseal(env, "a", await vault.seal(env, "a", plaintext))).toBe(plaintext);
  });

  it("a sealed text does not open after a change of any character", async () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ";
    for (const plaintext of ["", "a", "ab", "abc", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]) {
      const sealed = await vault.seal(env, "webhook:1", plaintext);
      for (let place = 0; place < sealed.length; place += 1) {
        // The last characters hold bits of no byte: each of their spellings is tried.
        const others = place > sealed.length - 3 ? alphabet : "AB9-.";
        for (const other of others) {
          const changed = sealed.slice(0, place) + other + sealed.slice(place + 1);
          if (changed === sealed) continue;
          await expect(vault.unseal(env, "webhook:1", changed), changed).rejects.toThrow("cannot be opened");
        }
      }
    }
  });

  it("a sealed text does not open in another context, cut short, lengthened, or with parts of another", async () => {
    const [sealed, other] = [await vault.seal(env, "webhook:1", "one"), await vault.seal(env, "webhook:1", "two")];
    for (const context of ["webhook:2", "webhook:", "webhook:11", "Webhook:1", "webhook:1 ", ""]) {
      await expect(vault.unseal(env, context, sealed), context).rejects.toThrow("cannot be opened");
    }
    const [version, number, iv, ciphertext] = sealed.split(".");
    const [, , otherIv, otherText] = other.split(".");
    const forged = [
      ...["", "v1", "v1...", sealed.slice(0, -1), `${sealed}A`, `${sealed}==`, ` ${sealed}`, `${sealed}\n`],
      ...[`v2.${number}.${iv}.${ciphertext}`, `${version}.2.${iv}.${ciphertext}`, `${version}.01.${iv}.${ciphertext}`],
      ...[`${version}.0.${iv}.${ciphertext}`, `${version}.1e0.${iv}.${ciphertext}`, `${version}.${iv}.${ciphertext}`],
      ...[`v1.1.${otherIv}.${ciphertext}`, `v1.1.${iv}.${otherText}`, `v1.1.${iv}.`, `v1.1..${ciphertext}`],
      ...[`v1.1.${iv}A.${ciphertext}`, `v1.1.${iv}.${ciphertext}.${ciphertext}`, `v1.999999999.${iv}.${ciphertext}`],
    ];
    for (const text of forged) {
      await expect(vault.unseal(env, "webhook:1", text), text).rejects.toThrow("cannot be opened");
    }
  });
});
