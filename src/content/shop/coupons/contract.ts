import { z } from "@hono/zod-openapi";
import { MomentSchema, TimestampSchema, timestamp, timestampOrNull } from "../../../core/fields.ts";
import { listQuery, SearchSchema } from "../../list-query.ts";
import { AmountSchema, CurrencySchema } from "../money.ts";
import { COUPON_TYPES, type coupons } from "../table.ts";

const fields = {
  code: z
    .string("must be text")
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9][A-Z0-9_-]{1,39}$/, "must be 2 to 40 letters, digits, _ and -")
    .openapi({ example: "WINTER10" }),
  type: z.enum(COUPON_TYPES, `must be one of ${COUPON_TYPES.join(", ")}`),
  value: AmountSchema.min(1, "must be at least 1").openapi({ example: 10, description: "Percent, or minor units" }),
  currency: CurrencySchema.nullable().openapi({ description: "Of a fixed amount" }),
  minimumAmount: AmountSchema.nullable().openapi({ description: "Orders of less do not get it" }),
  maxUses: z.int("must be a whole number").min(1, "must be at least 1").max(1_000_000_000).nullable(),
  active: z.boolean("must be true or false"),
};
const times = { startsAt: MomentSchema.nullable(), expiresAt: MomentSchema.nullable() };

export const CouponSchema = z
  .object({
    id: z.string().openapi({ example: "coup_01KAGW6PSZ0000000000000000" }),
    siteId: z.string(),
    ...fields,
    uses: z.int().openapi({ description: "Orders that have used it" }),
    startsAt: TimestampSchema.nullable(),
    expiresAt: TimestampSchema.nullable(),
    version: z.int(),
    createdAt: TimestampSchema,
    updatedAt: TimestampSchema,
  })
  .openapi("Coupon");

export type Coupon = z.output<typeof CouponSchema>;

export const CreateCouponSchema = z
  .strictObject({
    ...z.object({ ...fields, ...times }).partial().shape,
    code: fields.code,
    type: fields.type,
    value: fields.value,
  })
  .openapi("CreateCoupon", { example: { code: "WINTER10", type: "percentage", value: 10, maxUses: 100 } });

export const UpdateCouponSchema = z
  .strictObject({ ...fields, ...times })
  .partial()
  .refine((value) => Object.keys(value).length > 0, "names no field to change")
  .openapi("UpdateCoupon", { example: { active: false } });

export type CreateCoupon = z.output<typeof CreateCouponSchema>;
export type UpdateCoupon = z.output<typeof UpdateCouponSchema>;

export const CouponParams = z.object({ siteId: z.string(), couponId: z.string() });

export const ListCouponsQuery = listQuery(["createdAt"], { search: SearchSchema.optional() });

export const toCoupon = (row: typeof coupons.$inferSelect): Coupon => ({
  id: row.id,
  siteId: row.siteId,
  code: row.code,
  type: row.type,
  value: row.value,
  currency: row.currency,
  minimumAmount: row.minimumAmount,
  maxUses: row.maxUses,
  active: row.active,
  uses: row.uses,
  startsAt: timestampOrNull(row.startsAt),
  expiresAt: timestampOrNull(row.expiresAt),
  version: row.version,
  createdAt: timestamp(row.createdAt),
  updatedAt: timestamp(row.updatedAt),
});
