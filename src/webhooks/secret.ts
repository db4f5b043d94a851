import { randomBytes } from "../core/runtime.ts";

const PREFIX = "whsec_";
const MIN_BYTES = 24;
const MAX_BYTES = 64;
const MAX_LENGTH = PREFIX.length + 4 * Math.ceil(MAX_BYTES / 3);

export const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** The bytes that base64 spells. Throws for any other text. */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

/** A new signing secret: `whsec_` and the base64 of 32 random bytes. */
export const generateSecret = (bytes: Uint8Array = randomBytes(32)): string => PREFIX + toBase64(bytes);

/** The key that a well-formed secret spells. Throws for text that is no base64. */
export const secretKey = (secret: string): Uint8Array<ArrayBuffer> => fromBase64(secret.slice(PREFIX.length));

/**
 * What is wrong with a secret, as a phrase that follows the field's name; `null` if it is `whsec_` and the canonical
 * base64 (RFC 4648 §4, padded) of 24 to 64 bytes, as Standard Webhooks asks.
 */
export function secretProblem(secret: string): string | null {
  return isSecret(secret) ? null : `must be "${PREFIX}" followed by the base64 of ${MIN_BYTES} to ${MAX_BYTES} bytes`;
}

function isSecret(secret: string): boolean {
  if (secret.length > MAX_LENGTH || !/^whsec_[A-Za-z0-9+/]+={0,2}$/.test(secret)) return false;
  try {
    const key = secretKey(secret);
    // Two texts can spell the same bytes; only the one that an encoder writes counts.
    return key.length >= MIN_BYTES && key.length <= MAX_BYTES && PREFIX + toBase64(key) === secret;
  } catch {
    return false;
  }
}
