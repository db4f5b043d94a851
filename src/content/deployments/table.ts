import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { tenantColumns } from "../../core/storage/tables.ts";
import type { KeptNotes } from "../../rendering/notes.ts";
import type { FrozenSite } from "../sites/contract.ts";

export type DeploymentStatus = "completed" | "scheduled" | "building" | "failed" | "cancelled" | "dry_run";

/** One publish of a site: what it changed, and from `number` on which frozen pages it consists of. */
export const deployments = sqliteTable(
  "deployments",
  {
    id: text("id").primaryKey(),
    ...tenantColumns,
    siteId: text("site_id").notNull(),
    /** Counts the site's completed deployments; `null` until it is one. */
    number: integer("number"),
    status: text("status").$type<DeploymentStatus>().notNull(),
    pageCount: integer("page_count"),
    changes: text("changes", { mode: "json" }).$type<Changes>(),
    /** What visitors will not see, though it was published. */
    warnings: text("warnings", { mode: "json" }).$type<Warning[]>(),
    /** The only pages it publishes anew; `null` for all of the site. */
    onlyPages: text("only_pages", { mode: "json" }).$type<string[]>(),
    /** How far it is, while it is being built in the background. */
    progress: text("progress", { mode: "json" }).$type<Progress>(),
    /** The site as it was when published. */
    site: text("site", { mode: "json" }).$type<FrozenSite>(),
    actor: text("actor").notNull(),
    createdAt: integer("created_at").notNull(),
    scheduledAt: integer("scheduled_at"),
    publishedAt: integer("published_at"),
  },
  (table) => [
    uniqueIndex("deployments_number").on(table.siteId, table.number),
    index("deployments_by_creation").on(table.siteId, table.createdAt, table.id),
    index("deployments_due").on(table.status, table.scheduledAt),
  ],
);

/** Documents rendered so far, of those that changed; `at` is when it last went on. */
export interface Progress {
  rendered: number;
  total: number;
  at: number;
}

/** What a site shows at an address: a page, or an article of its blog. */
export type DocumentKind = "page" | "post";

export interface ChangedPage {
  kind: DocumentKind;
  id: string;
  title: string;
  slug: string;
  locale: string;
}

/** What of a document visitors do not see, or a link of it that leads nowhere. */
export interface Warning {
  /** `site`: its settings, and the id and slug are the site's. */
  kind: DocumentKind | "site";
  pageId: string;
  slug: string;
  locale: string;
  code: string;
  /** Where in the document. */
  path: string;
  /** What it is about: an address, an element, a property. */
  what: string;
  /** The block's place on the page, from 0. */
  block: number | null;
  /** Of a block that is not rendered. */
  type: string | null;
}

/** At most 500 of each; `counts` has them all. */
export interface Changes {
  added: ChangedPage[];
  changed: ChangedPage[];
  removed: ChangedPage[];
  counts: { added: number; changed: number; removed: number };
}

/**
 * Pages and articles as they were when published. A row belongs to the deployments from `firstNumber` up to, not including,
 * `endNumber`; an unchanged page is not written again by the next publish. Of deployments no longer kept there remain
 * only addresses, so that old links lead on.
 */
export const frozenPages = sqliteTable(
  "frozen_pages",
  {
    siteId: text("site_id").notNull(),
    pageId: text("page_id").notNull(),
    firstNumber: integer("first_number").notNull(),
    endNumber: integer("end_number"),
    pageVersion: integer("page_version").notNull(),
    locale: text("locale").notNull(),
    slug: text("slug").notNull(),
    title: text("title").notNull(),
    /** The page as its GET returned it. */
    page: text("page", { mode: "json" }).notNull(),
    kind: text("kind").$type<DocumentKind>().notNull().default("page"),
    /** Key of the rendered document in the bucket, and which way of rendering made it. */
    rendered: text("rendered"),
    rendering: integer("rendering"),
    /** What was noted then. */
    notes: text("notes", { mode: "json" }).$type<KeptNotes>(),
  },
  (table) => [
    uniqueIndex("frozen_pages_key").on(table.siteId, table.pageId, table.firstNumber),
    index("frozen_pages_current").on(table.siteId, table.endNumber),
    index("frozen_pages_address").on(table.siteId, table.locale, table.slug),
    // Few pages have forms: a publish looks at those alone.
    index("frozen_pages_with_forms").on(table.siteId, table.pageId).where(sql`${table.notes} -> '$.forms' IS NOT NULL`),
  ],
);

/** Documents rendered for a deployment that is not complete yet. */
export const renders = sqliteTable(
  "renders",
  {
    deploymentId: text("deployment_id").notNull(),
    pageId: text("page_id").notNull(),
    pageVersion: integer("page_version").notNull(),
    key: text("key").notNull(),
    notes: text("notes", { mode: "json" }).$type<KeptNotes>(),
  },
  (table) => [primaryKey({ columns: [table.deploymentId, table.pageId, table.pageVersion] })],
);

/**
 * Objects of the bucket to be deleted when their time has come: one key, or everything below a key that ends in `/`.
 * What is being uploaded stands here until the commit that refers to it takes it off: a publish that dies leaves nothing.
 * Of an upload only what no page refers to is deleted, so that one noted too long loses nothing.
 * `dueAt` 0 says that deletion has begun.
 */
export const discardedObjects = sqliteTable(
  "discarded_objects",
  { key: text("key").primaryKey(), dueAt: integer("due_at").notNull() },
  (table) => [index("discarded_objects_due").on(table.dueAt)],
);
