import { eq } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Admission } from "../access/admission.ts";
import { requirePossibleKey } from "../access/identify.ts";
import { lastUseOf } from "../access/key-object-client.ts";
import { loadPolicy } from "../access/key-rows.ts";
import { DomainError } from "../errors.ts";
import { ipAllowed } from "../keys/allowed-ips.ts";
import { databaseOf } from "../storage/database.ts";
import { apiKeys, familyOf } from "../tenancy/api-keys/table.ts";
import type { Ctx } from "../work/context.ts";
import type { Call } from "./exchange.ts";
import {
  findAnswer,
  findFreshAnswer,
  findSameAnswer,
  fingerprintOf,
  type IdempotentCall,
  mismatch,
  type StoredAnswer,
} from "./idempotency.ts";

/** A call that may be repeated safely, since it carries an Idempotency-Key; `null` for any other. */
export function idempotentCall(
  { exchange: { idempotencyKey, fingerprint } }: Call,
  keyId: number,
  credential: string,
): IdempotentCall | null {
  if (idempotencyKey === null || fingerprint === null) return null;
  return { keyId, idempotencyKey, fingerprint, credential };
}

/** The stored answer of a repeated call; 409 while the first is still running, 422 when that is another call. */
export async function answerGiven(
  ctx: Ctx,
  call: IdempotentCall,
  { idempotency }: Admission,
): Promise<StoredAnswer | null> {
  const answer = await findAnswer(ctx.db, call, ctx.now);
  if (answer) return answer;
  if (idempotency === "mismatch") throw mismatch();
  if (idempotency === "busy") {
    throw new DomainError("idempotency_in_progress", "A call with this Idempotency-Key is still running.", {
      retryAfterSeconds: 1,
    });
  }
  return null;
}

/** What the answer to a key that ends itself is kept under: no Idempotency-Key has a line break. */
const ENDING = "\n";

/** A call by which a key ends itself, in time; `null` for any other. */
export async function endingCall(
  { exchange, endpoint, params }: Call,
  { caller: { keyId }, credential }: Admission,
  body: Uint8Array,
): Promise<IdempotentCall | null> {
  if (!endpoint.endsKey || Number(params[endpoint.endsKey]) !== keyId) return null;
  const fingerprint = exchange.fingerprint ?? (await fingerprintOf(exchange.request, body));
  return { keyId, idempotencyKey: ENDING, fingerprint, credential };
}

const successor = alias(apiKeys, "successor");

/**
 * The answer by which a key has ended itself, for the same call of it while it still works. Once the new key has been used
 * the answer was not lost: then nobody is shown it again, whoever holds the old key.
 */
export async function answerOfEnding({ db, env, now }: Ctx, ending: IdempotentCall): Promise<StoredAnswer | null> {
  const answer = await findSameAnswer(db, ending, now);
  if (!answer) return null;
  const [next] = await db
    .select({
      id: successor.id,
      familyId: successor.familyId,
      lastUsedAt: successor.lastUsedAt,
      revokedAt: successor.revokedAt,
    })
    .from(successor)
    .innerJoin(apiKeys, eq(apiKeys.rotatedTo, successor.id))
    .where(eq(apiKeys.id, ending.keyId));
  if (next?.lastUsedAt !== null || next.revokedAt !== null) return null;
  // The table hears of a use later.
  return (await lastUseOf(env, { keyId: next.id, familyId: familyOf(next) })) === null ? answer : null;
}

/** How long a call that ended its own key may be repeated with it. */
const LAST_ANSWER_MS = 60_000;

/**
 * The answer of the call that ended its own key, for a caller it did not reach: with that key, its address and the same
 * Idempotency-Key, for a minute, and nothing else.
 */
export async function lastAnswer(call: Call): Promise<StoredAnswer | null> {
  const { exchange, endpoint } = call;
  const { env, ip, now, endedKeyId } = exchange;
  if (!endpoint.endsKey || endedKeyId === null) return null;
  const repeated = idempotentCall(call, endedKeyId, requirePossibleKey(exchange));
  if (!repeated) return null;
  const db = databaseOf(env, 0);
  const policy = await loadPolicy(db, endedKeyId);
  if (!policy?.isActive || policy.endsAt === null || !ipAllowed(policy.allowedIps, ip)) return null;
  return findFreshAnswer(db, repeated, { now, withinMs: LAST_ANSWER_MS });
}
