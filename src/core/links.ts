import type { Env } from "../env.ts";
import { fromBase64Url, keysNumbered, newestKeys, toBase64Url } from "./vault.ts";

const encoder = new TextEncoder();
const TOKEN = /^([1-9]\d{0,3})\.([A-Za-z0-9_-]{43})$/;

/**
 * Signs a text for a link that opens it to whoever holds it: `<key number>.<HMAC-SHA256 base64url>`. The context, e.g.
 * `order:<siteId>`, is signed with it: a link for one place opens nothing elsewhere. The same text gives the same link
 * as long as the vault's newest key is the same, and links of older keys stay good.
 */
export async function signLink(env: Env, context: string, text: string): Promise<string> {
  const { number, signing } = await newestKeys(env);
  return `${number}.${toBase64Url(new Uint8Array(await crypto.subtle.sign("HMAC", signing, signed(context, text))))}`;
}

/** Whether a token is what `signLink` gives for the context and text, compared in constant time. */
export async function verifyLink(env: Env, context: string, text: string, token: string): Promise<boolean> {
  const [, number, signature] = TOKEN.exec(token) ?? [];
  if (!number || !signature) return false;
  // A token of a key that is to come is no one's yet: only the next few are worth asking the vault for.
  if (Number(number) > (await newestKeys(env)).number + KEYS_AHEAD) return false;
  const keys = await keysNumbered(env, Number(number));
  const bytes = canonical(signature);
  return keys !== null && bytes !== null && crypto.subtle.verify("HMAC", keys.signing, bytes, signed(context, text));
}

/** Rotations an isolate may have missed. */
const KEYS_AHEAD = 4;

/** Context and text as one, so that no other pair reads the same. */
const signed = (context: string, text: string) => encoder.encode(JSON.stringify([context, text]));

function canonical(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return fromBase64Url(text);
  } catch {
    return null;
  }
}
