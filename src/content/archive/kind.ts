import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { DeclaredEvent } from "../../core/events/define.ts";
import type { Readable } from "../../core/keys/reader.ts";
import type { Scope } from "../../core/keys/scopes.ts";
import type { KeptFeature } from "../../core/limits/plans.ts";
import type { Ctx } from "../../core/work/context.ts";

import type { FileBytes } from "./sources/source.ts";

/** A table whose rows can stand in an archive. */
export type ArchivedTable = SQLiteTable & Record<"id" | "workspaceId" | "environment", SQLiteColumn>;

export interface ArchivedRow {
  id: string | number;
  siteId: string | null;
  [column: string]: unknown;
}

/** What is known of a site that records are read for. */
export interface KnownSite {
  locale: string;
  locales: readonly string[];
}

/** Whom a record is read for. */
export interface Reading {
  ctx: Ctx;
  /** Where ids are mapped to (`ids.ts`). */
  place: string;
  /** The site of this id, in the archive or where it is imported to; `undefined` when there is none. */
  site(siteId: string): KnownSite | undefined;
}

/** A kind of record in archives: how it is written, and how a row is made of one again. */
export interface Kind {
  /** As events and errors name it: `page`. */
  name: string;
  /** The folder of its files: `pages`. */
  folder: string;
  table: ArchivedTable;
  /** The column that names a row's site. */
  siteId: SQLiteColumn;
  /** By what rows are read, after those of their site, or of their workspace where `ofWorkspace`. There is an index for it. */
  order: readonly SQLiteColumn[];
  ofWorkspace?: boolean;
  readable: Readable;
  write: Scope;
  /** Whether it is about people: such records are not copied into a sandbox. */
  isPersonal?: boolean;
  /** What the plan counts of it. */
  feature?: KeptFeature;
  created: DeclaredEvent | null;
  /** The fields that no other row of its site has the same of; a slug that is taken is numbered. */
  slug?: { column: SQLiteColumn; beside: readonly string[] };
  /** A row as its GET shows it. */
  show(row: ArchivedRow): Record<string, unknown>;
  /** The row a record is to become. Throws a `DomainError` that says what is wrong with it. */
  read(record: Record<string, unknown>, reading: Reading): Promise<ArchivedRow>;
  /** What holds of a row besides, in the commit that stores it; the rule of the resource itself. */
  check?(ctx: Ctx, row: ArchivedRow): void;
  /** Of files: makes a record one, with its bytes; `null` where the source has none. Commits by itself. */
  bring?(ctx: Ctx, row: ArchivedRow, file: FileBytes | null): Promise<void>;
  /** Whether each row is stored in a commit of its own: its rules compare it with the others. */
  isAlone?: boolean;
  /** Records of one part at most, where each is more work than a row. */
  partRecords?: number;
  /** Whether only what comes from elsewhere has it: no export does. */
  isForeign?: boolean;
  /** What is to be looked up for some rows at once before they are stored. */
  complete?(ctx: Ctx, rows: ArchivedRow[]): Promise<ArchivedRow[]>;
}

let registered: readonly Kind[] | null = null;

/** Names every kind there is, in the order in which they are imported: what others refer to comes first. */
export function registerKinds(...kinds: readonly Kind[]): void {
  registered = kinds;
}

export function allKinds(): readonly Kind[] {
  if (!registered)
    throw new Error("No kinds of records are registered: the composition root has to call registerKinds.");
  return registered;
}

export function kindNamed(name: string): Kind {
  const kind = allKinds().find((it) => it.name === name);
  if (!kind) throw new Error(`There is no kind of record ${name}: list it in src/archive-kinds.ts.`);
  return kind;
}
