import { and, eq, gt, type InferSelectModel, sql } from "drizzle-orm";
import type { Ctx } from "../../../core/work/context.ts";
import { conflict, invalid } from "../../../core/errors.ts";
import { coupons } from "./table.ts";

export type CouponRow = InferSelectModel<typeof coupons>;

/** What holds of a coupon as a whole, whichever of its fields were sent. */
export function checkCoupon(ctx: Ctx, row: CouponRow): void {
  if (row.type !== "free_shipping" && row.value < 1) {
    throw invalid("value", "is required of a fixed amount and of a percentage");
  }
  if (row.type === "percentage" && row.value > 100) throw invalid("value", "must be at most 100 percent");
  if (row.type === "fixed" && row.currency === null) throw invalid("currency", "is required of a fixed amount");
  if (row.startsAt !== null && row.expiresAt !== null && row.startsAt >= row.expiresAt) {
    throw invalid("expiresAt", "must be later than startsAt");
  }
  keepUses(ctx, row);
  const taken = conflict("code", `The code "${row.code}" is already taken.`);
  ctx.unit.onDuplicate([coupons.siteId, coupons.code], taken);
}

/** What has been used stays within what may be, also if an order uses the coupon at the same moment. */
function keepUses(ctx: Ctx, { id, maxUses, uses }: CouponRow): void {
  if (maxUses === null) return;
  if (maxUses < uses) throw invalid("maxUses", `must be at least ${uses}, which is how often it has been used`);
  const isMore = and(eq(coupons.id, id), gt(coupons.uses, maxUses));
  const error = conflict("maxUses", `It has been used more than ${maxUses} times meanwhile.`);
  ctx.unit.require(sql`NOT EXISTS (SELECT 1 FROM ${coupons} WHERE ${isMore})`, error);
}

/** What a coupon takes off items of this worth: never more than that. Parts of a minor unit of a percentage are left off. */
export function discountOf({ type, value }: CouponRow, subtotal: number): number {
  if (type === "free_shipping") return 0;
  return type === "fixed" ? Math.min(subtotal, value) : Math.floor((subtotal * value) / 100);
}
