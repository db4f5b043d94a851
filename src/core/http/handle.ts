import { unknownKey } from "../access/credential.ts";
import { stillStands } from "../access/key-rows.ts";
import { now } from "../clock.ts";
import type { Ctx } from "../work/context.ts";
import { ConcurrentChange, DomainError } from "../errors.ts";
import { requireOneSite } from "../tenancy/sites/named.ts";
import type { Call } from "./exchange.ts";
import { AlreadyDone, findAnswer, type IdempotentCall, stageAnswer, type StoredAnswer } from "./idempotency.ts";
import { readInput } from "./read-input.ts";
import { render } from "./render.ts";
import type { Within } from "./within.ts";

/**
 * How often an operation is run because another write came between its read and its commit. Every attempt that fails
 * means another one succeeded, so this many callers can change one resource at the same time and all are served.
 */
const MAX_ATTEMPTS = 64;
/** And where every try tells the key's objects before and after: those have other calls to decide. */
const MAX_ANNOUNCED_ATTEMPTS = 4;

/** A call that may be carried out. */
export interface AllowedCall {
  call: Call;
  ctx: Ctx;
  body: Uint8Array;
  /** Set when it carries an Idempotency-Key. */
  idempotent: IdempotentCall | null;
  /** Set when the key may end itself by it. */
  ending: IdempotentCall | null;
  /** Answers calls that came within this one. */
  within: Within;
}

/** Carries a call out: validates, runs the handler, commits what it staged and renders its reply. */
export async function handle({ call, ctx, body, idempotent, ending, within }: AllowedCall): Promise<StoredAnswer> {
  const { endpoint } = call;
  const { request } = call.exchange;
  const input = await readInput(call, body);
  await requireOneSite(ctx, input);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const reply = await endpoint.handle({ ctx, input, request, within });
      const answer = await render(call, reply);
      if (idempotent && !reply.isProvisional) await stageAnswer(ctx.db, ctx.unit, idempotent, answer, ctx.now);
      if (ending && reply.repeatableUntil !== undefined && reply.repeatableUntil > ctx.now)
        await stageAnswer(ctx.db, ctx.unit, ending, answer, ctx.now, reply.repeatableUntil);
      await commit(ctx);
      return answer;
    } catch (error) {
      if (error instanceof AlreadyDone && idempotent) {
        const answer = await findAnswer(ctx.db, idempotent, ctx.now);
        if (answer) return answer;
      }
      if (!(error instanceof ConcurrentChange)) throw error;
      if (attempt >= (ctx.unit.isAnnounced ? MAX_ANNOUNCED_ATTEMPTS : MAX_ATTEMPTS)) {
        const message = "The resource is being changed by others right now. Please retry.";
        throw new DomainError("conflict", message, { retryAfterSeconds: 1 });
      }
      ctx.unit.reset();
    }
  }
}

/** Writes what was staged, unless the key was ended while the call was under way. */
async function commit({ unit, caller }: Ctx): Promise<void> {
  if (unit.isEmpty) return;
  if (caller.kind === "key") unit.require(stillStands(caller, now()), unknownKey());
  await unit.commit();
}
