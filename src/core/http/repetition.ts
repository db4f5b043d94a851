import type { Admission } from "../access/admission.ts";
import type { Ctx } from "../work/context.ts";
import { DomainError } from "../errors.ts";
import type { Call } from "./exchange.ts";
import { findAnswer, fingerprintOf, type IdempotentCall, type StoredAnswer } from "./idempotency.ts";

/** A call that may be repeated safely, since it carries an Idempotency-Key; `null` for any other. */
export async function idempotentCall(
  { exchange: { request, idempotencyKey } }: Call,
  { caller, credential }: Admission,
  body: Uint8Array,
): Promise<IdempotentCall | null> {
  if (idempotencyKey === null) return null;
  const fingerprint = await fingerprintOf(request, body);
  return { keyId: caller.keyId, idempotencyKey, fingerprint, credential };
}

/** The stored answer of a repeated call; 409 while the first is still running. */
export async function answerGiven(
  ctx: Ctx,
  call: IdempotentCall,
  { idempotency }: Admission,
): Promise<StoredAnswer | null> {
  const answer = await findAnswer(ctx.db, call, ctx.now);
  if (answer) return replayed(answer);
  if (idempotency === "busy") {
    throw new DomainError("idempotency_in_progress", "A call with this Idempotency-Key is still running.", {
      retryAfterSeconds: 1,
    });
  }
  return null;
}

/** A stored answer as it is given again. */
export const replayed = (answer: StoredAnswer): StoredAnswer => ({
  ...answer,
  headers: { ...answer.headers, "Idempotency-Replayed": "true" },
});
