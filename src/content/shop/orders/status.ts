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

type Change = Record<"before" | "row", OrderRow>;

/** What a change of an order is, by the verbs of its events. */
export const stepsOf = ({ before, row }: Change): ("paid" | "cancelled" | "refunded" | "completed")[] => {
  const isNew = (status: OrderStatus): boolean => before.status !== status && row.status === status;
  return [
    ...(before.paidAt === null && row.paidAt !== null ? (["paid"] as const) : []),
    ...(isNew("cancelled") ? (["cancelled"] as const) : []),
    ...(isNew("refunded") || row.refundedAmount > before.refundedAmount ? (["refunded"] as const) : []),
    ...(isNew("completed") ? (["completed"] as const) : []),
  ];
};
