import type { z } from "@hono/zod-openapi";
import { loadPolicy } from "../../core/access/key-rows.ts";
import { effectivePlan } from "../../core/access/key-gate.ts";
import { callObject, countsOf } from "../../core/access/objects.ts";
import type { Ctx } from "../../core/work/context.ts";
import { notFound } from "../../core/errors.ts";
import type { Metric } from "../../core/limits/ledger.ts";
import { ledgerOf } from "../../core/limits/ledger-object.ts";
import { periodEnd, periodKey } from "../../core/limits/period.ts";
import { planOf, shardsFor } from "../../core/limits/plans.ts";
import { timestamp } from "../../core/fields.ts";
import type { UsageSchema } from "./contract.ts";

const figure = (used: number, limit: number | null) => ({
  used,
  limit,
  remaining: limit === null ? null : Math.max(0, limit - used),
});

/** The month's figures, exact: the ledger asks every key in use before it answers. */
export async function usageOf({ ctx }: { ctx: Ctx }): Promise<z.output<typeof UsageSchema>> {
  const { keyId, workspaceId, environment, workspace } = ctx.caller;
  const policy = keyId === null ? null : await loadPolicy(ctx.env.DB, keyId);
  if (!policy) throw notFound("API key");
  const period = periodKey("month", ctx.now);
  const used = await callObject<Record<Metric, number>>(() =>
    ledgerOf(ctx.env, workspaceId, environment).usage(period),
  );
  const plan = effectivePlan(policy);
  const counts = await countsOf(ctx.env, policy, shardsFor(plan, "platform"));
  const { monthly } = planOf(workspace.tier);
  return {
    period,
    resetAt: timestamp(periodEnd("month", ctx.now)),
    tier: workspace.tier,
    apiCalls: figure(used.api_calls, monthly.apiCalls),
    mcpCalls: figure(used.mcp_calls, monthly.mcpCalls),
    aiTokens: figure(used.ai_tokens, monthly.aiTokens),
    key: {
      callsToday: counts.today,
      callsThisMonth: counts.month,
      dailyLimit: plan.content.perDay,
      monthlyCap: policy.monthlyCap,
    },
  };
}
