import { and, eq, gt, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { conflict, type DomainError, invalid } from "../../../core/errors.ts";
import { isSame } from "../../../core/storage/folded.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { orders } from "../orders/table.ts";
import type { CouponRow } from "./rules.ts";
import { coupons } from "./table.ts";

const FIELD = "couponCode";

const usedUp = (): DomainError => conflict(FIELD, "The coupon has been used up.");
const usedByCustomer = ({ maxUsesPerCustomer: most }: CouponRow): DomainError =>
  conflict(FIELD, `A customer can use this coupon ${most === 1 ? "once" : `${most} times`}.`);

/** How many orders of a customer hold a use of a coupon; those that are cancelled have given theirs back. */
const usesBy = (ctx: Ctx, { id }: CouponRow, customerEmail: string): SQL => {
  const areTheirs = and(eq(orders.couponId, id), isSame(orders.customerEmail, customerEmail));
  return sql`(SELECT count(*) FROM ${orders} WHERE ${scoped(ctx, orders, areTheirs)})`;
};

/**
 * The coupon of a code, if an order of `subtotal` can use it. 400 says why it is not for this order, 409 that there is no
 * use left: of the coupon, or for the customer where it is known who that is. Nothing is counted yet.
 */
export async function findCoupon(
  ctx: Ctx,
  order: { siteId: string; code: string; subtotal: number; currency: string; customerEmail: string | null },
): Promise<CouponRow> {
  const { siteId, code, subtotal, currency, customerEmail } = order;
  const isIt = scoped(ctx, coupons, eq(coupons.siteId, siteId), eq(coupons.code, code));
  const [row] = await ctx.db.select().from(coupons).where(isIt);
  if (!row?.active) throw invalid(FIELD, "is not a coupon of this site");
  if (row.startsAt !== null && ctx.now < row.startsAt) throw invalid(FIELD, "is not valid yet");
  if (row.expiresAt !== null && ctx.now >= row.expiresAt) throw invalid(FIELD, "is no longer valid");
  if (row.type === "fixed" && row.currency !== currency) throw invalid(FIELD, `is for orders in ${row.currency}`);
  if (row.minimumAmount !== null && subtotal < row.minimumAmount) {
    throw invalid(FIELD, `is for orders of at least ${row.minimumAmount} minor units`);
  }
  if (row.maxUses !== null && row.uses >= row.maxUses) throw usedUp();
  if (row.maxUsesPerCustomer !== null && customerEmail !== null) {
    const [theirs] = await ctx.db.all<{ uses: number }>(sql`SELECT ${usesBy(ctx, row, customerEmail)} AS uses`);
    if ((theirs?.uses ?? 0) >= row.maxUsesPerCustomer) throw usedByCustomer(row);
  }
  return row;
}

/**
 * Stages the use of a coupon by an order that names it as its `couponId`. The commit settles who gets the last one: 409 for
 * all others. A coupon that was changed since it was read is read again.
 */
export function useCoupon(ctx: Ctx, row: CouponRow, customerEmail: string): void {
  const isIt = eq(coupons.id, row.id);
  const isAsRead = and(isIt, eq(coupons.version, row.version));
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${coupons} WHERE ${isAsRead})`);
  const isLeft = and(isIt, or(isNull(coupons.maxUses), lt(coupons.uses, coupons.maxUses)));
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${coupons} WHERE ${isLeft})`, usedUp());
  if (row.maxUsesPerCustomer !== null) {
    ctx.unit.require(sql`${usesBy(ctx, row, customerEmail)} < ${row.maxUsesPerCustomer}`, usedByCustomer(row));
  }
  ctx.unit.stage(
    ctx.db
      .update(coupons)
      .set({ uses: sql`${coupons.uses} + 1` })
      .where(isIt),
  );
}

/**
 * Stages the return of the use that an order holds, and answers what changes of the order: it holds none any more, so that
 * none comes back twice. The coupon may be gone meanwhile.
 */
export function giveBackCoupon(ctx: Ctx, { couponId }: { couponId: string | null }): { couponId: null } {
  if (couponId !== null) {
    ctx.unit.stage(
      ctx.db
        .update(coupons)
        .set({ uses: sql`${coupons.uses} - 1` })
        .where(scoped(ctx, coupons, eq(coupons.id, couponId), gt(coupons.uses, 0))),
    );
  }
  return { couponId: null };
}
