import { conflict, type DomainError } from "../../../core/errors.ts";
import type { OrderStatus } from "./table.ts";

/** Where an order can go from where it is. What was never paid is not refunded. */
const NEXT: Record<OrderStatus, readonly OrderStatus[]> = {
  pending: ["paid", "cancelled"],
  paid: ["shipped", "completed", "cancelled", "refunded"],
  shipped: ["delivered", "completed", "refunded"],
  delivered: ["completed", "refunded"],
  completed: ["refunded"],
  cancelled: ["refunded"],
  refunded: [],
};

/** What is wrong with the step, or `null`. Staying where it is, is no step. */
export function stepProblem(from: OrderStatus, to: OrderStatus): DomainError | null {
  if (from === to || NEXT[from].includes(to)) return null;
  const options = NEXT[from].length > 0 ? `can become ${NEXT[from].join(" or ")}` : "is final";
  return conflict("status", `An order that is ${from} ${options}, not ${to}.`);
}
