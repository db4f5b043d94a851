import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { tenantColumns } from "../../storage/tables.ts";
import type { PublicationStatus } from "../../publication.ts";
import { foldedColumn, foldedText, searched } from "../../storage/folded.ts";

/** A website. */
export const sites = sqliteTable(
  "sites",
  {
    seq: integer("seq").primaryKey({ autoIncrement: true }),
    id: text("id").notNull().unique(),
    ...tenantColumns,
    name: text("name").notNull(),
    ...foldedColumn,
    slug: text("slug").notNull(),
    domain: text("domain"),
    /** When the domain was set. */
    domainClaimedAt: integer("domain_claimed_at"),
    /** When its proof was last seen; `null` while it is pending. */
    domainVerifiedAt: integer("domain_verified_at"),
    /** When its proof is looked for next; `null` when it needs none. */
    domainCheckAt: integer("domain_check_at"),
    status: text("status").$type<PublicationStatus>().notNull(),
    locale: text("locale").notNull(),
    locales: text("locales", { mode: "json" }).$type<string[]>().notNull(),
    settings: text("settings", { mode: "json" }).$type<Record<string, unknown>>().notNull(),
    designTokens: text("design_tokens", { mode: "json" }).$type<Record<string, string>>().notNull(),
    /** The deployment visitors see. */
    liveDeploymentId: text("live_deployment_id"),
    version: integer("version").notNull(),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    publishedAt: integer("published_at"),
  },
  (table) => [
    // The slug is part of the public address, so it is unique among all tenants of an environment; so is a proven domain.
    uniqueIndex("sites_slug").on(table.environment, table.slug),
    uniqueIndex("sites_domain").on(table.environment, table.domain).where(sql`${table.domainVerifiedAt} IS NOT NULL`),
    index("sites_domain_checks").on(table.domainCheckAt).where(sql`${table.domainCheckAt} IS NOT NULL`),
    index("sites_by_update").on(table.workspaceId, table.environment, table.updatedAt, table.id),
    index("sites_by_creation").on(table.workspaceId, table.environment, table.createdAt, table.id),
    index("sites_by_name").on(table.workspaceId, table.environment, foldedText(table.folded, table.name), table.id),
  ],
);

searched(sites, [sites.name, sites.slug, sites.domain]);
