import { conflict, type DomainError } from "../../../core/errors.ts";
import type { OrderRow, OrderStatus } from "./table.ts";

/** Where an order can go from where it is. */
const NEXT: Record<OrderStatus, readonly OrderStatus[]> = {
  pending: ["paid", "cancelled"],
  paid: ["shipped", "completed", "cancelled", "refunded"],
  shipped: ["delivered", "completed", "refunded"],
  delivered: ["completed", "refunded"],
  completed: ["refunded"],
  cancelled: ["refunded"],
  refunded: [],
};

/** What is wrong with a step, or `null`. Staying where it is, is no step; what was never paid is not refunded. */
export function stepProblem(from: OrderStatus, to: OrderStatus, isPaid: boolean): DomainError | null {
  const next = NEXT[from].filter((it) => it !== "refunded" || isPaid);
  if (from === to || next.includes(to)) return null;
  const options = next.length > 0 ? `can become ${next.join(" or ")}` : "is final";
  return conflict("status", `An order that is ${from} ${options}, not ${to}.`);
}

/** Whether all that was due was paid, whatever became of it since. */
export const isPaid = ({ paidAt }: OrderRow): boolean => paidAt !== null;

export const isCancelled = ({ status }: OrderRow): boolean => status === "cancelled";

/** What went back of it, and whether that was all: it grows with every refund, also of what has cost nothing. */
export const refundedBy = ({ status, refundedAmount }: OrderRow): number =>
  refundedAmount + Number(status === "refunded");
