import { invalid } from "../../../core/errors.ts";
import { type BookingRow, LONGEST_BUSY_MS } from "./table.ts";

/** An appointment begins before it ends, within what it keeps others out of; an archive may say something else. */
export function requireOrder({ startAt, endAt, busyFrom, busyUntil }: BookingRow): void {
  const isInOrder = busyFrom <= startAt && startAt < endAt && endAt <= busyUntil;
  if (!isInOrder || busyUntil - busyFrom > LONGEST_BUSY_MS) throw invalid("endAt", "does not fit the other times");
}
