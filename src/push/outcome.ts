import { parseRetryAfter } from "../core/retry-after.ts";

/** What became of one message. */
export type PushOutcome =
  /** The push service has it. */
  | { status: "sent" }
  /** The browser has unsubscribed: the subscription is to be removed. */
  | { status: "gone" }
  /** The push service does not take it, now or ever. */
  | { status: "failed"; error: string }
  /** It did not answer: the message may have arrived. Others may have to wait, so that an outage does not reach all of them. */
  | { status: "unconfirmed"; error: string; pauseSeconds?: number }
  /** The push service could not take it: nothing was delivered, and later it may be. */
  | { status: "unavailable"; error: string }
  /** It asks for time, for every message. */
  | { status: "throttled"; retryAfterSeconds: number }
  /** Of a sandbox: nothing leaves it. */
  | { status: "suppressed" };

/** Where a push service asks for time and does not say how much. */
const PAUSE_SECONDS = 60;
/** And the most that it is given. */
const MAX_PAUSE_SECONDS = 86_400;

/** What an answer of a push service says (RFC 8030 §5, §7.3). */
export function outcomeOf({ status, headers }: Response, now: number): PushOutcome {
  if (status >= 200 && status < 300) return { status: "sent" };
  if (status === 404 || status === 410) return { status: "gone" };
  if (status === 429 || status === 503) {
    const asked = parseRetryAfter(headers.get("Retry-After"), now);
    const seconds = asked === null ? PAUSE_SECONDS : Math.ceil(asked / 1_000);
    return { status: "throttled", retryAfterSeconds: Math.min(Math.max(seconds, 1), MAX_PAUSE_SECONDS) };
  }
  const error = `The push service answered ${status}.`;
  return status >= 500 ? { status: "unavailable", error } : { status: "failed", error };
}
