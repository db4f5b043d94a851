import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { tenantColumns } from "../../core/storage/tables.ts";
import type { Site } from "../sites/contract.ts";

export type DeploymentStatus = "completed" | "scheduled" | "cancelled" | "dry_run";

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
    /** The site as it was when published. */
    site: text("site", { mode: "json" }).$type<Site>(),
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

export interface ChangedPage {
  id: string;
  title: string;
  slug: string;
  locale: string;
}

/** A block that is not rendered. */
export interface Warning {
  pageId: string;
  slug: string;
  locale: string;
  /** The block's place on the page, from 0. */
  block: number;
  type: string;
}

export interface Changes {
  added: ChangedPage[];
  changed: ChangedPage[];
  removed: ChangedPage[];
}

/**
 * Pages as they were when published. A row belongs to the deployments from `firstNumber` up to, not including,
 * `endNumber`; an unchanged page is not written again by the next publish.
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
  },
  (table) => [
    uniqueIndex("frozen_pages_key").on(table.siteId, table.pageId, table.firstNumber),
    index("frozen_pages_current").on(table.siteId, table.endNumber),
  ],
);
