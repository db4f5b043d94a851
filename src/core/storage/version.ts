import { and, eq, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import { DomainError } from "../errors.ts";

/** What If-Match allows; absent or `null` when the caller does not care. */
export type ExpectedVersions = readonly number[] | null | undefined;

/** 412 when the caller asked for other versions than there is. */
export function requireVersion(version: number, expected: ExpectedVersions): void {
  if (!expected || expected.includes(version)) return;
  const message = `The resource has changed: it is now at version ${version}.`;
  throw new DomainError("precondition_failed", message, {
    fields: { "If-Match": [`does not name version ${version}`] },
    currentVersion: version,
  });
}

/** A unit of work, as far as a lock needs it. */
interface Guarded {
  require(condition: SQL): void;
}

type VersionedTable = SQLiteTable & Record<"id" | "version", SQLiteColumn>;
type VersionedRow = { id: string | number; version: number };

/** Holds the commit to the row as it was read: a change by somebody else in between has the operation run again. */
export const requireUnchanged = (unit: Guarded, table: VersionedTable, { id, version }: VersionedRow): void =>
  unit.require(sql`EXISTS (SELECT 1 FROM ${table} WHERE ${and(eq(table.id, id), eq(table.version, version))})`);

/** The optimistic lock of a write: 412 unless the row is at a version that If-Match allows, and still there at commit. */
export function lockVersion(unit: Guarded, table: VersionedTable, row: VersionedRow, expected: ExpectedVersions): void {
  requireVersion(row.version, expected);
  requireUnchanged(unit, table, row);
}
