import { z } from "@hono/zod-openapi";
import { openEnum } from "../../core/fields.ts";

/** Problems an import tells one by one; of more it tells how many there are. */
const MAX_PROBLEMS = 100;

export const OUTCOMES = ["left_out", "changed", "failed"] as const;

/** Something that does not come as it is: a record that cannot, one that is changed, a picture that is not to be had. */
export interface Problem {
  kind: string;
  /** What it is known by where it comes from: an id, a path, a title. */
  record: string;
  outcome: (typeof OUTCOMES)[number];
  message: string;
}

/** What becomes of the records of a kind. */
export interface KindCounts {
  found: number;
  /** There already, from an earlier import of the same: left as they are. */
  existing: number;
  failed: number;
}

export interface Report {
  counts: Record<string, KindCounts>;
  problems: Problem[];
  /** Problems beyond those that are told. */
  more: number;
}

export const emptyReport = (): Report => ({ counts: {}, problems: [], more: 0 });

export function countsOf(report: Report, kind: string): KindCounts {
  const counts = report.counts[kind] ?? { found: 0, existing: 0, failed: 0 };
  report.counts[kind] = counts;
  return counts;
}

export function tell(report: Report, problem: Problem): void {
  if (report.problems.length >= MAX_PROBLEMS) report.more += 1;
  else
    report.problems.push({ ...problem, record: problem.record.slice(0, 200), message: problem.message.slice(0, 500) });
}

const CountsSchema = z.object({
  found: z.int().meta({ description: "Records that the source has" }),
  created: z.int().meta({ description: "Of these the ones that are new here; in a dry run those that would be" }),
  existing: z.int().meta({ description: "Of these the ones an earlier import has brought: they are left as they are" }),
  failed: z.int().meta({ description: "Of these the ones that cannot come" }),
});

export const ImportResultSchema = z
  .object({
    dryRun: z.boolean(),
    counts: z.record(z.string(), CountsSchema),
    problems: z.array(
      z.object({
        kind: z.string(),
        record: z.string(),
        outcome: openEnum(OUTCOMES),
        message: z.string(),
      }),
    ),
    more: z.int().meta({ description: "Problems beyond those that are told" }),
  })
  .openapi("ImportResult");

export type ImportResult = z.output<typeof ImportResultSchema>;

export const resultOf = ({ counts, problems, more }: Report, dryRun: boolean): ImportResult => ({
  dryRun,
  counts: Object.fromEntries(
    Object.entries(counts).map(([kind, { found, existing, failed }]) => [
      kind,
      { found, created: found - existing - failed, existing, failed },
    ]),
  ),
  problems,
  more,
});
