import { Webhook } from "standardwebhooks";
import type { CallInit } from "./fixtures.ts";

/** A payment provider of a site, as its creation has answered it. */
export interface TestProvider {
  id: string;
  siteId: string;
  secret: string;
}

/** What a provider tells of. */
export interface Told {
  orderId: string;
  amount: number;
  currency: string;
  reference: string;
}

export const callbackPath = ({ siteId, id }: TestProvider): string =>
  `/v1/sites/${siteId}/shop/payment-providers/${id}/callback`;

/** A provider's message, signed as https://www.standardwebhooks.com has it; sent again it is the same message. */
export function signedMessage(
  { secret }: TestProvider,
  now: number,
  { type = "payment.succeeded", data, id = `msg_${crypto.randomUUID()}` }: { type?: string; data: Told; id?: string },
): CallInit {
  const body = JSON.stringify({ type, data });
  return {
    headers: {
      "Content-Type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(now / 1_000)),
      "webhook-signature": new Webhook(secret).sign(id, new Date(now), body),
    },
    body,
  };
}
