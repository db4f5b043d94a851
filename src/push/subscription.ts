import { sha256 } from "../core/sha256.ts";
import { seal, unseal } from "../core/vault.ts";
import type { Env } from "../env.ts";

/** A browser's subscription, as `PushSubscription.toJSON()` has it; keys in base64url. */
export interface BrowserSubscription {
  endpoint: string;
  keys: { p256dh: string; auth: string };
}

/** One as its row keeps it. The address lets whoever knows it reach the browser's push service: it lies sealed. */
export interface SealedSubscription {
  siteId: string;
  endpointHash: string;
  /** The whole subscription, encrypted by the vault for this row only. */
  sealed: string;
}

/**
 * What tells subscriptions apart without saying where they are: the address as it would be called (RFC 3986 §6.2), of which
 * a fragment is no part.
 */
export function hashOf(endpoint: string): Promise<string> {
  const url = URL.parse(endpoint);
  // What is no address is refused by whoever subscribes, and is of nobody to whoever unsubscribes.
  if (url === null) return sha256(endpoint);
  url.hash = "";
  return sha256(url.href);
}

const contextOf = ({ siteId, endpointHash }: Omit<SealedSubscription, "sealed">): string =>
  `push-subscription:${siteId}:${endpointHash}`;

/** A subscription as its row keeps it. */
export async function sealSubscription(
  env: Env,
  siteId: string,
  subscription: BrowserSubscription,
): Promise<SealedSubscription> {
  const place = { siteId, endpointHash: await hashOf(subscription.endpoint) };
  const { endpoint, keys } = subscription;
  const plain = JSON.stringify({ endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } });
  return { ...place, sealed: await seal(env, contextOf(place), plain) };
}

/** The subscription of a row. */
export const openSubscription = async (env: Env, row: SealedSubscription): Promise<BrowserSubscription> =>
  JSON.parse(await unseal(env, contextOf(row), row.sealed)) as BrowserSubscription;
