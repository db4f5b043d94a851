import { z } from "@hono/zod-openapi";
import { isWebUrl, line, text } from "../../core/fields.ts";
import { WEB_URL } from "../../core/patterns.ts";
import { InstantSchema, instant } from "../replies.ts";
import type { seoIssues } from "./table.ts";

export const SEVERITIES = ["info", "warning", "error"] as const;

const Score = z.number("must be a number").min(0, "must be at least 0").max(100, "must be at most 100");

const ScoresSchema = z
  .strictObject({ performance: Score, accessibility: Score, best_practices: Score, seo: Score })
  .partial();

/** One finding; whatever else the tool says about it is kept as its details. */
const FindingSchema = z
  .object({
    type: line(100),
    severity: z.enum(SEVERITIES, `must be one of ${SEVERITIES.join(", ")}`),
  })
  .catchall(z.unknown())
  .refine((value) => JSON.stringify(value).length <= 4_000, "must have at most 4000 characters");

export const SubmitReportSchema = z
  .strictObject({
    url: text(2_000).refine(isWebUrl, "must be an http(s) URL").meta({ pattern: WEB_URL }),
    scores: ScoresSchema.default({}),
    issues: z.array(FindingSchema).max(500, "must have at most 500 issues").default([]),
  })
  .openapi("SubmitSeoReport", {
    example: {
      url: "https://example.com/page",
      scores: { performance: 85, accessibility: 92, best_practices: 88, seo: 95 },
      issues: [{ type: "missing_alt", severity: "warning", element: "img.hero-image" }],
    },
  });

export const ReportSchema = z
  .object({ id: z.int(), url: z.string(), scores: ScoresSchema, issues_count: z.int(), created_at: InstantSchema })
  .openapi("SeoReport");

export const IssueSchema = z
  .object({
    id: z.int(),
    url: z.string(),
    issue_type: z.string(),
    severity: z.enum(SEVERITIES),
    details: z.record(z.string(), z.unknown()),
    created_at: InstantSchema,
  })
  .openapi("SeoIssue");

export type SubmitReport = z.output<typeof SubmitReportSchema>;

export const toIssue = (row: typeof seoIssues.$inferSelect): z.output<typeof IssueSchema> => ({
  id: row.id,
  url: row.url,
  issue_type: row.issueType,
  severity: row.severity as z.output<typeof IssueSchema>["severity"],
  details: row.details,
  created_at: instant(row.createdAt),
});
