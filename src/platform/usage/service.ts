import { and, between, eq, sql } from "drizzle-orm";
import type { z } from "@hono/zod-openapi";
import { callObject } from "../../core/call-object.ts";
import type { Ctx } from "../../core/work/context.ts";
import { invalid } from "../../core/errors.ts";
import { ledgerOf } from "../../core/limits/ledger-object.ts";
import { periodKey } from "../../core/limits/period.ts";
import { scoped } from "../../core/storage/scoped.ts";
import { apiKeys, keyUsage } from "../../core/tenancy/api-keys/table.ts";
import { keysInSight } from "../api-keys/service/find.ts";
import type { UsageReportSchema } from "./contract.ts";

const MAX_DAYS = 92;
const DAY_MS = 24 * 3_600_000;
/** Rows of one report: with names as long as they can be they fit into an answer of 5 MB. A day has far fewer keys. */
const MAX_ROWS = 10_000;

/** Calls of each key that the caller may know of, on each day, by the names keys have now or had when they were revoked. Keys in use write their figures first, so the report is exact. */
export async function usageByDay({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { from?: string; to?: string; key_id?: number };
}): Promise<z.output<typeof UsageReportSchema>> {
  const to = input.to ?? periodKey("day", ctx.now);
  const from = input.from ?? `${periodKey("month", ctx.now)}-01`;
  if (from > to) throw invalid("from", "must not be after to");
  if ((Date.parse(to) - Date.parse(from)) / DAY_MS >= MAX_DAYS)
    throw invalid("from", `must be within ${MAX_DAYS} days of to`);
  const { workspaceId, environment } = ctx.caller;
  await callObject<void>(() => ledgerOf(ctx.env, workspaceId, environment).writeUse());
  const isWanted = and(
    between(keyUsage.day, from, to),
    input.key_id ? eq(keyUsage.keyId, input.key_id) : undefined,
    await keysInSight(ctx),
  );
  const rows = await ctx.db
    .select({
      key_id: keyUsage.keyId,
      key_name: apiKeys.name,
      day: keyUsage.day,
      calls: sql<number>`sum(${keyUsage.calls})`,
    })
    .from(keyUsage)
    .innerJoin(apiKeys, eq(apiKeys.id, keyUsage.keyId))
    .where(scoped(ctx, keyUsage, isWanted))
    .groupBy(keyUsage.day, keyUsage.keyId)
    .orderBy(keyUsage.day, keyUsage.keyId)
    .limit(MAX_ROWS + 1);
  // Whole days only: the one that does not fit any more is where the next report begins.
  const nextFrom = rows.length > MAX_ROWS ? (rows.at(-1)?.day ?? null) : null;
  const data = nextFrom === null ? rows : rows.filter(({ day }) => day < nextFrom);
  const total_calls = data.reduce((sum, row) => sum + row.calls, 0);
  return { data, meta: { from, to, total_calls, next_from: nextFrom } };
}
