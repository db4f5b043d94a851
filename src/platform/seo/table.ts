import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { foldedColumn, searched } from "../../core/storage/folded.ts";
import { tenantColumns } from "../../core/storage/tables.ts";

export interface Scores {
  performance?: number;
  accessibility?: number;
  best_practices?: number;
  seo?: number;
}

/** A submitted report on one address. */
export const seoReports = sqliteTable(
  "seo_reports",
  {
    id: integer("id").primaryKey(),
    ...tenantColumns,
    url: text("url").notNull(),
    scores: text("scores", { mode: "json" }).$type<Scores>().notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [index("seo_reports_by_workspace").on(table.workspaceId, table.environment, table.id)],
);

/** What the latest report on an address found wrong. */
export const seoIssues = sqliteTable(
  "seo_issues",
  {
    id: integer("id").primaryKey(),
    ...tenantColumns,
    reportId: integer("report_id").notNull(),
    url: text("url").notNull(),
    issueType: text("issue_type").notNull(),
    ...foldedColumn,
    severity: text("severity").notNull(),
    details: text("details", { mode: "json" }).$type<Record<string, unknown>>().notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    index("seo_issues_by_workspace").on(table.workspaceId, table.environment, table.id),
    index("seo_issues_by_url").on(table.workspaceId, table.environment, table.url),
  ],
);

searched(seoIssues, [seoIssues.url, seoIssues.issueType]);
