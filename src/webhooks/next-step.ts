import type { Attempt, DeliveryStatus } from "../core/events/tables.ts";
import type { DueDelivery } from "./lease.ts";
import type { Outcome } from "./post.ts";
import { RETRY_STEPS_MS, retryDelayMs } from "./schedule.ts";

/** An endpoint under strain is left alone for this long at most. */
const MAX_REST_MS = 60_000;

/** What an attempt means for its delivery and its endpoint. */
export interface NextStep {
  status: DeliveryStatus;
  /** When the delivery is tried again; `null` when it is done with. */
  nextAttemptAt: number | null;
  /** The attempt as it is kept. */
  attempt: Attempt;
  /** Nothing goes to the endpoint before; 0 when it need not rest. */
  restUntil: number;
  /** This was the last attempt of the schedule, and in vain; those that are made by hand after it are none of it. */
  isExhausted: boolean;
}

/** Whether this attempt is the last of the schedule. */
export const isLast = ({ round }: DueDelivery): boolean => round === RETRY_STEPS_MS.length;

/** Decides what follows from an attempt (docs/contract.md §7). Pure; `random` is in [0, 1). */
export function nextStep(due: DueDelivery, outcome: Outcome, at: number, random: number): NextStep {
  const { status, durationMs, response, error, sent } = outcome;
  const attempt: Attempt = { number: due.attempt + 1, at, status, durationMs, response, error, sent };
  if (outcome.isSuccess) return { status: "success", nextAttemptAt: null, attempt, restUntil: 0, isExhausted: false };
  const delay = isGone(outcome) ? null : retryDelayMs(due.round + 1, random, outcome.retryAfterMs);
  return {
    status: delay === null ? "failed" : "retrying",
    nextAttemptAt: delay === null ? null : at + delay,
    attempt,
    restUntil: outcome.isStrained ? at + Math.min(MAX_REST_MS, delay ?? MAX_REST_MS) : 0,
    isExhausted: isLast(due) && !isGone(outcome),
  };
}

/** The receiver wants no more (410): its endpoint is switched off. */
export const isGone = (outcome: Outcome): boolean => outcome.status === 410;
