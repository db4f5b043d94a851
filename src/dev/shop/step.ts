import { and, eq, type SQL } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import { scoped } from "../../core/storage/scoped.ts";
import type { Ctx } from "../../core/work/context.ts";
import type { Env } from "../../env.ts";
import { type Tenant, tenantContext } from "../tenant.ts";

/** Whose shop is filled, and when it is. */
export interface Shop {
  env: Env;
  tenant: Tenant;
  siteId: string;
  now: number;
}

/** One step of filling the shop, with a commit of its own, as if it were so many hours ago. */
export async function step<Result>(
  { env, tenant, now }: Shop,
  hoursAgo: number,
  run: (ctx: Ctx) => Promise<Result>,
): Promise<Result> {
  const ctx = tenantContext(env, tenant, now - hoursAgo * 3_600_000);
  const result = await run(ctx);
  await ctx.unit.commit();
  return result;
}

type OfSite = SQLiteTable & Record<"id" | "siteId" | "workspaceId" | "environment", SQLiteColumn>;

/** Makes something of the site that is not there yet; answers its id. */
export const ensureRow = (
  shop: Shop,
  hoursAgo: number,
  table: OfSite,
  isIt: SQL | undefined,
  make: (ctx: Ctx) => Promise<{ id: string }>,
): Promise<string> =>
  step(shop, hoursAgo, async (ctx) => {
    const [found] = await ctx.db
      .select({ id: table.id })
      .from(table)
      .where(scoped(ctx, table, and(eq(table.siteId, shop.siteId), isIt)));
    return found ? (found.id as string) : (await make(ctx)).id;
  });
