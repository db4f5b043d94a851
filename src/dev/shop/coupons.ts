import { eq } from "drizzle-orm";
import { SAMPLE_COUPONS } from "../../content/sample/shop.ts";
import { COUPONS } from "../../content/shop/coupons/resource.ts";
import { coupons } from "../../content/shop/coupons/table.ts";
import { ensureRow, type Shop } from "./step.ts";

const HOURS_AGO = 60;

/** Adds the reductions of the bakery. */
export async function ensureCoupons(shop: Shop): Promise<void> {
  for (const body of SAMPLE_COUPONS) {
    await ensureRow(shop, HOURS_AGO, coupons, eq(coupons.code, body.code), (ctx) =>
      COUPONS.verbs.create({ ctx, input: { siteId: shop.siteId, body } }),
    );
  }
}
