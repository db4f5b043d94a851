import type { Admission } from "../access/admission.ts";
import { UNTOUCHED_FIGURES } from "../limits/ip-limits.ts";
import { databaseOf } from "../storage/database.ts";
import type { Call, Reached } from "./exchange.ts";
import { answeredWithin, findAnswer, fingerprintOf, type StoredAnswer } from "./idempotency.ts";
import { innerCall } from "./inner-call.ts";
import { permit } from "./permit.ts";
import { idempotentCall } from "./repetition.ts";
import { respond, respondError } from "./respond.ts";
import type { Operation, Within } from "./within.ts";

/** A call without a key has no operations. */
export const noOperations: Within = () => {
  throw new Error("Operations are carried out for a key");
};

/** What operations the call has had answered before: it broke off, or was denied in part. */
async function answeredOf({ exchange }: Call, { caller }: Admission): Promise<ReadonlySet<string>> {
  const { env, idempotencyKey } = exchange;
  if (idempotencyKey === null) return new Set();
  return answeredWithin(databaseOf(env, caller.workspaceId), { keyId: caller.keyId, idempotencyKey });
}

/** The call shows what is left after its operations. */
function noteFigures(outer: Call, { exchange, endpoint }: Reached): void {
  const { figures } = exchange;
  if (figures !== UNTOUCHED_FIGURES && endpoint?.scope !== "public") outer.exchange.figures = figures;
}

/**
 * Carries out operations that came within a call. One that is done already is answered again, if its key may still call
 * it: that was counted when it was done, so that who is denied the last of them gets there by asking again.
 */
export function operationsOf(outer: Call, admission: Admission, answerTo: (call: Call) => Promise<Response>): Within {
  let answered: Promise<ReadonlySet<string>> | null = null;
  const givenBefore = async (inner: Call, operation: Operation): Promise<StoredAnswer | null> => {
    const { exchange } = inner;
    answered ??= answeredOf(outer, admission);
    if (exchange.idempotencyKey === null || !(await answered).has(exchange.idempotencyKey)) return null;
    const { keyId } = admission.caller;
    const fingerprint = await fingerprintOf(exchange.request, new TextEncoder().encode(operation.body));
    const call = idempotentCall({ ...inner, exchange: { ...exchange, fingerprint } }, keyId, admission.credential);
    const ctx = await permit(inner, admission.caller);
    return call && findAnswer(ctx.db, call, ctx.now);
  };
  return async (operation) => {
    const inner = innerCall(outer, operation);
    if ("error" in inner) return respondError(inner, inner.error);
    try {
      const given = await givenBefore(inner, operation);
      if (given) return respond(inner, given);
    } catch (error) {
      return respondError(inner, error);
    }
    const response = await answerTo(inner);
    noteFigures(outer, inner);
    return response;
  };
}
