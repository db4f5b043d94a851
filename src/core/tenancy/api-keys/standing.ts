import { and, eq, gt, isNull, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { workspaces } from "../workspaces/table.ts";
import type { KeyRow } from "./table.ts";

type Ends = Pick<KeyRow, "expiresAt" | "endsAt">;

/** When a key stops by itself: at its expiry, or with the grace of a rotation, so that no successor of a leak outlives it. */
export const endOf = ({ expiresAt, endsAt }: Ends): number | null =>
  expiresAt === null || endsAt === null ? (expiresAt ?? endsAt) : Math.min(expiresAt, endsAt);

/** Whether a key works at this moment: neither revoked, rotated away, expired nor deactivated. */
export const isStanding = (key: Ends & Pick<KeyRow, "isActive">, at: number): boolean =>
  key.isActive && (endOf(key) ?? Number.POSITIVE_INFINITY) > at;

/** Whether a key reaches a workspace: its own, and with `account_access` the others of its account. */
export const isInReach = (
  { workspaceId, accountAccess }: Pick<KeyRow, "workspaceId" | "accountAccess">,
  other: number,
): boolean => workspaceId === other || accountAccess;

/** The key's own workspace. */
const own = alias(workspaces, "key_workspace");

/** Whether a key works, asked of a row of the table, or of an alias of it. */
export const stands = (key: Record<"isActive" | "endsAt" | "expiresAt", SQLiteColumn>, at: number): SQL =>
  and(
    eq(key.isActive, true),
    or(isNull(key.endsAt), gt(key.endsAt, at)),
    or(isNull(key.expiresAt), gt(key.expiresAt, at)),
  ) as SQL;

/**
 * Whether a key works for something of a workspace: it stands, that workspace is in its reach, and its own is not deleted.
 * Asked of a row of the table, or of an alias of it.
 */
export const standsFor = (
  key: Record<"isActive" | "endsAt" | "expiresAt" | "workspaceId" | "accountAccess", SQLiteColumn>,
  workspaceId: SQLWrapper | number,
  at: number,
): SQL =>
  and(
    stands(key, at),
    or(eq(key.workspaceId, workspaceId), eq(key.accountAccess, true)),
    sql`EXISTS (SELECT 1 FROM ${workspaces} AS ${own} WHERE ${own.id} = ${key.workspaceId} AND ${own.deletedAt} IS NULL)`,
  ) as SQL;
