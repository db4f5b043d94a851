import { and, eq, gt, type InferSelectModel, isNull, lt, or, sql } from "drizzle-orm";
import type { Ctx } from "../../../core/work/context.ts";
import { conflict, invalid } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import { coupons } from "./table.ts";

type CouponRow = InferSelectModel<typeof coupons>;

/** What holds of a coupon as a whole, whichever of its fields were sent. */
export function checkCoupon(ctx: Ctx, row: CouponRow): void {
  if (row.type === "percentage" && row.value > 100) throw invalid("value", "must be at most 100 percent");
  if (row.type === "fixed" && row.currency === null) throw invalid("currency", "is required of a fixed amount");
  if (row.startsAt !== null && row.expiresAt !== null && row.startsAt >= row.expiresAt) {
    throw invalid("expiresAt", "must be later than startsAt");
  }
  if (row.maxUses !== null && row.maxUses < row.uses) {
    throw invalid("maxUses", `must be at least ${row.uses}, which is how often it has been used`);
  }
  const taken = conflict("code", `The code "${row.code}" is already taken.`);
  ctx.unit.onDuplicate([coupons.siteId, coupons.code], taken);
}

const notUsable = (message: string) => invalid("couponCode", message);

/**
 * What a coupon takes off an order of `subtotal`. Its use is counted in the order's commit, where the table's CHECK
 * settles who gets the last one.
 */
export async function useCoupon(
  ctx: Ctx,
  { siteId, code, subtotal, currency }: { siteId: string; code: string; subtotal: number; currency: string },
): Promise<{ couponId: string; discount: number }> {
  const isIt = scoped(ctx, coupons, eq(coupons.siteId, siteId), eq(coupons.code, code));
  const [row] = await ctx.db.select().from(coupons).where(isIt);
  if (!row?.active) throw notUsable("is not a coupon of this site");
  if (row.startsAt !== null && ctx.now < row.startsAt) throw notUsable("is not valid yet");
  if (row.expiresAt !== null && ctx.now >= row.expiresAt) throw notUsable("is no longer valid");
  if (row.type === "fixed" && row.currency !== currency) throw notUsable(`is for orders in ${row.currency}`);
  if (row.minimumAmount !== null && subtotal < row.minimumAmount) {
    throw notUsable(`is for orders of at least ${row.minimumAmount} minor units`);
  }
  const isLeft = and(eq(coupons.id, row.id), or(isNull(coupons.maxUses), lt(coupons.uses, coupons.maxUses)));
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${coupons} WHERE ${isLeft})`, notUsable("has been used up"));
  ctx.unit.stage(
    ctx.db
      .update(coupons)
      .set({ uses: sql`${coupons.uses} + 1` })
      .where(eq(coupons.id, row.id)),
  );
  const discount = row.type === "fixed" ? Math.min(subtotal, row.value) : Math.floor((subtotal * row.value) / 100);
  return { couponId: row.id, discount };
}

/** Gives a use back: the order it was for came to nothing. The coupon may be gone, or have been reset meanwhile. */
export function giveBackCoupon(ctx: Ctx, couponId: string): void {
  ctx.unit.stage(
    ctx.db
      .update(coupons)
      .set({ uses: sql`${coupons.uses} - 1` })
      .where(scoped(ctx, coupons, eq(coupons.id, couponId), gt(coupons.uses, 0))),
  );
}
