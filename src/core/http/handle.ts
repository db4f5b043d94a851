import { unknownKey } from "../access/credential.ts";
import { stillStands } from "../access/key-rows.ts";
import { now } from "../clock.ts";
import type { Ctx } from "../work/context.ts";
import { attempted } from "../work/attempts.ts";
import { requireOneSite } from "../tenancy/sites/named.ts";
import type { Call } from "./exchange.ts";
import { AlreadyDone, findAnswer, type IdempotentCall, stageAnswer, type StoredAnswer } from "./idempotency.ts";
import { readInput } from "./read-input.ts";
import { render } from "./render.ts";
import type { Within } from "./within.ts";

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
  return attempted(ctx.unit, async () => {
    try {
      const reply = await endpoint.handle({ ctx, input, request, within });
      const answer = await render(call, reply);
      if (idempotent && !reply.isProvisional) await stageAnswer(ctx.db, ctx.unit, idempotent, answer, ctx.now);
      if (ending && reply.repeatableUntil !== undefined && reply.repeatableUntil > ctx.now)
        await stageAnswer(ctx.db, ctx.unit, ending, answer, ctx.now, reply.repeatableUntil);
      await commit(ctx);
      return answer;
    } catch (error) {
      const answer = error instanceof AlreadyDone && idempotent && (await findAnswer(ctx.db, idempotent, ctx.now));
      if (answer) return answer;
      throw error;
    }
  });
}

/** Writes what was staged, unless the key was ended while the call was under way. */
async function commit({ unit, caller }: Ctx): Promise<void> {
  if (unit.isEmpty) return;
  if (caller.kind === "key") unit.require(stillStands(caller, now()), unknownKey());
  await unit.commit();
}
