import { Webhook } from "standardwebhooks";
import type { Env } from "../../../src/env.ts";
import { callThrough } from "../../faults/world.ts";
import { freshAddress } from "../../security/world.ts";
import { type Answer, call, type TestClock } from "../../support/fixtures.ts";
import type { Shop } from "./world.ts";

/** A payment provider of a shop, which signs by the library that providers use. */
export interface Provider {
  id: string;
  secret: string;
  path: string;
  /** Tells of a payment; a message of its own unless `id` says otherwise. */
  tell(
    type: string,
    data: object,
    more?: { id?: string; at?: number; secret?: string; bindings?: Env },
  ): Promise<Answer>;
}

export async function makeProvider(shop: Shop, clock: TestClock): Promise<Provider> {
  const { id, secret } = (await shop.ask("POST", "/payment-providers", { name: "Cards" })).body.data;
  const path = `${shop.path}/payment-providers/${id}/callback`;
  return {
    ...{ id, secret, path },
    tell: async (
      type,
      data,
      { id: messageId = crypto.randomUUID(), at = clock.time, secret: by = secret, bindings } = {},
    ) => {
      const body = JSON.stringify({ type, data });
      const headers = signed({ id: messageId, at, body }, by);
      return bindings ? callThrough(bindings, "POST", path, { headers, body }) : call("POST", path, { headers, body });
    },
  };
}

/** The headers of a message, signed at a moment in milliseconds. */
export function signed(
  { id, at, body }: { id: string; at: number; body: string },
  secret: string,
): Record<string, string> {
  const date = new Date(Math.floor(at / 1_000) * 1_000);
  return {
    "Content-Type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(date.getTime() / 1_000),
    "webhook-signature": new Webhook(secret).sign(id, date, body),
    "CF-Connecting-IP": freshAddress(),
  };
}

/** An order as its GET shows it. */
export const orderOf = async (shop: Shop, id: string) => (await shop.ask("GET", `/orders/${id}`)).body.data;

/** What was recorded for an order, oldest first. */
export const paymentsOf = async (shop: Shop, id: string) =>
  (await shop.ask("GET", `/orders/${id}/payments?direction=asc`)).body.data;

/** What a provider says of all that is due. */
export const dueOf = (
  { id, total, currency }: { id: string; total: number; currency: string },
  reference = `ch_${id}`,
) => ({
  orderId: id,
  amount: total,
  currency,
  reference,
});
