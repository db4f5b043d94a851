import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import { callObject } from "./call-object.ts";

const ALGORITHM = "AES-GCM";
const SIGNATURE = { name: "HMAC", hash: "SHA-256", length: 256 };
const KEY_BYTES = 32;
const IV_BYTES = 12;
const SEALED = /^v1\.([1-9]\d{0,8})\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]+)$/;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The one holder of the keys that seal secrets in the database: they lie in this object's storage and nowhere else. */
export class VaultObject extends DurableObject<Env> {
  /** Key number → base64url of 256 random bits. The first call makes key 1; the highest number seals. */
  keys(): Record<string, string> {
    const { kv } = this.ctx.storage;
    const stored = kv.get<Record<string, string>>("keys");
    if (stored) return stored;
    const made = { "1": toBase64Url(crypto.getRandomValues(new Uint8Array(KEY_BYTES))) };
    kv.put("keys", made);
    return made;
  }
}

/** What one key of the vault is used for. Signatures have a key of their own, derived from it: no use tells of another. */
interface VaultKeys {
  sealing: CryptoKey;
  signing: CryptoKey;
}

/** Key number → keys, as this isolate last heard them from the vault. A key never changes; new ones may be added. */
let known = new Map<number, VaultKeys>();

/** Asks the vault for all keys. Throws `unavailable` when it does not answer. */
async function learnKeys(env: Env): Promise<void> {
  const keys = await callObject<Record<string, string>>(() => env.VAULT_OBJECT.getByName("vault").keys());
  const imported = Object.entries(keys).map(async ([number, key]) => {
    const bytes = fromBase64Url(key);
    const sealing = await crypto.subtle.importKey("raw", bytes, ALGORITHM, false, ["encrypt", "decrypt"]);
    return [Number(number), { sealing, signing: await signingKey(bytes) }] as const;
  });
  known = new Map(await Promise.all(imported));
}

/** HKDF (RFC 5869) of a vault's key, for HMAC-SHA256. */
async function signingKey(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const source = await crypto.subtle.importKey("raw", bytes, "HKDF", false, ["deriveKey"]);
  const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: encoder.encode("signing") };
  return crypto.subtle.deriveKey(derivation, source, SIGNATURE, false, ["sign", "verify"]);
}

/** The number and keys of the newest of the vault's keys, which seals and signs. */
export async function newestKeys(env: Env): Promise<{ number: number } & VaultKeys> {
  if (known.size === 0) await learnKeys(env);
  const number = Math.max(...known.keys());
  return { number, ...(known.get(number) as VaultKeys) };
}

/** The vault's keys of a number, `null` if it has none; one that is not known here yet is asked for. */
export async function keysNumbered(env: Env, number: number): Promise<VaultKeys | null> {
  if (!known.has(number)) await learnKeys(env);
  return known.get(number) ?? null;
}

/**
 * Encrypts a text for the database with AES-256-GCM: `v1.<key number>.<iv base64url>.<ciphertext base64url>`. The
 * context, e.g. `webhook:123`, is authenticated with it: what was sealed for one row cannot be opened as another's.
 */
export async function seal(env: Env, context: string, plaintext: string): Promise<string> {
  const { number, sealing } = await newestKeys(env);
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const ciphertext = await crypto.subtle.encrypt(parameters(iv, context), sealing, encoder.encode(plaintext));
  return `v1.${number}.${toBase64Url(iv)}.${toBase64Url(new Uint8Array(ciphertext))}`;
}

/** The text that `seal` was given with the same context. Throws for anything that was changed or belongs elsewhere. */
export async function unseal(env: Env, context: string, sealed: string): Promise<string> {
  const [, number, iv = "", ciphertext = ""] = SEALED.exec(sealed) ?? [];
  const key = number ? (await keysNumbered(env, Number(number)))?.sealing : null;
  try {
    if (!key) throw new Error("No such key");
    const bytes = fromBase64Url(ciphertext);
    return decoder.decode(await crypto.subtle.decrypt(parameters(fromBase64Url(iv), context), key, bytes));
  } catch (cause) {
    throw new Error(`The sealed value of ${context} cannot be opened`, { cause });
  }
}

const parameters = (iv: Uint8Array<ArrayBuffer>, context: string) => ({
  name: ALGORITHM,
  iv,
  additionalData: encoder.encode(context),
});

/** Bytes in base64url without padding (RFC 4648 §5). */
export function toBase64Url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Throws unless the text is what `toBase64Url` writes: what is sealed or signed has one spelling. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  if (toBase64Url(bytes) !== text) throw new Error("Not canonical base64url");
  return bytes;
}
