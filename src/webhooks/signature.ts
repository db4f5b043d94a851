import { secretKey, toBase64 } from "./secret.ts";

const encoder = new TextEncoder();

/** HMAC-SHA256 of the text under a `whsec_…` secret, as `v1,<base64>`. */
async function sign(text: string, secret: string): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", secretKey(secret), algorithm, false, ["sign"]);
  return `v1,${toBase64(new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(text))))}`;
}

/**
 * The headers of a signed message (Standard Webhooks, https://www.standardwebhooks.com): one signature per secret, in
 * order, so that receivers may hold either while a secret is being replaced. `timestamp` is in Unix seconds and changes
 * with every attempt, `id` stays; `body` must be sent exactly as given.
 */
export async function signedHeaders(
  message: { id: string; timestamp: number; body: string },
  secrets: readonly string[],
): Promise<Record<"webhook-id" | "webhook-timestamp" | "webhook-signature", string>> {
  const { id, timestamp, body } = message;
  const signatures = await Promise.all(secrets.map((secret) => sign(`${id}.${timestamp}.${body}`, secret)));
  return {
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signatures.join(" "),
  };
}
