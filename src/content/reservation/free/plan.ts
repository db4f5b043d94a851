import type { ReservationSettings } from "../settings/settings.ts";
import type { TableRow } from "../tables/rules.ts";
import type { Span } from "./held.ts";

/** A reservation as far as it is in the way of others. */
export interface Held extends Span {
  tableId: string;
  walkIn: boolean;
}

type Buffer = ReservationSettings["walkInBuffer"];
type Sized = Pick<TableRow, "id" | "capacity" | "minParty">;

const weightOf = (buffer: NonNullable<Buffer>, { capacity }: Sized): number =>
  buffer.unit === "tables" ? 1 : capacity;

const overlaps = (it: Span, span: Span): boolean => it.from < span.until && it.until > span.from;

/** The most that is taken at once in a span. */
function peakIn(held: readonly (Span & { weight: number })[], span: Span): number {
  const moments = [span.from, ...held.map(({ from }) => from).filter((from) => from > span.from)];
  const at = (moment: number) =>
    held.filter(({ from, until }) => from <= moment && until > moment).reduce((sum, { weight }) => sum + weight, 0);
  return Math.max(...moments.map(at));
}

/**
 * Tells of the tables in use which ones a party can reserve in a span: the same rules as `firstFree`, of what was read once
 * for a whole day.
 */
export function freeIn(
  { tables, held, buffer }: { tables: readonly Sized[]; held: readonly Held[]; buffer: Buffer },
  span: Span,
  partySize: number,
): ReadonlySet<string> {
  const inTheWay = held.filter((it) => overlaps(it, span));
  const taken = new Set(inTheWay.map(({ tableId }) => tableId));
  const left = leftBesides(tables, inTheWay, buffer, span);
  const isFree = (it: Sized): boolean =>
    it.capacity >= partySize && it.minParty <= partySize && !taken.has(it.id) && left(it);
  return new Set(tables.filter(isFree).map(({ id }) => id));
}

/** Whether enough is left for walk-ins if a table is taken, too. */
function leftBesides(
  tables: readonly Sized[],
  inTheWay: readonly Held[],
  buffer: Buffer,
  span: Span,
): (table: Sized) => boolean {
  if (buffer === null || buffer.amount === 0) return () => true;
  const weights = new Map(tables.map((it) => [it.id, weightOf(buffer, it)]));
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const kept = buffer.unit === "percent" ? Math.ceil((total * buffer.amount) / 100) : buffer.amount;
  const online = inTheWay.filter(({ walkIn, tableId }) => !walkIn && weights.has(tableId));
  const peak = peakIn(
    online.map((it) => ({ ...it, weight: weights.get(it.tableId) as number })),
    span,
  );
  return (table) => peak + weightOf(buffer, table) + kept <= total;
}
