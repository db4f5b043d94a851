import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { tenantColumns } from "../../../core/storage/tables.ts";
import { itemColumns } from "../../resource/columns.ts";

export const SUBMISSION_STATUSES = ["new", "read", "spam"] as const;
export type SubmissionStatus = (typeof SUBMISSION_STATUSES)[number];

/** What a visitor has answered: a text, a number, yes or no, or what was chosen among several. */
export type Answer = string | number | boolean | string[];

/** A file that came with a submission. */
export interface SubmittedFile {
  id: string;
  /** The field it was chosen in. */
  field: string;
  filename: string;
  contentType: string;
  /** Bytes. */
  size: number;
}

/**
 * What visitors have sent. Triggers count them by form and status, delete their files with them, and have the bytes of
 * those collected.
 */
export const submissions = sqliteTable(
  "form_submissions",
  {
    ...itemColumns,
    formId: text("form_id").notNull(),
    status: text("status").$type<SubmissionStatus>().notNull(),
    data: text("data", { mode: "json" }).$type<Record<string, Answer>>().notNull(),
    files: text("files", { mode: "json" }).$type<SubmittedFile[]>().notNull(),
    /** The page it was sent from; `null` for one that came by the API. */
    pageId: text("page_id"),
    locale: text("locale"),
    note: text("note"),
    /** Names the showing of the form, or the call, that it was sent by: it comes from each once. */
    sentKey: text("sent_key"),
    expiresAt: integer("expires_at").notNull(),
  },
  (table) => [
    uniqueIndex("form_submissions_sent").on(table.formId, table.sentKey),
    index("form_submissions_by_creation").on(table.siteId, table.formId, table.createdAt, table.id),
    index("form_submissions_by_update").on(table.siteId, table.formId, table.updatedAt, table.id),
    index("form_submissions_by_status").on(table.siteId, table.formId, table.status, table.createdAt, table.id),
    index("form_submissions_of_site").on(table.siteId, table.createdAt, table.id),
    index("form_submissions_expired").on(table.expiresAt),
  ],
);

export type SubmissionRow = typeof submissions.$inferSelect;

/** Files of submissions: nobody sees them but who may read those. Their bytes count towards the plan's storage, by triggers. */
export const formFiles = sqliteTable(
  "form_files",
  {
    id: text("id").primaryKey(),
    ...tenantColumns,
    siteId: text("site_id").notNull(),
    submissionId: text("submission_id").notNull(),
    filename: text("filename").notNull(),
    contentType: text("content_type").notNull(),
    size: integer("size").notNull(),
  },
  (table) => [
    index("form_files_by_submission").on(table.submissionId),
    index("form_files_by_workspace").on(table.workspaceId),
  ],
);
