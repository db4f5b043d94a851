import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";

/** Keys the vault keeps besides its first: more than any batch of runs has. */
const KEPT = 60;
let lastNumber = 1;

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/**
 * Gives the vault a key that this isolate has not heard of, and seals with it: whoever opens it has to ask the vault,
 * as every isolate does when it is new.
 */
export async function sealedByNewKey(context: string, plaintext: string): Promise<string> {
  lastNumber += 1;
  const number = lastNumber;
  const key = crypto.getRandomValues(new Uint8Array(32));
  await runInDurableObject(env.VAULT_OBJECT.getByName("vault"), (_, { storage: { kv } }) => {
    const keys = Object.entries(kv.get<Record<string, string>>("keys") ?? {});
    const kept = keys.filter(([it]) => Number(it) === 1 || Number(it) > number - KEPT);
    kv.put("keys", Object.fromEntries([...kept, [String(number), base64url(key)]]));
  });
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const imported = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  const parameters = { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(context) };
  const ciphertext = await crypto.subtle.encrypt(parameters, imported, new TextEncoder().encode(plaintext));
  return `v1.${number}.${base64url(iv)}.${base64url(new Uint8Array(ciphertext))}`;
}
