import { eq } from "drizzle-orm";
import { SAMPLE_COUPONS } from "../../content/sample/shop.ts";
import { COUPONS } from "../../content/shop/coupons/resource.ts";
import { coupons } from "../../content/shop/coupons/table.ts";
import { scoped } from "../../core/storage/scoped.ts";
import { type Shop, step } from "./step.ts";

const HOURS_AGO = 60;

/** Adds the reductions of the bakery. */
export async function ensureCoupons(shop: Shop): Promise<void> {
  for (const body of SAMPLE_COUPONS) {
    await step(shop, HOURS_AGO, async (ctx) => {
      const isIt = scoped(ctx, coupons, eq(coupons.siteId, shop.siteId), eq(coupons.code, body.code));
      const [found] = await ctx.db.select({ id: coupons.id }).from(coupons).where(isIt);
      if (!found) await COUPONS.verbs.create({ ctx, input: { siteId: shop.siteId, body } });
    });
  }
}
