import { getTableColumns, isNull, or, type SQL } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import { isListed, scoped } from "../../core/storage/scoped.ts";
import { trash, versions } from "../../core/storage/history/table.ts";
import { dropSome } from "../../core/storage/purge.ts";
import { auditLog, events } from "../../core/storage/tables.ts";
import { sites } from "../../core/tenancy/sites/table.ts";
import type { Ctx } from "../../core/work/context.ts";
import { forgetAnalytics } from "../../analytics/object/client.ts";
import { forgetPublished } from "../../content/deployments/service/forget.ts";
import { forgetMedia } from "../../content/media/service/collect.ts";
import { jobs } from "../../content/jobs/table.ts";
import { posts } from "../../content/posts/table.ts";
import type { ImportState } from "../../content/archive/state.ts";
import { seoIssues, seoReports } from "../seo/table.ts";
import { OWNED } from "../workspaces/service/owned.ts";

/** What has happened stays told, and jobs end by themselves. */
const KEPT: readonly SQLiteTable[] = [events, auditLog, jobs];

/** The websites of a sandbox. */
export async function sandboxSites(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.db.select({ id: sites.id }).from(sites).where(scoped(ctx, sites));
  return rows.map(({ id }) => id);
}

/**
 * The commit by which a sandbox is empty for everybody who lists something: its websites and posts go. `of` is the job's
 * own context, so that they go together with the word that they have gone.
 */
export async function beginEmptying(of: Ctx, ctx: Ctx, state: ImportState): Promise<boolean> {
  state.emptied = await sandboxSites(ctx);
  of.unit.stage(
    of.db.delete(posts).where(scoped(ctx, posts, or(isNull(posts.siteId), isListed(posts.siteId, state.emptied)))),
    of.db.delete(sites).where(scoped(ctx, sites, isListed(sites.id, state.emptied))),
  );
  of.unit.audit("sandbox.emptied", {
    type: "workspace",
    id: ctx.caller.workspaceId,
    after: { sites: state.emptied.length },
  });
  return false;
}

/** Tables whose rows are of a website, with the column that says of which. */
const ofSites = (): { table: SQLiteTable; siteId: SQLiteColumn; key: SQLiteColumn[] }[] =>
  OWNED.filter(({ table }) => !KEPT.includes(table)).flatMap(({ table, key }) => {
    const { siteId, id } = getTableColumns(table) as Record<string, SQLiteColumn>;
    const own = key ?? (id ? [id] : []);
    return siteId && own.length > 0 ? [{ table, siteId, key: own }] : [];
  });

/** Drops some of what was below the websites that have gone; answers whether nothing is left of it. */
export async function emptySome(ctx: Ctx, siteIds: readonly string[]): Promise<boolean> {
  const { env, db, caller } = ctx;
  const leftovers: { table: SQLiteTable; key: SQLiteColumn[]; where: SQL }[] = [
    ...ofSites().map(({ table, siteId, key }) => ({ table, key, where: isListed(siteId, siteIds) })),
    { table: versions, key: [versions.seq], where: scoped(ctx, versions) },
    { table: trash, key: [trash.id], where: scoped(ctx, trash) },
    { table: seoReports, key: [seoReports.id], where: scoped(ctx, seoReports) },
    { table: seoIssues, key: [seoIssues.id], where: scoped(ctx, seoIssues) },
  ];
  for (const leftover of leftovers) if ((await dropSome(db, leftover)) > 0) return false;
  await forgetMedia(env, siteIds);
  await forgetAnalytics(env, siteIds);
  await forgetPublished(env, caller.workspaceId, siteIds);
  return true;
}
