import { chargeFurther } from "../../core/access/charge-further.ts";
import { callObject } from "../../core/call-object.ts";
import { DomainError, rateLimited } from "../../core/errors.ts";
import { newId } from "../../core/ids.ts";
import { ledgerOf } from "../../core/limits/ledger-object.ts";
import { periodEnd, periodKey } from "../../core/limits/period.ts";
import { planOf } from "../../core/limits/plans.ts";
import type { Ctx } from "../../core/work/context.ts";
import { Meter } from "./model/ask.ts";

const ledger = ({ env, caller }: Ctx) => ledgerOf(env, caller.workspaceId, caller.environment);

const allowance = ({ caller }: Ctx): number | null => planOf(caller.workspace.tier).monthly.ai_tokens;

/** What is used in the sandbox does not count. */
const isCounted = ({ caller }: Ctx): boolean => caller.environment === "live";

/** Refuses a plan without AI, in the sandbox as well. */
function requirePlan(ctx: Ctx): void {
  if (allowance(ctx) !== 0) return;
  throw new DomainError("feature_limit_reached", "AI is not part of your plan.", {
    feature: "ai_tokens",
    limitReached: 0,
    upgradeUrl: ctx.env.UPGRADE_URL,
  });
}

function usedUp(ctx: Ctx): DomainError {
  const resetSeconds = Math.max(1, Math.ceil((periodEnd("month", ctx.now) - ctx.now) / 1000));
  const limit = allowance(ctx) ?? 0;
  const figure = { name: "ai_tokens", scope: "workspace" as const, limit, remaining: 0 };
  return rateLimited({ ...figure, resetSeconds, windowSeconds: 2_592_000 }, resetSeconds);
}

/** What is asked of the ledger for so many tokens this month. */
const request = (ctx: Ctx, amount: number) => ({ period: periodKey("month", ctx.now), amount, limit: allowance(ctx) });

/** Refuses work that the month's tokens are not enough for. Holds none of them. */
export async function requireTokens(ctx: Ctx, amount: number): Promise<void> {
  requirePlan(ctx);
  if (!isCounted(ctx)) return;
  if (!(await callObject<boolean>(() => ledger(ctx).hasRoom(request(ctx, amount))))) throw usedUp(ctx);
}

/** Holds tokens back under an id until they are settled. Can be repeated; throws when there are too few, or it is settled. */
export async function holdTokens(ctx: Ctx, id: string, amount: number): Promise<void> {
  requirePlan(ctx);
  if (!isCounted(ctx)) return;
  const held = await callObject<string>(() => ledger(ctx).reserve({ id, ...request(ctx, amount) }));
  if (held === "short") throw usedUp(ctx);
  if (held === "settled") throw new DomainError("conflict", "This work is over: its tokens are settled.");
}

/** Replaces what was held by what was used. Can be repeated: the first time counts. */
export async function settleTokens(ctx: Ctx, id: string, used: number): Promise<void> {
  if (isCounted(ctx)) await callObject<void>(() => ledger(ctx).settleReservation(id, used));
}

/** Two calls a minute for each key, of those that reach a model (document 000). Answers what gives the charge back. */
export const chargeRequest = (ctx: Ctx): Promise<() => Promise<void>> => chargeFurther(ctx, { ai_requests: 1 });

/** What each call has paid for already: work whose commit has to be done again is not asked for again. */
const done = new WeakMap<Ctx, Promise<unknown>>();

/**
 * Does work that costs tokens while its caller waits, one of the two calls a minute: holds back the estimate, and settles with
 * what the meter has counted, however the work ends.
 */
export function withTokens<Result>(
  ctx: Ctx,
  estimate: number,
  work: (meter: Meter) => Promise<Result>,
): Promise<Result> {
  const before = done.get(ctx) as Promise<Result> | undefined;
  if (before) return before;
  const result = paid(ctx, estimate, work);
  done.set(ctx, result);
  return result;
}

async function paid<Result>(ctx: Ctx, estimate: number, work: (meter: Meter) => Promise<Result>): Promise<Result> {
  const id = newId("aic", ctx.now);
  const meter = new Meter();
  const giveBack = await chargeRequest(ctx);
  try {
    await holdTokens(ctx, id, estimate);
    return await work(meter);
  } catch (error) {
    // Whoever has used up the month has made the call all the same.
    const isDenied = error instanceof DomainError && error.code === "rate_limited";
    if (meter.total === 0 && !isDenied) await giveBack();
    throw error;
  } finally {
    // What cannot be settled counts as estimated: better than an answer that is paid for and lost.
    await settleTokens(ctx, id, meter.total).catch(() => {});
  }
}
