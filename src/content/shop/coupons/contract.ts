import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../../core/contract.ts";
import { MomentOrNullSchema, TimestampSchema } from "../../../core/fields.ts";
import { spaced } from "../../../core/patterns.ts";
import { listQuery, SearchSchema } from "../../list-query.ts";
import { itemSchema } from "../../resource/contract.ts";
import { AmountSchema, CurrencySchema } from "../../money.ts";
import { COUPON_TYPES } from "./table.ts";

const CODE = new RegExp(spaced("[A-Za-z0-9][A-Za-z0-9_-]{1,39}"));

/** A coupon's code however a customer writes it: case, width and spaces around it do not count. */
export const CouponCodeSchema = z
  .string()
  .normalize("NFKC")
  .regex(CODE, "must be 2 to 40 letters, digits, _ and -")
  .trim()
  .toUpperCase()
  .openapi({ example: "WINTER10" });

const fields = {
  code: CouponCodeSchema,
  type: z.enum(COUPON_TYPES, `must be one of ${COUPON_TYPES.join(", ")}`),
  value: AmountSchema.min(1, "must be at least 1").openapi({ example: 10, description: "Percent, or minor units" }),
  currency: CurrencySchema.nullable().openapi({ description: "Of a fixed amount" }),
  minimumAmount: AmountSchema.nullable().openapi({ description: "Orders of less do not get it" }),
  maxUses: z.int("must be a whole number").min(1, "must be at least 1").max(1_000_000_000).nullable(),
  active: z.boolean("must be true or false"),
};

export const CouponSchema = itemSchema("Coupon", "coup_01KAGW6PSZ0000000000000000", {
  ...fields,
  uses: z.int().openapi({ description: "Orders that have used it" }),
  startsAt: TimestampSchema.nullable(),
  expiresAt: TimestampSchema.nullable(),
});

export const CouponBodies = bodiesOf({
  label: "Coupon",
  fields: { ...fields, startsAt: MomentOrNullSchema, expiresAt: MomentOrNullSchema },
  defaults: { currency: null, minimumAmount: null, maxUses: null, active: true, startsAt: null, expiresAt: null },
  examples: { create: { code: "WINTER10", type: "percentage", value: 10, maxUses: 100 }, update: { active: false } },
});

export const ListCouponsQuery = listQuery(["createdAt"], { search: SearchSchema.optional() });
