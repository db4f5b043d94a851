import { eq, type SQL, sql } from "drizzle-orm";
import type { z } from "@hono/zod-openapi";
import { ConcurrentChange } from "../../core/errors.ts";
import { newId } from "../../core/ids.ts";
import { bulksOf } from "../../core/storage/bulk.ts";
import { madeOf } from "../../core/storage/folded.ts";
import { insertSelect, name } from "../../core/storage/names.ts";
import { ownedBy, scoped } from "../../core/storage/scoped.ts";
import type { Ctx } from "../../core/work/context.ts";
import { laterThan } from "../../core/work/versioned.ts";
import { findSite } from "../sites/service.ts";
import type { ImportedSchema } from "./contract.ts";
import { readCsv, type SentRow } from "./csv.ts";
import { type Existing, type Planned, planRows, readRows } from "./plan.ts";
import { full, hasRoom } from "./rules.ts";
import { redirects } from "./table.ts";

/** Errors an answer has room for. */
const MAX_ERRORS = 500;

export type Imported = z.output<typeof ImportedSchema>;

const listed = (values: (string | null)[]): SQL =>
  sql`(SELECT value FROM json_each(${JSON.stringify(values.filter((it) => it !== null))}))`;

/** What of the site's redirects has to do with the rows: the same paths, or one leading to the other. */
const findConcerned = (ctx: Ctx, siteId: string, rows: readonly Planned[]): Promise<Existing[]> => {
  const { id, from, to, target, status, version } = redirects;
  const froms = listed(rows.map((it) => it.from));
  const targets = listed(rows.map((it) => it.target));
  const isOfSite = eq(redirects.siteId, siteId);
  const found = sql`SELECT ${id} FROM ${redirects} WHERE ${isOfSite} AND ${from} IN ${froms}
    UNION SELECT ${id} FROM ${redirects} WHERE ${isOfSite} AND ${from} IN ${targets}
    UNION SELECT ${id} FROM ${redirects} WHERE ${isOfSite} AND ${target} IN ${froms}`;
  return ctx.db
    .select({ id, from, to, target, status, version })
    .from(redirects)
    .where(scoped(ctx, redirects, isOfSite, sql`+${redirects.siteId} = ${siteId} AND ${id} IN (${found})`));
};

const foldedOf = ({ from, to }: Planned): Record<string, string> =>
  madeOf<Partial<typeof redirects.$inferSelect>>(redirects, { from, to }).folded ?? {};

/** A row for `json_each`: what a redirect is made of, or changed to. */
const asJson = (row: Planned, id: string, version: number) => ({
  id,
  version,
  from: row.from,
  to: row.to,
  target: row.target,
  status: row.status,
  folded: JSON.stringify(foldedOf(row)),
});

type Written = ReturnType<typeof asJson>;

const value = (field: keyof Written & string): SQL => sql`value ->> ${sql.raw(`'${field}'`)}`;
const rowsOf = (written: Written[]): SQL => sql`FROM json_each(${JSON.stringify(written)})`;

function stageRows(ctx: Ctx, siteId: string, created: Written[], updated: Written[]): void {
  const { workspaceId, environment } = ownedBy(ctx);
  if (created.length > 0) {
    ctx.unit.require(hasRoom(siteId, created.length), full());
    ctx.unit.onDuplicate([redirects.siteId, redirects.from], new ConcurrentChange());
    const fields = { from: value("from"), to: value("to"), target: value("target"), status: value("status") };
    const standard = { id: value("id"), workspaceId, environment, siteId, folded: value("folded"), version: 1 };
    const times = { createdAt: ctx.now, updatedAt: ctx.now };
    for (const some of bulksOf(created))
      ctx.unit.stage(insertSelect(redirects, { ...standard, ...fields, ...times }, rowsOf(some)));
  }
  for (const some of bulksOf(updated)) {
    const { to, target, status, folded, version, updatedAt, id } = redirects;
    const isAsRead = sql`${id} = ${value("id")} AND ${version} = ${value("version")}`;
    const asRead = sql`(SELECT count(*) ${rowsOf(some)} JOIN ${redirects} ON ${isAsRead})`;
    ctx.unit.require(sql`${asRead} = ${some.length}`);
    ctx.unit.stage(sql`UPDATE ${redirects} SET ${name(to)} = ${value("to")}, ${name(target)} = ${value("target")},
      ${name(status)} = ${value("status")}, ${name(folded)} = ${value("folded")}, ${name(version)} = ${version} + 1,
      ${name(updatedAt)} = ${laterThan(updatedAt, ctx.now)} ${rowsOf(some)} WHERE ${id} = ${value("id")}`);
  }
}

/** Holds at commit while no redirect that stays has come to lead to one of the rows, or on from one. */
function requireNoChains(ctx: Ctx, siteId: string, rows: readonly Planned[]): void {
  const froms = listed(rows.map((it) => it.from));
  const targets = listed(rows.map((it) => it.target));
  const staying = sql`${redirects.siteId} = ${siteId} AND ${redirects.from} NOT IN ${froms}`;
  for (const condition of [sql`${redirects.from} IN ${targets}`, sql`${redirects.target} IN ${froms}`])
    ctx.unit.require(sql`NOT EXISTS (SELECT 1 FROM ${redirects} WHERE ${staying} AND ${condition})`);
}

/**
 * Takes over the redirects of a former site: each `from` that is there already is changed, the rest is new, and a row that
 * cannot be one is left out and told. What can be taken over is, all of it or, when the site has no room for it, none.
 */
export async function importRedirects({
  ctx,
  input: { siteId, rows: sent },
}: {
  ctx: Ctx;
  input: { siteId: string; rows: readonly SentRow[] };
}): Promise<Imported> {
  const site = await findSite(ctx, siteId);
  const read = readRows(sent, site.domain);
  const existing = await findConcerned(ctx, siteId, read.rows);
  const plan = planRows(read.rows, existing);
  const byFrom = new Map(existing.map((it) => [it.from, it]));
  const isSame = (row: Planned, it: Existing) => it.to === row.to && it.status === row.status;
  const created = plan.rows.filter(({ from }) => !byFrom.has(from));
  const changed = plan.rows.flatMap((row) => {
    const it = byFrom.get(row.from);
    return it && !isSame(row, it) ? [asJson(row, it.id, it.version)] : [];
  });
  const made = created.map((row) => asJson(row, newId("redir", ctx.now), 1));
  const errors = [...read.errors, ...plan.errors].sort((a, b) => a.row - b.row);
  const counts = { created: made.length, updated: changed.length };
  if (made.length + changed.length > 0) {
    requireNoChains(ctx, siteId, plan.rows);
    stageRows(ctx, siteId, made, changed);
    ctx.unit.audit("redirect.imported", { type: "redirect", id: siteId, after: counts });
  }
  return {
    ...counts,
    unchanged: plan.rows.length - made.length - changed.length,
    failed: new Set(errors.map(({ row }) => row)).size,
    errors: errors.slice(0, MAX_ERRORS),
  };
}

/** The rows of a call's body. */
export function sentRows(body: {
  rows?: { from: string; to: string; status?: number | undefined }[] | undefined;
  csv?: string | undefined;
}): SentRow[] {
  if (body.csv !== undefined) return readCsv(body.csv);
  return (body.rows ?? []).map((it, index) => ({ row: index + 1, ...it }));
}
