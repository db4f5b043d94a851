import { and, eq, sql } from "drizzle-orm";
import { callObject } from "../../../core/call-object.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { ledgerOf } from "../../../core/limits/ledger-object.ts";
import { METRICS, type Metric } from "../../../core/limits/metric.ts";
import { periodKey } from "../../../core/limits/period.ts";
import { KEPT_FEATURES, type KeptFeature, planOf } from "../../../core/limits/plans.ts";
import { inUse } from "../../../core/limits/room.ts";
import { customUsage } from "../table.ts";

/** One feature's use; `limit` null is unlimited. */
export interface Figure {
  used: number;
  limit: number | null;
  kind: "kept" | "monthly" | "custom";
}

const isKept = (feature: string): feature is KeptFeature => (KEPT_FEATURES as readonly string[]).includes(feature);
const isMetric = (feature: string): feature is Metric => (METRICS as readonly string[]).includes(feature);

async function keptFigures(ctx: Ctx, features: readonly KeptFeature[]): Promise<Record<string, Figure>> {
  const limits = planOf(ctx.caller.workspace.tier).features;
  const columns = Object.fromEntries(
    features.map((feature) => [feature, inUse(ctx, feature).mapWith(Number).as(feature)]),
  );
  const [row] = await ctx.db.select(columns).from(sql`(SELECT 1)`);
  const used = row as Record<string, number>;
  return Object.fromEntries(
    features.map((feature) => [feature, { used: used[feature] ?? 0, limit: limits[feature], kind: "kept" as const }]),
  );
}

async function monthlyFigures(ctx: Ctx): Promise<Record<string, Figure>> {
  const { workspaceId, environment, workspace } = ctx.caller;
  const limits = planOf(workspace.tier).monthly;
  const period = periodKey("month", ctx.now);
  const used = await callObject<Record<Metric, number>>(() =>
    ledgerOf(ctx.env, workspaceId, environment).usage(period),
  );
  return Object.fromEntries(METRICS.map((it) => [it, { used: used[it], limit: limits[it], kind: "monthly" as const }]));
}

async function customFigures(ctx: Ctx, feature?: string): Promise<Record<string, Figure>> {
  const { workspaceId, environment } = ctx.caller;
  const ofMonth = and(
    eq(customUsage.workspaceId, workspaceId),
    eq(customUsage.environment, environment),
    eq(customUsage.period, periodKey("month", ctx.now)),
    feature ? eq(customUsage.feature, feature) : undefined,
  );
  const rows = await ctx.db.select().from(customUsage).where(ofMonth).limit(200);
  return Object.fromEntries(rows.map((row) => [row.feature, { used: row.used, limit: null, kind: "custom" as const }]));
}

/** The figure of one feature. A name nobody has counted under yet is a custom feature with nothing used. */
export async function figureOf(ctx: Ctx, feature: string): Promise<Figure> {
  const unused: Figure = { used: 0, limit: null, kind: "custom" };
  if (isKept(feature)) return (await keptFigures(ctx, [feature]))[feature] ?? unused;
  if (isMetric(feature)) return (await monthlyFigures(ctx))[feature] ?? unused;
  // The one row asked for, or none: a name such as `constructor` must not be looked up on an object.
  return Object.values(await customFigures(ctx, feature))[0] ?? unused;
}

/** Every figure of the workspace: the same counters and the same ledger that decide. */
export async function allFigures(ctx: Ctx): Promise<Record<string, Figure>> {
  const [kept, monthly, custom] = await Promise.all([
    keptFigures(ctx, KEPT_FEATURES),
    monthlyFigures(ctx),
    customFigures(ctx),
  ]);
  return { ...kept, ...monthly, ...custom };
}
