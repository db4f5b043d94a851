import { halfUp } from "./exact.ts";

/** What has come back of an order after `refunded` minor units of its total: how much of that was tax. */
const taxWithin = ({ total, tax }: { total: number; tax: number }, refunded: number): number =>
  total === 0 ? 0 : halfUp(BigInt(tax) * BigInt(refunded), BigInt(total));

/**
 * Of a refund of `amount`, after `refundedBefore`, how much is tax and how much is not. The share is rounded over all
 * refunds together: whichever amounts an order is refunded in, their tax adds up to the order's.
 */
export function refundParts(
  order: { total: number; tax: number },
  { refundedBefore, amount }: { refundedBefore: number; amount: number },
): { amount: number; tax: number; net: number } {
  const tax = taxWithin(order, refundedBefore + amount) - taxWithin(order, refundedBefore);
  return { amount, tax, net: amount - tax };
}
