import type { z } from "@hono/zod-openapi";
import { loadPolicy } from "../../core/access/key-rows.ts";
import { effectivePlan } from "../../core/access/key-gate.ts";
import { countsOf } from "../../core/access/key-object-client.ts";
import { callObject } from "../../core/call-object.ts";
import type { Ctx } from "../../core/work/context.ts";
import { notFound } from "../../core/errors.ts";
import type { Metric } from "../../core/limits/metric.ts";
import { ledgerOf } from "../../core/limits/ledger-object.ts";
import { periodEnd, periodKey } from "../../core/limits/period.ts";
import { planOf } from "../../core/limits/plans.ts";
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
  const policy = keyId === null ? null : await loadPolicy(ctx.db, keyId);
  if (!policy) throw notFound("API key");
  const period = periodKey("month", ctx.now);
  const used = await callObject<Record<Metric, number>>(() =>
    ledgerOf(ctx.env, workspaceId, environment).usage(period),
  );
  const plan = effectivePlan(policy);
  const counts = await countsOf(ctx.env, policy);
  const { monthly } = planOf(workspace.tier);
  return {
    period,
    resetAt: timestamp(periodEnd("month", ctx.now)),
    tier: workspace.tier,
    apiCalls: figure(used.api_calls, monthly.api_calls),
    mcpCalls: figure(used.mcp_calls, monthly.mcp_calls),
    aiTokens: figure(used.ai_tokens, monthly.ai_tokens),
    key: {
      id: policy.keyId,
      name: policy.name,
      callsToday: counts.today,
      callsThisMonth: counts.month,
      dailyLimit: plan.content.perDay,
      monthlyCap: policy.monthlyCap,
    },
  };
}
