import { fromBase64, secretKey, toBase64 } from "./secret.ts";

const encoder = new TextEncoder();

const hmacKey = (secret: string, usage: "sign" | "verify"): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", secretKey(secret), { name: "HMAC", hash: "SHA-256" }, false, [usage]);

/** What is signed of a message; `timestamp` is in Unix seconds. */
interface Message {
  id: string;
  timestamp: number;
  body: string;
}

const signedText = ({ id, timestamp, body }: Message): string => `${id}.${timestamp}.${body}`;

/** HMAC-SHA256 of the text under a `whsec_…` secret, as `v1,<base64>`. */
async function sign(text: string, secret: string): Promise<string> {
  const key = await hmacKey(secret, "sign");
  return `v1,${toBase64(new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(text))))}`;
}

/**
 * The headers of a signed message (Standard Webhooks, https://www.standardwebhooks.com): one signature per secret, in
 * order, so that receivers may hold either while a secret is being replaced. `timestamp` is in Unix seconds and changes
 * with every attempt, `id` stays; `body` must be sent exactly as given.
 */
export async function signedHeaders(
  message: Message,
  secrets: readonly string[],
): Promise<Record<"webhook-id" | "webhook-timestamp" | "webhook-signature", string>> {
  const { id, timestamp } = message;
  const signatures = await Promise.all(secrets.map((secret) => sign(signedText(message), secret)));
  return {
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signatures.join(" "),
  };
}

/** How far a message's moment may be from ours, in seconds, as Standard Webhooks proposes. */
const TOLERANCE_SECONDS = 5 * 60;
/** Signatures looked at of one message: senders give one for each of the secrets they hold. */
const MAX_SIGNATURES = 8;

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> | null => {
  try {
    return fromBase64(base64);
  } catch {
    return null;
  }
};

/**
 * What a received message is once it is known to be genuine and of now; `null` for every other one. Compared in constant
 * time, by the runtime. `now` is in milliseconds.
 */
export async function verifiedMessage(
  { headers, body }: { headers: Headers; body: string },
  secrets: readonly string[],
  now: number,
): Promise<Message | null> {
  const id = headers.get("webhook-id") ?? "";
  const seconds = headers.get("webhook-timestamp") ?? "";
  if (!/^[\x21-\x7e]{1,256}$/.test(id) || !/^\d{1,12}$/.test(seconds)) return null;
  const message = { id, timestamp: Number(seconds), body };
  if (Math.abs(now / 1_000 - message.timestamp) > TOLERANCE_SECONDS) return null;
  const signatures = (headers.get("webhook-signature") ?? "").split(" ").slice(0, MAX_SIGNATURES);
  const given = signatures.flatMap((it) => (it.startsWith("v1,") ? (bytesOf(it.slice(3)) ?? []) : []));
  const text = encoder.encode(signedText(message));
  for (const secret of secrets) {
    const key = await hmacKey(secret, "verify");
    for (const signature of given) if (await crypto.subtle.verify("HMAC", key, signature, text)) return message;
  }
  return null;
}
