import { getTableColumns } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { z } from "@hono/zod-openapi";
import { keepVersions } from "../../core/storage/history/kept.ts";
import type { Ctx } from "../../core/work/context.ts";
import { restoringBody } from "../versions/restoring.ts";
import type { VersionedResource } from "../versions/endpoints.ts";
import type { ItemRow, ItemTable } from "./columns.ts";
import type { Declaration } from "./declaration.ts";
import { findItem } from "./find.ts";
import type { Verbs } from "./verbs.ts";

type Declared = Declaration<ItemTable, z.ZodObject, z.ZodType, z.ZodType, z.ZodType>;
type Showing = Verbs<{ id: string; version: number }, unknown, object, object> & {
  show(ctx: Ctx, row: ItemRow): Record<string, unknown>;
};

/** What people know an item by, of the columns that resources have for it; nothing that is personal. */
const titleOf = ({ table, personal = [] }: Pick<Declared, "table" | "personal">): string =>
  ["title", "name", "code"].find((name) => name in getTableColumns(table as SQLiteTable) && !personal.includes(name)) ??
  "id";

/** What a declared resource is to whatever shows and restores versions, if they are kept; from here on they are. */
export function versionedOf(declared: Declared, verbs: Showing): VersionedResource<ItemRow> | null {
  const { versions, name, label, article = "a", tag, scopes, integrations, path, table, schema, update } = declared;
  if (!versions) return null;
  keepVersions(table, { kind: name, title: titleOf(declared) });
  const fields = (update?.schema as z.ZodObject | undefined)?.shape ?? {};
  return {
    ...{ name, label, article, tag, scopes, integrations, path, table, schema },
    restoring: restoringBody(label, fields, {}),
    show: verbs.show,
    find: (ctx, named) => findItem(ctx, { table, label }, named),
    restore: verbs.restore,
  };
}
