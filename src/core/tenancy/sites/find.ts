import { eq } from "drizzle-orm";
import type { Database } from "../../storage/database.ts";
import { scoped, type Tenanted } from "../../storage/scoped.ts";
import { sites } from "./table.ts";

/** Whether a site of this id belongs to the caller's workspace and environment. */
export async function isOwnSite(ctx: Tenanted & { db: Database }, siteId: string): Promise<boolean> {
  const isIt = scoped(ctx, sites, eq(sites.id, siteId));
  const [site] = await ctx.db.select({ id: sites.id }).from(sites).where(isIt);
  return site !== undefined;
}
