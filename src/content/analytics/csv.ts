import type { Metric } from "../../analytics/figures/dimensions.ts";
import type { Money } from "../../analytics/figures/shown.ts";
import { csvLinesOf, harmless, inUnits } from "../csv.ts";
import type { AnalyticsQuestion } from "./contract.ts";
import type { Analytics } from "./service.ts";

/** Lines that are made at a time. */
const SOME = 500;

const moneyCell = (money: readonly Money[]): string =>
  money.map(({ currency, amount }) => `${inUnits(amount, currency)} ${currency}`).join("; ");

const cell = (value: number | null | Money[] | undefined): string => {
  if (Array.isArray(value)) return moneyCell(value);
  return value === null || value === undefined ? "" : String(value);
};

/** Groups as CSV below the names of dimensions and metrics; without groups one line of what all comes to. */
export function* analyticsCsv(
  { groups, totals }: Analytics,
  { groupBy, metric }: Pick<AnalyticsQuestion, "groupBy" | "metric">,
): Iterable<string> {
  yield csvLinesOf([[...groupBy, ...metric]]);
  const figures = (of: Analytics["totals"]) => metric.map((name: Metric) => cell(of[name]));
  if (groupBy.length === 0) yield csvLinesOf([figures(totals)]);
  for (let at = 0; at < groups.length; at += SOME) {
    const some = groups.slice(at, at + SOME);
    yield csvLinesOf(
      some.map(({ dimensions, metrics }) => [
        ...groupBy.map((name) => harmless(dimensions[name] ?? "")),
        ...figures(metrics),
      ]),
    );
  }
}
