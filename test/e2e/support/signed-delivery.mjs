import { createHmac } from "node:crypto";

/** The signature of a webhook as Standard Webhooks has it, written without any of the product's code. */
export function signatureOf({ id, timestamp, body, secret }) {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}

/** A delivery as it is sent, signed with each of the secrets. */
export function signedDelivery({ id = "evt_1", body, secrets, ageSeconds = 0 }) {
  const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds);
  const signatures = secrets.map((secret) => signatureOf({ id, timestamp, body, secret }));
  return {
    body,
    headers: {
      "Content-Type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": signatures.join(" "),
    },
  };
}
