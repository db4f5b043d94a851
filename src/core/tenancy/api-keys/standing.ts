import { and, eq, gt, isNull, or, type SQL } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { KeyRow } from "./table.ts";

type Ends = Pick<KeyRow, "expiresAt" | "endsAt">;

/** When a key stops by itself: at its expiry, or with the grace of a rotation, so that no successor of a leak outlives it. */
export const endOf = ({ expiresAt, endsAt }: Ends): number | null =>
  expiresAt === null || endsAt === null ? (expiresAt ?? endsAt) : Math.min(expiresAt, endsAt);

/** Whether a key works at this moment: neither revoked, rotated away, expired nor deactivated. */
export const isStanding = (key: Ends & Pick<KeyRow, "isActive">, at: number): boolean =>
  key.isActive && (endOf(key) ?? Number.POSITIVE_INFINITY) > at;

/** The same of a row of the table, or of an alias of it. */
export const standsAt = (key: Record<"isActive" | "endsAt" | "expiresAt", SQLiteColumn>, at: number): SQL =>
  and(
    eq(key.isActive, true),
    or(isNull(key.endsAt), gt(key.endsAt, at)),
    or(isNull(key.expiresAt), gt(key.expiresAt, at)),
  ) as SQL;
