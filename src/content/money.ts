import { z } from "@hono/zod-openapi";
import { CURRENCIES } from "../core/money.ts";

/** The largest amount: a hundred million in any currency, in minor units; sums of an order stay exact. */
export const MAX_AMOUNT = 10_000_000_000;

/** An amount in minor units: 1999 is € 19.99. */
export const AmountSchema = z
  .int("must be a whole number of minor units")
  .min(0, "must not be negative")
  .max(MAX_AMOUNT, `must be at most ${MAX_AMOUNT}`);

/** ISO 4217. */
export const CurrencySchema = z
  .enum(CURRENCIES, "must be an ISO 4217 currency code such as EUR")
  .openapi("Currency", { description: "A currency by its ISO 4217 code", example: "EUR" });
