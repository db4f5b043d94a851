import { eq } from "drizzle-orm";
import type { Ctx } from "../../core/work/context.ts";
import { siteNotAllowed } from "../../core/access/all-sites.ts";
import { notFound } from "../../core/errors.ts";
import { scoped } from "../../core/storage/scoped.ts";
import { sites } from "../../core/tenancy/sites/table.ts";

/**
 * Refuses a key limited to certain sites: 403 for another site of its workspace, 404 for any other id.
 * Whether a site it may use exists is seen by the query that uses it.
 */
export async function siteAccess(ctx: Ctx, { siteId }: { siteId: string }): Promise<void> {
  const { siteIds } = ctx.caller;
  if (siteIds === null || siteIds.includes(siteId)) return;
  const [site] = await ctx.db
    .select({ id: sites.id })
    .from(sites)
    .where(scoped(ctx, sites, eq(sites.id, siteId)));
  if (!site) throw notFound("Site");
  throw siteNotAllowed();
}
