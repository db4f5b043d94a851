import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../../core/contract.ts";
import { MomentOrNullSchema, TimestampSchema } from "../../../core/fields.ts";
import { spaced } from "../../../core/patterns.ts";
import { listQuery, SearchSchema } from "../../list-query.ts";
import { itemSchema } from "../../resource/contract.ts";
import { AmountSchema, CurrencySchema } from "../../money.ts";
import { COUPON_TYPES } from "./table.ts";

const CODE = /^[A-Z0-9][A-Z0-9_-]{1,39}$/;
/** What becomes such a code: in small letters too, and in the wide forms that keyboards of Asia write. */
const WRITTEN = "[A-Za-z0-9\\uff10-\\uff19\\uff21-\\uff3a\\uff41-\\uff5a]";
const WRITTEN_REST = "[A-Za-z0-9_\\-\\uff0d\\uff10-\\uff19\\uff21-\\uff3a\\uff3f\\uff41-\\uff5a]";

/** A coupon's code however a customer writes it: case, width and spaces around it do not count. */
export const CouponCodeSchema = z
  .string()
  .normalize("NFKC")
  .trim()
  .toUpperCase()
  .regex(CODE, "must be 2 to 40 letters, digits, _ and -")
  .meta({ pattern: spaced(`${WRITTEN}${WRITTEN_REST}{1,39}`), example: "WINTER10" });

const UsesSchema = z.int("must be a whole number").min(1, "must be at least 1").max(1_000_000_000);

const fields = {
  code: CouponCodeSchema,
  type: z.enum(COUPON_TYPES, `must be one of ${COUPON_TYPES.join(", ")}`),
  value: AmountSchema.meta({ example: 10, description: "Percent, or minor units; nothing for free shipping" }),
  currency: CurrencySchema.nullable().register(z.globalRegistry, { description: "Of a fixed amount" }),
  minimumAmount: AmountSchema.nullable().register(z.globalRegistry, { description: "Orders of less do not get it" }),
  maxUses: UsesSchema.nullable(),
  maxUsesPerCustomer: UsesSchema.nullable(),
  active: z.boolean("must be true or false"),
};

export const CouponSchema = itemSchema("Coupon", "coup_01KAGW6PSZ0000000000000000", {
  ...fields,
  uses: z.int().meta({ description: "Orders that have used it and are not cancelled" }),
  startsAt: TimestampSchema.nullable(),
  expiresAt: TimestampSchema.nullable(),
});

export const CouponBodies = bodiesOf({
  label: "Coupon",
  fields: { ...fields, startsAt: MomentOrNullSchema, expiresAt: MomentOrNullSchema },
  defaults: {
    value: 0,
    currency: null,
    minimumAmount: null,
    maxUses: null,
    maxUsesPerCustomer: null,
    active: true,
    startsAt: null,
    expiresAt: null,
  },
  examples: { create: { code: "WINTER10", type: "percentage", value: 10, maxUses: 100 }, update: { active: false } },
});

export const ListCouponsQuery = listQuery(["createdAt"], { search: SearchSchema.optional() });
