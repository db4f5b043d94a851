import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import { callObject } from "./call-object.ts";

const ALGORITHM = "AES-GCM";
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

/** Key number → key, as this isolate last heard them from the vault. A key never changes; new ones may be added. */
let sealingKeys = new Map<number, CryptoKey>();

/** Asks the vault for all keys. Throws `unavailable` when it does not answer. */
async function learnKeys(env: Env): Promise<void> {
  const keys = await callObject<Record<string, string>>(() => env.VAULT_OBJECT.getByName("vault").keys());
  const imported = Object.entries(keys).map(async ([number, key]) => {
    const bytes = fromBase64Url(key);
    return [
      Number(number),
      await crypto.subtle.importKey("raw", bytes, ALGORITHM, false, ["encrypt", "decrypt"]),
    ] as const;
  });
  sealingKeys = new Map(await Promise.all(imported));
}

/**
 * Encrypts a text for the database with AES-256-GCM: `v1.<key number>.<iv base64url>.<ciphertext base64url>`. The
 * context, e.g. `webhook:123`, is authenticated with it: what was sealed for one row cannot be opened as another's.
 */
export async function seal(env: Env, context: string, plaintext: string): Promise<string> {
  if (sealingKeys.size === 0) await learnKeys(env);
  const number = Math.max(...sealingKeys.keys());
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const key = sealingKeys.get(number) as CryptoKey;
  const ciphertext = await crypto.subtle.encrypt(parameters(iv, context), key, encoder.encode(plaintext));
  return `v1.${number}.${toBase64Url(iv)}.${toBase64Url(new Uint8Array(ciphertext))}`;
}

/** The text that `seal` was given with the same context. Throws for anything that was changed or belongs elsewhere. */
export async function unseal(env: Env, context: string, sealed: string): Promise<string> {
  const [, number, iv = "", ciphertext = ""] = SEALED.exec(sealed) ?? [];
  if (number && !sealingKeys.has(Number(number))) await learnKeys(env);
  const key = sealingKeys.get(Number(number));
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

function toBase64Url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Throws unless the text is what `toBase64Url` writes: a sealed value has one spelling. */
function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  if (toBase64Url(bytes) !== text) throw new Error("Not canonical base64url");
  return bytes;
}
