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
