import { halfUp } from "./exact.ts";

/** A rate is a percentage with at most three decimals (8.875), so that thousandths of a percent are whole numbers. */
const PER_PERCENT = 1_000;
const WHOLE = BigInt(100 * PER_PERCENT);

/**
 * The tax of an amount, in its minor units, halves up: what is added to it, or what it contains when it is `included`.
 * `rate` is in percent.
 */
export function taxOf(amount: number, rate: number, { included }: { included: boolean }): number {
  const thousandths = BigInt(Math.round(rate * PER_PERCENT));
  return halfUp(BigInt(amount) * thousandths, included ? WHOLE + thousandths : WHOLE);
}
