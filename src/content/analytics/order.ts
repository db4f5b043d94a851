import type { Counts, Group } from "../../analytics/figures/count.ts";
import { type Dimension, isTime, type Metric } from "../../analytics/figures/dimensions.ts";
import { shown } from "../../analytics/figures/shown.ts";
import type { AnalyticsQuestion } from "./contract.ts";

type Ordering = Pick<AnalyticsQuestion, "metric" | "groupBy" | "orderBy" | "direction">;

const byText = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** What groups are ordered by where the caller names nothing: time, else the first metric. */
export function orderOf({ metric, groupBy, orderBy }: Ordering): Metric | Dimension {
  return orderBy ?? groupBy.find(isTime) ?? (metric[0] as Metric);
}

/** Of revenue in several currencies that is compared which most came in. */
function mainCurrency(groups: readonly Group[]): string {
  const sums = new Map<string, number>();
  for (const { counts } of groups)
    for (const [currency, amount] of Object.entries(counts.revenue))
      sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums].sort((one, other) => other[1] - one[1] || byText(one[0], other[0]))[0]?.[0] ?? "";
}

/** Groups in the order asked for; those that are equal in it by what they are of. */
export function ordered(groups: readonly Group[], question: Ordering): Group[] {
  const by = orderOf(question);
  const place = (question.groupBy as readonly string[]).indexOf(by);
  const currency = by === "revenue" ? mainCurrency(groups) : "";
  const figureOf = (counts: Counts): number => {
    if (by === "revenue") return counts.revenue[currency] ?? 0;
    const value = shown(counts, [by as Metric])[by as Exclude<Metric, "revenue">];
    return value ?? Number.NEGATIVE_INFINITY;
  };
  const sign = (question.direction ?? (place < 0 ? "desc" : "asc")) === "asc" ? 1 : -1;
  const compared = (one: Group, other: Group): number => {
    if (place >= 0) return byText(one.key[place] as string, other.key[place] as string);
    const [first, second] = [figureOf(one.counts), figureOf(other.counts)];
    return first === second ? 0 : first - second;
  };
  const byKey = (one: Group, other: Group): number =>
    one.key.reduce((found, it, index) => found || byText(it, other.key[index] as string), 0);
  return [...groups].sort((one, other) => sign * compared(one, other) || byKey(one, other));
}
