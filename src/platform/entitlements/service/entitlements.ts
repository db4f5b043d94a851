import { eq, sql } from "drizzle-orm";
import type { z } from "@hono/zod-openapi";
import { callObject } from "../../../core/call-object.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { DomainError, invalid } from "../../../core/errors.ts";
import { ledgerOf } from "../../../core/limits/ledger-object.ts";
import type { Metric } from "../../../core/limits/metric.ts";
import { periodEnd, periodKey } from "../../../core/limits/period.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import { instant } from "../../replies.ts";
import type { CheckSchema, EntitlementSchema, RecordedSchema, SummarySchema } from "../contract.ts";
import { customUsage } from "../table.ts";
import { allFigures, type Figure, figureOf } from "./figures.ts";

const availableOf = ({ used, limit }: Figure): number | null => (limit === null ? null : Math.max(0, limit - used));

/** `posts` → `Post`, `api_calls` → `Api call`: how the documented message names a feature. */
const singular = (feature: string): string => {
  const words = feature.replace(/[_.-]+/g, " ").replace(/s$/, "");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Whether the workspace may use `quantity` more of a feature. The answer is 200 either way (document 002). */
export async function checkFeature({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { feature: string; quantity: number };
}): Promise<z.output<typeof CheckSchema>> {
  const { feature, quantity } = input;
  const figure = await figureOf(ctx, feature);
  const available = availableOf(figure);
  const shown = { feature, current_usage: figure.used, limit: figure.limit, available };
  if (available === null || quantity <= available) return { allowed: true, ...shown };
  const message = `${singular(feature)} limit exceeded. Used: ${figure.used}, Limit: ${figure.limit}`;
  return { allowed: false, reason: "LIMIT_EXCEEDED", message, ...shown, upgrade_url: ctx.env.UPGRADE_URL };
}

/** Counts usage that happened outside the API. What we measure ourselves (posts, pages, …) cannot be recorded. */
export async function recordUsage({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { feature: string; quantity: number; metadata?: Record<string, unknown> };
}): Promise<z.output<typeof RecordedSchema>> {
  const { feature, quantity, metadata } = input;
  const figure = await figureOf(ctx, feature);
  if (figure.kind === "kept") throw invalid("feature", "is measured by the API itself and cannot be recorded");
  const used =
    figure.kind === "monthly"
      ? await recordMonthly(ctx, feature as Metric, quantity, figure)
      : stageCustom(ctx, feature, quantity, figure);
  ctx.unit.audit("usage.recorded", { type: "feature", id: feature, after: { quantity, metadata } });
  return { recorded: true, feature, current_usage: used, limit: figure.limit };
}

async function recordMonthly(ctx: Ctx, metric: Metric, amount: number, { limit }: Figure): Promise<number> {
  const { workspaceId, environment } = ctx.caller;
  const period = periodKey("month", ctx.now);
  // The call's id makes repeating it harmless, should this request die before its answer is stored.
  const at = { id: ctx.callId, metric, period, amount, limit };
  const used = await callObject<number | null>(() => ledgerOf(ctx.env, workspaceId, environment).record(at));
  if (used !== null) return used;
  throw new DomainError("feature_limit_reached", "You have reached your limit for this feature.", {
    feature: metric,
    upgradeUrl: ctx.env.UPGRADE_URL,
  });
}

function stageCustom(ctx: Ctx, feature: string, amount: number, { used }: Figure): number {
  const { workspaceId, environment } = ctx.caller;
  const period = periodKey("month", ctx.now);
  const row = { workspaceId, environment, feature, period, used: amount };
  const target = [customUsage.workspaceId, customUsage.environment, customUsage.period, customUsage.feature];
  const set = { used: sql`${customUsage.used} + ${amount}` };
  const isThis = scoped(ctx, customUsage, eq(customUsage.period, period), eq(customUsage.feature, feature));
  const known = sql`coalesce((SELECT ${customUsage.used} FROM ${customUsage} WHERE ${isThis}), 0)`;
  ctx.unit.require(sql`${known} = ${used}`);
  ctx.unit.stage(ctx.db.insert(customUsage).values(row).onConflictDoUpdate({ target, set }));
  return used + amount;
}

function shown(feature: string, figure: Figure, now: number): z.output<typeof EntitlementSchema> {
  const { used, limit, kind } = figure;
  return {
    used,
    limit,
    available: availableOf(figure),
    percentage: limit === null ? 0 : limit === 0 ? 100 : Math.round((10_000 * used) / limit) / 100,
    ...(kind !== "kept" && { reset_at: instant(periodEnd("month", now)) }),
    ...(feature === "storage" && { unit: "bytes" as const }),
  };
}

/** Every entitlement of the workspace with what is used of it. */
export async function summarise({ ctx }: { ctx: Ctx }): Promise<z.output<typeof SummarySchema>> {
  const figures = Object.entries(await allFigures(ctx));
  const entitlements = Object.fromEntries(
    figures.map(([feature, figure]) => [feature, shown(feature, figure, ctx.now)]),
  );
  return { workspace_id: ctx.caller.workspaceId, tier: ctx.caller.workspace.tier, entitlements };
}
