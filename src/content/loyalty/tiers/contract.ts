import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../../core/contract.ts";
import { line } from "../../../core/fields.ts";
import { listQuery } from "../../list-query.ts";
import { itemSchema } from "../../resource/contract.ts";

const fields = {
  name: line(60).meta({ example: "Silver", description: "As members show it; no other tier has it" }),
  minPoints: z
    .int("must be a whole number")
    .min(0, "must not be negative")
    .max(1_000_000_000, "must be at most 1000000000")
    .meta({ example: 500, description: "The lifetime points it begins with; no other tier begins there" }),
};

export const TierSchema = itemSchema("LoyaltyTier", "tier_01KAGW6PSZ0000000000000000", fields);

export const TierBodies = bodiesOf({
  label: "LoyaltyTier",
  fields,
  defaults: {},
  examples: { create: { name: "Silver", minPoints: 500 }, update: { minPoints: 600 } },
});

export const ListTiersQuery = listQuery(["createdAt", "minPoints"], {});
