import type { Runtime } from "../../../core/runtime.ts";
import type { PushOutcome } from "../../../push/outcome.ts";
import type { SendOne } from "./channels/channel.ts";
import type { Claimed } from "./claim.ts";
import type { Settled } from "./record.ts";

/** Connections an invocation may have at a time (docs/platform.md). */
const CONNECTIONS = 6;
/** How often a recipient is tried whose push service is out of order, and the wait before the second try; it doubles. */
const MAX_ATTEMPTS = 3;
const BACKOFF_MS = 30_000;

/** What a try came to. */
export interface Tried {
  settled: Settled[];
  /** When to go on, where a push service has asked for time. */
  pauseUntil: number | null;
}

interface Recipient {
  id: string;
  attempts: number;
}

/** How long everybody else has to wait after what became of one message. */
const pauseOf = (outcome: PushOutcome): number =>
  outcome.status === "throttled"
    ? outcome.retryAfterSeconds
    : outcome.status === "unconfirmed"
      ? (outcome.pauseSeconds ?? 0)
      : 0;

/** What follows for one recipient from what became of its message. */
function settledBy({ id, attempts }: Recipient, outcome: PushOutcome, now: number): Settled {
  const tried = { id, attempts: attempts + 1, at: now, error: "error" in outcome ? outcome.error : null };
  switch (outcome.status) {
    case "gone":
      return { ...tried, status: "gone", isGone: true };
    case "throttled":
      return { ...tried, status: "queued" };
    case "unavailable":
      return tried.attempts >= MAX_ATTEMPTS
        ? { ...tried, status: "failed" }
        : { ...tried, status: "retrying", at: now + BACKOFF_MS * 2 ** attempts };
    default:
      return { ...tried, status: outcome.status };
  }
}

/** Sends to those who are claimed, a few at a time. Once somebody asks for time, or it is `until`, nothing more is begun. */
export async function sendTry(
  { recipients }: Claimed,
  ways: ReadonlyMap<string, SendOne>,
  { now }: Pick<Runtime, "now">,
  until: number,
): Promise<Tried> {
  const line = [...recipients];
  const settled: Settled[] = [];
  let pauseUntil: number | null = null;

  const work = async () => {
    while (pauseUntil === null && now() < until) {
      const next = line.shift();
      if (next === undefined) return;
      const send = ways.get(next.id);
      if (!send) {
        settled.push({ ...next, status: "gone", at: now(), error: "Unsubscribed before it was sent." });
        continue;
      }
      // What throws could not even be begun: the vault does not answer, for one.
      const outcome = await send().catch(
        (): PushOutcome => ({ status: "unavailable", error: "It could not be prepared." }),
      );
      settled.push(settledBy(next, outcome, now()));
      const pauseSeconds = pauseOf(outcome);
      if (pauseSeconds > 0) pauseUntil = Math.max(pauseUntil ?? 0, now() + pauseSeconds * 1_000);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  for (const it of line) settled.push({ ...it, status: "queued", at: now(), error: null });
  return { settled, pauseUntil };
}
