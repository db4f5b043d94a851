import type { Runtime } from "../core/runtime.ts";
import { checkTarget } from "../core/target.ts";
import type { Env } from "../env.ts";
import { type Sender, vapidKeysOf } from "./keys.ts";
import { bytesOf, fits, type PushMessage, type PushOptions } from "./message.ts";
import { outcomeOf, type PushOutcome } from "./outcome.ts";
import { type BrowserSubscription, openSubscription, type SealedSubscription } from "./subscription.ts";

/** A push service has this long to answer. */
const TIMEOUT_MS = 10_000;

/** Sends one message to one subscription. Never throws for what a push service does. */
export type SendPush = (subscription: SealedSubscription) => Promise<PushOutcome>;

/** Encryption is loaded when the first message is sent: nothing else needs it. */
const library = () => import("@block65/webcrypto-web-push");

/** Whom a push service may turn to about a sender (RFC 8292 §2.1). */
const contactOf = ({ API_HOSTS, UPGRADE_URL }: Env): string => {
  const host = API_HOSTS.split(",")[0]?.trim();
  return host ? `https://${host}` : new URL(UPGRADE_URL).origin;
};

/**
 * Where a message is posted: where the browser has said, unless `PUSH_LOOPBACK` is set, as in tests only. Then it goes to
 * that server of this machine instead, below the name of the host it was meant for.
 */
function addressOf(env: Env, endpoint: URL): URL {
  if (!env.PUSH_LOOPBACK) return endpoint;
  return new URL(`/${endpoint.host}${endpoint.pathname}${endpoint.search}`, env.PUSH_LOOPBACK);
}

/** Sends the same message of a site to any of its subscriptions: it is signed for each push service once. */
export async function pusher(
  env: Env,
  sender: Sender,
  { message, options }: { message: PushMessage; options: PushOptions },
  { now, fetch, deadline }: Pick<Runtime, "now" | "fetch" | "deadline">,
): Promise<SendPush> {
  if (!fits(message)) throw new Error("The message is too large for push services");
  if (sender.environment === "sandbox") return async () => ({ status: "suppressed" });
  const { encryptNotification, vapidHeaders } = await library();
  const vapid = { ...(await vapidKeysOf(env, sender)), subject: contactOf(env) };
  const plain = bytesOf(message);
  const signed = new Map<string, Promise<string>>();

  const signatureFor = (subscription: BrowserSubscription, { origin }: URL): Promise<string> => {
    const known = signed.get(origin);
    if (known) return known;
    const made = vapidHeaders({ ...subscription, expirationTime: null }, vapid).then((it) => it.headers.authorization);
    signed.set(origin, made);
    return made;
  };

  return async (row) => {
    const subscription = await openSubscription(env, row);
    const target = checkTarget(subscription.endpoint, false);
    if ("problem" in target) return { status: "failed", error: `The address ${target.problem}.` };
    const body = await encryptNotification({ ...subscription, expirationTime: null }, plain).catch(() => null);
    if (body === null) return { status: "failed", error: "The keys of the subscription cannot be used." };
    const headers = {
      Authorization: await signatureFor(subscription, target.url),
      TTL: String(options.ttlSeconds),
      Urgency: options.urgency,
      ...(options.topic !== null && { Topic: options.topic }),
      "Content-Encoding": "aes128gcm",
      "Content-Type": "application/octet-stream",
    };
    const limit = deadline(TIMEOUT_MS);
    try {
      const init = { method: "POST", headers, body, redirect: "manual", signal: limit.signal } as const;
      const response = await fetch(addressOf(env, target.url), init);
      // The status says it all; the connection is free for the next one.
      await response.body?.cancel().catch(() => {});
      return outcomeOf(response, now());
    } catch {
      const isTimeout = limit.signal.aborted;
      // What a runtime says of a failed connection may name the address, which is nobody's business.
      return { status: "unconfirmed", error: isTimeout ? "No answer in time." : "The connection failed." };
    } finally {
      limit.clear();
    }
  };
}

/** One message to one subscription: for whoever sends no campaign. */
export async function sendPush(
  env: Env,
  { subscription, ...sender }: Sender & { subscription: SealedSubscription },
  content: { message: PushMessage; options: PushOptions },
  runtime: Pick<Runtime, "now" | "fetch" | "deadline">,
): Promise<PushOutcome> {
  return (await pusher(env, sender, content, runtime))(subscription);
}
