import type { BucketState } from "../core/limits/token-bucket.ts";
import type { Env } from "../env.ts";
import type { Due, Held } from "./lease.ts";
import type { Settled } from "./settle.ts";

/** What an endpoint's row takes over when its lease ends. */
export interface Release {
  pace: BucketState;
  /** 0 when it need not rest. */
  restUntil: number;
}

/** Attempts kept with a delivery: more than the schedule has; who retries by hand again and again loses the oldest. */
const KEPT_ATTEMPTS = 30;

const DELIVERY = `UPDATE webhook_deliveries SET status = ?, attempt = attempt + 1, round = round + 1,
  attempts = json_insert(
    CASE WHEN json_array_length(attempts) >= ${KEPT_ATTEMPTS} THEN json_remove(attempts, '$[0]') ELSE attempts END,
    '$[#]', json(?)),
  next_attempt_at = ?, response_code = ?, delivered_at = ?
  WHERE endpoint_id = ? AND event_seq = ? AND attempt = ? AND next_attempt_at IS NOT NULL`;

/** Parameters of both: ?1 the moment, ?2 the endpoint, ?3 the lease, ?4 the rest, ?5 the pace. */
const COUNTED = {
  success: "success_count = success_count + changes(), consecutive_failures = 0, failing_since = NULL",
  failure: `failure_count = failure_count + changes(), consecutive_failures = consecutive_failures + changes(),
    failing_since = coalesce(failing_since, ?1)`,
};
/** Ends the lease, if it is still this one. */
const RELEASED = `lease_until = CASE lease_id WHEN ?3 THEN 0 ELSE lease_until END,
  rest_until = CASE lease_id WHEN ?3 THEN ?4 ELSE rest_until END,
  pace = CASE lease_id WHEN ?3 THEN ?5 ELSE pace END`;

const NEXT =
  "SELECT min(next_attempt_at) AS next FROM webhook_deliveries WHERE endpoint_id = ? AND next_attempt_at > 0";

/** The earliest moment the endpoint has something to do, as of the end of its lease. */
const nextOf = (result: D1Result | undefined, { restUntil }: Release): number | null => {
  const next = (result?.results[0] as { next: number | null } | undefined)?.next ?? null;
  return next === null ? null : Math.max(next, restUntil);
};

/**
 * Records an attempt with the counters of its endpoint, once: an attempt that was recorded before changes nothing.
 * With `release` the lease ends in the same commit, and the answer is when the endpoint has something to do next.
 */
export async function record(
  env: Env,
  { endpoint, leaseId }: Held,
  due: Due,
  { status, nextAttemptAt, attempt }: Settled,
  release: Release | null,
): Promise<number | null> {
  const isSuccess = status === "success";
  const delivery = env.DB.prepare(DELIVERY).bind(
    status,
    JSON.stringify(attempt),
    nextAttemptAt,
    attempt.status,
    isSuccess ? attempt.at : null,
    endpoint.id,
    due.seq,
    due.attempt,
  );
  const set = [
    isSuccess ? COUNTED.success : COUNTED.failure,
    "last_delivery_at = ?1",
    ...(nextAttemptAt === null ? ["settled_count = settled_count + changes()"] : []),
    ...(release ? [RELEASED] : []),
  ];
  const counters = env.DB.prepare(`UPDATE webhook_endpoints SET ${set.join(", ")} WHERE id = ?2`).bind(
    attempt.at,
    endpoint.id,
    ...(release ? [leaseId, release.restUntil, JSON.stringify(release.pace)] : []),
  );
  if (!release) {
    await env.DB.batch([delivery, counters]);
    return null;
  }
  const [, , next] = await env.DB.batch([delivery, counters, env.DB.prepare(NEXT).bind(endpoint.id)]);
  return nextOf(next, release);
}

/** Ends a lease under which nothing is left to record. */
export async function releaseLease(env: Env, { endpoint, leaseId }: Held, release: Release): Promise<number | null> {
  const end = env.DB.prepare(`UPDATE webhook_endpoints SET ${RELEASED} WHERE id = ?2`);
  const bound = end.bind(null, endpoint.id, leaseId, release.restUntil, JSON.stringify(release.pace));
  const [, next] = await env.DB.batch([bound, env.DB.prepare(NEXT).bind(endpoint.id)]);
  return nextOf(next, release);
}
