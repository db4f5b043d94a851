import { and, eq, type SQL, sql } from "drizzle-orm";
import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../core/context.ts";
import { conflict, invalid } from "../../../core/errors.ts";
import { newId } from "../../../core/ids.ts";
import { contains } from "../../../core/storage/contains.ts";
import { counter } from "../../../core/storage/counter.ts";
import { listByCursor } from "../../../core/storage/list.ts";
import { ownedBy, scoped } from "../../../core/storage/scoped.ts";
import type { ExpectedVersions } from "../../../core/storage/version.ts";
import { createItem, deleteItem, findItem, type ItemKind, updateItem } from "../../site-items.ts";
import { findSite } from "../../sites/service.ts";
import { coupons } from "../table.ts";
import { type Coupon, type CreateCoupon, type ListCouponsQuery, toCoupon, type UpdateCoupon } from "./contract.ts";

export type CouponRow = typeof coupons.$inferSelect;

const COUPON: ItemKind<typeof coupons, Coupon> = {
  label: "Coupon",
  name: "coupon",
  table: coupons,
  toItem: toCoupon,
  events: {},
};

const COUPONS = counter("coupons");

export interface CouponId {
  siteId: string;
  couponId: string;
}

export const findCoupon = (ctx: Ctx, { siteId, couponId }: CouponId): Promise<CouponRow> =>
  findItem(ctx, COUPON, siteId, couponId);

/** Coupons whose code contains the text. */
export const couponSearch = (text: string): SQL => contains(coupons.code, text);

/** The condition and the exact total of a site's coupons. */
export function couponFilter(ctx: Ctx, siteId: string, search?: string): { where: SQL; total: SQL } {
  const isFound = search === undefined ? undefined : couponSearch(search);
  const where = scoped(ctx, coupons, eq(coupons.siteId, siteId), isFound);
  const total = search === undefined ? COUPONS.count(siteId) : sql`(SELECT count(*) FROM ${coupons} WHERE ${where})`;
  return { where, total };
}

export async function listCoupons({
  ctx,
  input: { siteId, query },
}: {
  ctx: Ctx;
  input: { siteId: string; query: z.output<typeof ListCouponsQuery> };
}) {
  await findSite(ctx, siteId);
  const orders = { createdAt: coupons.createdAt };
  const filter = couponFilter(ctx, siteId, query.search);
  const source = { name: `coupons:${siteId}`, table: coupons, id: coupons.id, orders, ...filter };
  const { rows, pagination } = await listByCursor(ctx, source, { ...query, orderBy: "createdAt" });
  return { items: rows.map(toCoupon), pagination };
}

/** What holds of a coupon as a whole, whichever of its fields were sent. */
function check(ctx: Ctx, row: CouponRow): void {
  if (row.type === "percentage" && row.value > 100) throw invalid("value", "must be at most 100 percent");
  if (row.type === "fixed" && row.currency === null) throw invalid("currency", "is required of a fixed amount");
  if (row.startsAt !== null && row.expiresAt !== null && row.startsAt >= row.expiresAt) {
    throw invalid("expiresAt", "must be later than startsAt");
  }
  if (row.maxUses !== null && row.maxUses < row.uses) {
    throw invalid("maxUses", `must be at least ${row.uses}, which is how often it has been used`);
  }
  const taken = conflict("code", `The code "${row.code}" is already taken.`);
  ctx.unit.onDuplicate("coupons.site_id, coupons.code", taken);
}

export async function createCoupon({
  ctx,
  input: { siteId, coupon },
}: {
  ctx: Ctx;
  input: { siteId: string; coupon: CreateCoupon };
}): Promise<Coupon> {
  const site = await findSite(ctx, siteId);
  const row: CouponRow = {
    id: newId("coup", ctx.now),
    ...ownedBy(ctx),
    siteId: site.id,
    code: coupon.code,
    type: coupon.type,
    value: coupon.value,
    currency: coupon.type === "fixed" ? (coupon.currency ?? null) : null,
    minimumAmount: coupon.minimumAmount ?? null,
    maxUses: coupon.maxUses ?? null,
    uses: 0,
    startsAt: coupon.startsAt ?? null,
    expiresAt: coupon.expiresAt ?? null,
    active: coupon.active ?? true,
    version: 1,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  };
  check(ctx, row);
  return createItem(ctx, COUPON, row);
}

export async function updateCoupon({
  ctx,
  input: { changes, expectedVersions, ...named },
}: {
  ctx: Ctx;
  input: CouponId & { changes: UpdateCoupon; expectedVersions?: ExpectedVersions };
}): Promise<Coupon> {
  const before = await findCoupon(ctx, named);
  const columns = { ...changes, ...(changes.type === "percentage" && { currency: null }) } as Partial<CouponRow>;
  check(ctx, { ...before, ...columns });
  return updateItem(ctx, COUPON, before, columns, expectedVersions);
}

export async function deleteCoupon({
  ctx,
  input: { expectedVersions, ...named },
}: {
  ctx: Ctx;
  input: CouponId & { expectedVersions?: ExpectedVersions };
}): Promise<void> {
  deleteItem(ctx, COUPON, await findCoupon(ctx, named), expectedVersions);
}

const notUsable = (message: string) => invalid("couponCode", message);

/**
 * What a coupon takes off an order of `subtotal`. Its use is counted in the order's commit, where the table's CHECK
 * settles who gets the last one.
 */
export async function useCoupon(
  ctx: Ctx,
  { siteId, code, subtotal, currency }: { siteId: string; code: string; subtotal: number; currency: string },
): Promise<number> {
  const isIt = scoped(ctx, coupons, eq(coupons.siteId, siteId), eq(coupons.code, code.toUpperCase()));
  const [row] = await ctx.db.select().from(coupons).where(isIt);
  if (!row?.active) throw notUsable("is not a coupon of this site");
  if (row.startsAt !== null && ctx.now < row.startsAt) throw notUsable("is not valid yet");
  if (row.expiresAt !== null && ctx.now >= row.expiresAt) throw notUsable("is no longer valid");
  if (row.type === "fixed" && row.currency !== currency) throw notUsable(`is for orders in ${row.currency}`);
  if (row.minimumAmount !== null && subtotal < row.minimumAmount) {
    throw notUsable(`is for orders of at least ${row.minimumAmount} minor units`);
  }
  const isLeft = and(eq(coupons.id, row.id), sql`(max_uses IS NULL OR uses < max_uses)`);
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${coupons} WHERE ${isLeft})`, notUsable("has been used up"));
  ctx.unit.stage(sql`UPDATE coupons SET uses = uses + 1 WHERE id = ${row.id}`);
  return row.type === "fixed" ? Math.min(subtotal, row.value) : Math.floor((subtotal * row.value) / 100);
}
