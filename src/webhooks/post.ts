import type { Sent } from "../core/events/tables.ts";
import { parseRetryAfter } from "../core/retry-after.ts";
import type { Runtime } from "../core/runtime.ts";
import { signedHeaders } from "./signature.ts";
import { checkTarget } from "../core/target.ts";

/** What is read of an answer, and what is kept of it (docs/contract.md §7). */
const READ_BYTES = 16 * 1024;
const KEPT_CHARACTERS = 1_024;

/** One webhook as it is sent. */
export interface Message {
  url: string;
  /** The event's id: the same on every attempt. */
  id: string;
  attempt: number;
  body: string;
  /** One, or two while a secret is being replaced. */
  secrets: readonly string[];
}

/** What became of a POST. */
export interface Outcome {
  isSuccess: boolean;
  status: number | null;
  durationMs: number;
  response: string | null;
  /** In words; `null` for a success. */
  error: string | null;
  /** The receiver hung, could not be reached or asked for time: others of its deliveries would fare no better. */
  isStrained: boolean;
  retryAfterMs: number | null;
  /** Absent when nothing was sent. */
  sent?: Sent;
}

/** The headers of a message as they are sent; with those that are the connection's own it is all a receiver gets. */
export const headersOf = ({ id, attempt }: Pick<Message, "id" | "attempt">, { timestamp, signature }: Sent) => ({
  "Content-Type": "application/json",
  "User-Agent": "EdgeCMS-Webhooks/1",
  "webhook-id": id,
  "webhook-timestamp": String(timestamp),
  "webhook-signature": signature,
  "webhook-attempt": String(attempt),
});

export interface PostOptions {
  timeoutMs: number;
  allowLoopback: boolean;
}

const decoder = new TextDecoder();

/** The first bytes of a body; the rest is never fetched. */
async function readSome(response: Response): Promise<string | null> {
  if (!response.body) return null;
  const reader = response.body.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    while (size < READ_BYTES) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value.subarray(0, READ_BYTES - size));
      size += value.length;
    }
  } finally {
    // Not awaited: a sender that never ends need not agree.
    reader.cancel().catch(() => {});
  }
  const bytes = new Uint8Array(Math.min(size, READ_BYTES));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return decoder.decode(bytes).replaceAll("\0", "").slice(0, KEPT_CHARACTERS) || null;
}

function wordsOf(status: number, location: string | null): string {
  if (status >= 300 && status < 400) {
    return `Answered ${status}${location ? ` to ${location.slice(0, 200)}` : ""}: redirects are not followed.`;
  }
  return `Answered ${status}.`;
}

const failed = (error: string, durationMs: number, isStrained: boolean): Outcome => ({
  isSuccess: false,
  status: null,
  durationMs,
  response: null,
  error,
  isStrained,
  retryAfterMs: null,
});

function noAnswer(error: unknown, timeoutMs: number, durationMs: number): Outcome {
  const isTimeout = error instanceof Error && error.name === "AbortError";
  if (isTimeout) return failed(`No complete answer within ${timeoutMs / 1000} seconds.`, durationMs, true);
  const detail = error instanceof Error ? error.message : String(error);
  return failed(`The connection failed: ${detail.slice(0, 200)}`, durationMs, true);
}

/** Posts a webhook to its target, unless the target is one nothing may be sent to. Never throws for what a receiver does. */
export async function post(
  message: Message,
  { timeoutMs, allowLoopback }: PostOptions,
  { now, fetch, deadline }: Pick<Runtime, "now" | "fetch" | "deadline">,
): Promise<Outcome> {
  const target = checkTarget(message.url, allowLoopback);
  if ("problem" in target) return failed(`Not sent: the address ${target.problem}.`, 0, false);
  const { id, body, secrets } = message;
  const timestamp = Math.floor(now() / 1000);
  const signed = await signedHeaders({ id, timestamp, body }, secrets);
  const sent: Sent = { timestamp, signature: signed["webhook-signature"] };
  const headers = headersOf(message, sent);
  const start = now();
  const limit = deadline(timeoutMs);
  try {
    const init = { method: "POST", headers, body, redirect: "manual", signal: limit.signal } as const;
    const response = await fetch(target.url, init);
    const { status } = response;
    // The status alone decides. A body that breaks off or cannot be decoded takes nothing from it; one that does not end does.
    const text = await readSome(response).catch((error: unknown) => {
      if (limit.signal.aborted) throw error;
      return null;
    });
    const isThrottled = status === 429 || status === 503;
    return {
      isSuccess: response.ok,
      status,
      durationMs: now() - start,
      response: text,
      error: response.ok ? null : wordsOf(status, response.headers.get("Location")),
      isStrained: isThrottled,
      retryAfterMs: isThrottled ? parseRetryAfter(response.headers.get("Retry-After"), now()) : null,
      sent,
    };
  } catch (error) {
    return { ...noAnswer(error, timeoutMs, now() - start), sent };
  } finally {
    limit.clear();
  }
}
