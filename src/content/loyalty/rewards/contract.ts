import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../../core/contract.ts";
import { line, text, UrlSchema } from "../../../core/fields.ts";
import { listQuery, SearchSchema } from "../../list-query.ts";
import { itemSchema } from "../../resource/contract.ts";
import { PointsSchema } from "../ledger/contract.ts";

const fields = {
  title: line(200).meta({ example: "Free coffee" }),
  description: text(2_000).nullable(),
  image: UrlSchema.nullable().register(z.globalRegistry, { description: "The address of its picture" }),
  cost: PointsSchema.meta({ example: 100, description: "Points it takes" }),
  stock: z
    .int("must be a whole number")
    .min(0, "must not be negative")
    .max(1_000_000_000, "must be at most 1000000000")
    .nullable()
    .register(z.globalRegistry, { example: 25, description: "How many are left; null when they are not counted" }),
  active: z.boolean("must be true or false").meta({ description: "Whether it can be redeemed" }),
};

export const RewardSchema = itemSchema("Reward", "rwd_01KAGW6PSZ0000000000000000", fields);

export const RewardBodies = bodiesOf({
  label: "Reward",
  fields,
  defaults: { description: null, image: null, stock: null, active: true },
  examples: { create: { title: "Free coffee", cost: 100, stock: 25 }, update: { cost: 120 } },
});

export const ListRewardsQuery = listQuery(["createdAt", "cost"], {
  active: z.enum(["true", "false"], "must be true or false").optional(),
  search: SearchSchema.optional(),
});
