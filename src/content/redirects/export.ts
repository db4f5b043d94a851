import { asc, eq } from "drizzle-orm";
import { scoped } from "../../core/storage/scoped.ts";
import type { Ctx } from "../../core/work/context.ts";
import { findSite } from "../sites/service.ts";
import { writeCsv } from "./csv.ts";
import { redirects } from "./table.ts";

/** All redirects of a site as CSV, by their paths: what an import takes again. */
export async function exportRedirects({ ctx, input: { siteId } }: { ctx: Ctx; input: { siteId: string } }) {
  await findSite(ctx, siteId);
  const { from, to, status } = redirects;
  const rows = await ctx.db
    .select({ from, to, status })
    .from(redirects)
    .where(scoped(ctx, redirects, eq(redirects.siteId, siteId)))
    .orderBy(asc(from));
  return writeCsv(rows);
}
