import { and, eq } from "drizzle-orm";
import { minorDigits } from "../../../core/money.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { Terms } from "../ledger/table.ts";
import { type RuleRow, rules } from "./table.ts";

/** The rule of a currency, if there is one that is applied. */
export async function ruleFor(ctx: Ctx, siteId: string, currency: string): Promise<RuleRow | null> {
  const isIt = and(eq(rules.siteId, siteId), eq(rules.currency, currency), eq(rules.active, true));
  const [row] = await ctx.db
    .select()
    .from(rules)
    .where(scoped(ctx, rules, isIt));
  return row ?? null;
}

/** What an amount in minor units earns: whole units of money only, rounded down; nothing below the minimum. */
export function pointsOf(
  { currency, points, perUnits, minimumAmount }: Pick<RuleRow, "currency" | "points" | "perUnits" | "minimumAmount">,
  amount: number,
): number {
  if (amount < minimumAmount) return 0;
  return Math.floor(amount / (perUnits * 10 ** minorDigits(currency))) * points;
}

const DAY_MS = 86_400_000;

/** So many months later, in UTC; on the last day of a month that has no such day. */
export function monthsLater(at: number, months: number): number {
  const later = new Date(at);
  const day = later.getUTCDate();
  later.setUTCMonth(later.getUTCMonth() + months);
  if (later.getUTCDate() !== day) later.setUTCDate(0);
  return later.getTime();
}

/** When points that are earned at a moment become active and expire, in milliseconds. */
export function lifeOf({ activeAfterDays, expiresAfterMonths }: Terms, from: number) {
  const activeAt = from + activeAfterDays * DAY_MS;
  return { activeAt, expiresAt: expiresAfterMonths === null ? null : monthsLater(activeAt, expiresAfterMonths) };
}
