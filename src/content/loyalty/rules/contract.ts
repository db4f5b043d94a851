import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../../core/contract.ts";
import { listQuery } from "../../list-query.ts";
import { AmountSchema, CurrencySchema } from "../../money.ts";
import { itemSchema } from "../../resource/contract.ts";
import { ACTIVATIONS } from "./table.ts";

const whole = (min: number, max: number) =>
  z.int("must be a whole number").min(min, `must be at least ${min}`).max(max, `must be at most ${max}`);

const fields = {
  currency: CurrencySchema,
  points: whole(1, 1_000_000).meta({ example: 2, description: "Points for each `perUnits` whole units of money" }),
  perUnits: whole(1, 1_000_000).meta({
    example: 1,
    description:
      "Whole units of money that earn the points: 1 is a euro, 100 a hundred yen. What is less than that earns nothing",
  }),
  minimumAmount: AmountSchema.meta({ example: 1_000, description: "Orders of less minor units earn nothing" }),
  activation: z.enum(ACTIVATIONS, `must be one of ${ACTIVATIONS.join(", ")}`).meta({
    description: "Whether points count from when the order is paid, or wait until it is completed",
  }),
  activeAfterDays: whole(0, 365).meta({ example: 14, description: "Days from then until they can be spent" }),
  expiresAfterMonths: whole(1, 120).nullable().register(z.globalRegistry, {
    example: 12,
    description: "Months for which they can be spent; null when they do not expire",
  }),
  enrols: z.boolean("must be true or false").meta({
    description: "Whether a customer who is no member becomes one by a paid order",
  }),
  bookings: z.boolean("must be true or false").meta({
    description: "Whether completed bookings earn by their price, too; what they earn counts from then on",
  }),
  active: z.boolean("must be true or false").meta({ description: "Whether it is applied" }),
};

export const RuleSchema = itemSchema("LoyaltyRule", "lrule_01KAGW6PSZ0000000000000000", fields);

export const RuleBodies = bodiesOf({
  label: "LoyaltyRule",
  fields,
  defaults: {
    perUnits: 1,
    minimumAmount: 0,
    activation: "payment",
    activeAfterDays: 0,
    expiresAfterMonths: null,
    enrols: false,
    bookings: false,
    active: true,
  },
  examples: {
    create: { currency: "EUR", points: 2, activeAfterDays: 14, expiresAfterMonths: 12 },
    update: { points: 3 },
  },
});

export const ListRulesQuery = listQuery(["createdAt"], {});
