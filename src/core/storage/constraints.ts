import { getTableName } from "drizzle-orm";
import { DrizzleQueryError } from "drizzle-orm/errors";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { Unmigrated } from "../errors.ts";

/** The messages of an error and its causes: drizzle wraps what D1 says. */
function messages(error: unknown): string {
  let text = "";
  for (let cause = error; cause instanceof Error; cause = cause.cause) text += `${cause.message}\n`;
  return text;
}

/** How SQLite names a UNIQUE index in its errors: `pages.site_id, pages.slug`. */
export const uniqueName = (columns: readonly SQLiteColumn[]): string =>
  columns.map((column) => `${getTableName(column.table)}.${column.name}`).join(", ");

/** The columns of the UNIQUE index or primary key an error complains of, as SQLite writes them. */
export function violatedUnique(error: unknown): string | null {
  return /UNIQUE constraint failed: ([\w., ]+?)(?::|$)/m.exec(messages(error))?.[1] ?? null;
}

/** The number of the guard a commit was aborted by, and what it has found (the trigger on `commit_guards` raises its code). */
export function violatedGuard(error: unknown): { guard: number; found: string } | null {
  const match = /D1_ERROR: guard:(\d+):([\w,-]*)/.exec(messages(error));
  return match && { guard: Number(match[1]), found: match[2] as string };
}

/** Whether a migration has not run: somebody looked for it, or a statement asks for a table that is not there. */
export const isUnmigrated = (error: unknown): boolean =>
  error instanceof Unmigrated || /no such table/i.test(messages(error));

const isStatementFault = (error: unknown): boolean =>
  /no such|syntax error|SQLITE_(ERROR|MISMATCH|CONSTRAINT|RANGE|TOOBIG)|D1_TYPE_ERROR/i.test(messages(error));

/** A mistake of the program itself; what a database or an object says comes as a plain error. */
function isProgramFault(error: unknown): boolean {
  let cause = error;
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause;
  return [TypeError, RangeError, ReferenceError, SyntaxError].some((type) => cause instanceof type);
}

/** Whether the database refused a statement as wrong, or the program tripped over itself: our defect stays one. */
export const isDefect = (error: unknown): boolean => isStatementFault(error) || isProgramFault(error);

/** Whether the database failed to answer, rather than refusing a statement: lost connections, resets, overload. */
export function isDatabaseOutage(error: unknown): boolean {
  if (isDefect(error)) return false;
  // Of drizzle's queries everything but a wrong statement is an outage; a batch is told by what D1 says.
  if (error instanceof DrizzleQueryError) return true;
  return /D1_ERROR|Network connection lost|Durable Object|storage|overloaded|timed out/i.test(messages(error));
}
