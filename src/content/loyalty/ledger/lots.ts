import { and, eq, gt, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { name, names } from "../../../core/storage/names.ts";
import { entries } from "./table.ts";

/** The ledger once more, where a statement looks at two entries. */
export const lots = alias(entries, "lot");

const { memberId, remaining, activeAt, expiresAt } = lots;
const isLeft = gt(remaining, 0);
const isActive = (now: number): SQL => lte(activeAt, now);

const isAlive = (now: number): SQL => or(isNull(expiresAt), gt(expiresAt, now)) as SQL;

/** Lots whose points can be spent at a moment. */
export const isSpendable = (now: number): SQL => and(isLeft, isActive(now), isAlive(now)) as SQL;

/** Lots whose points cannot be spent yet. */
export const isPending = (now: number): SQL => and(isLeft, or(isNull(activeAt), gt(activeAt, now))) as SQL;

/** Lots that have expired by then and still have points. */
export const isExpired = (now: number): SQL => and(isLeft, isActive(now), lte(expiresAt, now)) as SQL;

/** When time changes next what a lot counts for; `null` is never, or when its order is completed. */
export const nextChange = (now: number): SQL =>
  sql`CASE WHEN ${activeAt} > ${now} THEN ${activeAt} WHEN ${activeAt} IS NOT NULL THEN ${expiresAt} END`;

/** Whose points are taken: a member's, at a moment; those of `first` before any other, though they be pending. */
export interface Taking {
  memberId: string;
  now: number;
  first: string | null;
}

function isTakable({ memberId: member, now, first }: Taking): SQL {
  const isFirst = first === null ? undefined : and(eq(lots.id, first), isAlive(now));
  return and(eq(memberId, member), isLeft, or(isSpendable(now), isFirst)) as SQL;
}

/** How many points can be taken. */
export const takable = (taking: Taking): SQL =>
  sql`(SELECT coalesce(sum(${remaining}), 0) FROM ${entries} AS ${lots} WHERE ${isTakable(taking)})`;

/**
 * `SELECT id, expires_at, taken` of the lots that so many points are taken from: those that expire first, first. Fewer are
 * taken where there are not enough.
 */
export function takenLots(taking: Taking, points: SQL): SQL {
  const isFirst = taking.first === null ? sql`0` : sql`${lots.id} = ${taking.first}`;
  const order = sql`${isFirst} DESC, ${expiresAt} IS NULL, ${expiresAt}, ${activeAt}, ${lots.id}`;
  const before = sql`sum(${remaining}) OVER (ORDER BY ${order} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)`;
  const columns = names(entries.id, entries.expiresAt, entries.remaining);
  const ordered = sql`SELECT ${lots.id}, ${expiresAt}, ${remaining}, coalesce(${before}, 0) AS ahead
    FROM ${entries} AS ${lots} WHERE ${isTakable(taking)}`;
  const taken = sql`min(${name(entries.remaining)}, ${points} - ahead)`;
  return sql`SELECT ${columns}, ${taken} AS taken FROM (${ordered}) WHERE ahead < ${points}`;
}
