import { madeBy } from "../../core/work/keeping.ts";
import { getTableColumns } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { z } from "@hono/zod-openapi";
import { invalid } from "../../core/errors.ts";
import { madeOf } from "../../core/storage/folded.ts";
import { ownedBy } from "../../core/storage/scoped.ts";
import { isMoment, shownBy } from "../resource/contract.ts";
import { readableOf } from "../resource/events.ts";
import type { SiteResource } from "../resource/resource.ts";
import type { ArchivedRow, Kind } from "./kind.ts";
import { idOf, parsed, pastOr } from "./read-fields.ts";

const STANDARD = ["id", "siteId", "version", "createdAt", "updatedAt"];

/** What a resource that is declared once is in an archive: its item as GET shows it, and what else it asks to be kept. */
export function kindOf(resource: SiteResource): Kind {
  const { name, path, table, idPrefix, schema, events, scopes, personal, archived } = resource;
  const columns = getTableColumns(table) as Record<string, SQLiteColumn>;
  const also = archived ? (archived.also ?? {}) : {};
  const { made, earlier, fromEarlier } = archived || {};
  const own = Object.fromEntries(Object.entries(schema.shape).filter(([field]) => !STANDARD.includes(field)));
  const record = z.object({ ...own, ...also });
  const shown = shownBy(schema);
  const slug = columns.slug && "slug" in own ? { column: columns.slug, beside: [] } : undefined;
  return {
    name,
    folder: (archived ? archived.folder : undefined) ?? (path.split("/").at(-1) as string),
    table,
    siteId: table.siteId,
    order: [table.createdAt, table.id],
    readable: readableOf(resource),
    write: scopes.write,
    isPersonal: (personal?.length ?? 0) > 0 || (archived !== false && archived?.ofPeople === true),
    created: events.created ?? null,
    ...(slug && { slug }),
    ...(archived ? archived.alone && { isAlone: true } : {}),
    show: (row) => ({
      ...shown(row as never),
      ...Object.fromEntries(Object.keys(also).map((field) => [field, row[field]])),
    }),
    async read(value, { ctx, site }) {
      const siteId = idOf(value.siteId, "site");
      if (!site(siteId)) throw invalid("siteId", "is not a website of this archive");
      const whole = { ...earlier, ...value };
      const said = parsed(record, fromEarlier?.(whole) ?? whole);
      const fields = Object.entries(said)
        .filter(([field]) => columns[field])
        .map(([field, it]) => [field, isMoment(schema, field) && typeof it === "string" ? Date.parse(it) : it]);
      const row = {
        id: idOf(value.id, idPrefix),
        ...ownedBy(ctx),
        siteId,
        ...Object.fromEntries(fields),
        ...made?.(said as never, ctx),
        version: 1,
        change: madeBy(ctx),
        createdAt: pastOr(value.createdAt, ctx.now),
        updatedAt: ctx.now,
      };
      return requireWhole(columns, { ...row, ...madeOf(table, row) });
    },
    check: (ctx, row) => resource.check?.({ ctx, row: row as never, before: null, sent: row }),
  };
}

/** What is left out of a record (a personal field, for one) may be what no row can be without. */
function requireWhole(columns: Record<string, SQLiteColumn>, row: ArchivedRow): ArchivedRow {
  for (const [field, column] of Object.entries(columns)) {
    if (row[field] !== undefined) continue;
    if (column.notNull && !column.hasDefault) throw invalid(field, "is missing");
    row[field] = null;
  }
  return row;
}
