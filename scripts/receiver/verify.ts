import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** How far a delivery's clock and ours may be apart. */
const TOLERANCE_SECONDS = 5 * 60;

export type Verdict = { isGood: true } | { isGood: false; reason: string };

const bad = (reason: string): Verdict => ({ isGood: false, reason });

function isSignedWith(secret: string, content: string, rawBody: Buffer, signatures: string): boolean {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const expected = createHmac("sha256", key).update(content).update(rawBody).digest();
  return signatures.split(" ").some((entry) => {
    const given = Buffer.from(entry.replace(/^v1,/, ""), "base64");
    return entry.startsWith("v1,") && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

/** Checks a delivery as https://www.standardwebhooks.com has it: one good signature by one of the secrets is enough. */
export function verify(headers: IncomingHttpHeaders, rawBody: Buffer, secrets: string[], nowMs = Date.now()): Verdict {
  const names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
  const [id, timestamp, signatures] = names.map((name) => headers[name]?.toString());
  if (!id || !timestamp || !signatures) return bad(`${names.find((name) => !headers[name])} is missing`);
  if (!/^\d+$/.test(timestamp)) return bad("webhook-timestamp is not in Unix seconds");

  const ageSeconds = Math.round(nowMs / 1000 - Number(timestamp));
  if (Math.abs(ageSeconds) > TOLERANCE_SECONDS) {
    return bad(`webhook-timestamp is ${Math.abs(ageSeconds)} s in the ${ageSeconds > 0 ? "past" : "future"}`);
  }
  const isSigned = secrets.some((secret) => isSignedWith(secret, `${id}.${timestamp}.`, rawBody, signatures));
  return isSigned ? { isGood: true } : bad("no signature fits");
}
