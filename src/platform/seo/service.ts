import { eq, sql } from "drizzle-orm";
import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../core/work/context.ts";
import { newIntegerId } from "../../core/ids.ts";
import { madeOf } from "../../core/storage/folded.ts";
import { insertSelect } from "../../core/storage/names.ts";
import type { NumberedSource } from "../../core/storage/numbered-list.ts";
import { ownedBy, scoped } from "../../core/storage/scoped.ts";
import { instant } from "../replies.ts";
import { selectWorkspace } from "../workspaces/service/select.ts";
import { integerId } from "../replies.ts";
import type { ReportSchema, SubmitReport } from "./contract.ts";
import { seoIssues, seoReports } from "./table.ts";

/** Stores a report. Its findings replace those of earlier reports on the same address. */
export async function submitReport({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: SubmitReport;
}): Promise<z.output<typeof ReportSchema>> {
  const { url, scores, issues } = input;
  const id = newIntegerId(ctx.now);
  const owner = ownedBy(ctx);
  const rows = issues.map(({ type, severity, ...details }) => ({
    id: newIntegerId(ctx.now),
    type,
    severity,
    details,
    ...madeOf(seoIssues, { url, issueType: type }),
  }));
  ctx.unit.stage(
    ctx.db.delete(seoIssues).where(scoped(ctx, seoIssues, eq(seoIssues.url, url))),
    ctx.db.insert(seoReports).values({ id, ...owner, url, scores, createdAt: ctx.now }),
    // One statement however many findings: D1 binds at most 100 parameters.
    insertSelect(
      seoIssues,
      {
        id: sql`value ->> 'id'`,
        ...owner,
        reportId: id,
        url,
        issueType: sql`value ->> 'type'`,
        severity: sql`value ->> 'severity'`,
        details: sql`value -> 'details'`,
        folded: sql`value -> 'folded'`,
        createdAt: ctx.now,
      },
      sql`FROM json_each(${JSON.stringify(rows)})`,
    ),
  );
  ctx.unit.audit("seo.report_submitted", { type: "seo_report", id, after: { url, scores, issues: issues.length } });
  return { id, url, scores, issues_count: issues.length, created_at: instant(ctx.now) };
}

/** Findings of one workspace of the account. */
export async function issueList(
  ctx: Ctx,
  { status }: { status?: string },
  params: { workspaceId: string },
): Promise<NumberedSource> {
  integerId(params.workspaceId, "Workspace");
  const inWorkspace = { ...ctx, caller: await selectWorkspace(ctx, params.workspaceId) };
  return {
    table: seoIssues,
    where: scoped(inWorkspace, seoIssues, status ? eq(seoIssues.severity, status) : undefined),
    sorts: {
      created_at: seoIssues.createdAt,
      severity: seoIssues.severity,
      url: seoIssues.url,
      issue_type: seoIssues.issueType,
    },
    id: seoIssues.id,
    search: [seoIssues.url, seoIssues.issueType],
    createdAt: seoIssues.createdAt,
    // A finding is replaced, never changed.
    updatedAt: seoIssues.createdAt,
  };
}
