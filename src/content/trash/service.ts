import { eq, type SQL, sql } from "drizzle-orm";
import { notFound } from "../../core/errors.ts";
import { counter } from "../../core/storage/counter.ts";
import { contains } from "../../core/storage/folded.ts";
import { trash } from "../../core/storage/history/table.ts";
import { type ListQuery, listByCursor } from "../../core/storage/list.ts";
import { type ExpectedVersions, requireVersion } from "../../core/storage/version.ts";
import { isListed, scoped } from "../../core/storage/scoped.ts";
import type { Ctx } from "../../core/work/context.ts";
import { requireTrashed, stagePurged } from "../../core/work/keeping.ts";
import { findSite } from "../sites/service.ts";
import { findKept } from "../versions/find.ts";
import { type Who, whoIs } from "../versions/who.ts";
import { findTrashed, type Trashed } from "./find.ts";
import { kindOfId, openKinds, TRASHED_KINDS, type TrashedKind } from "./kinds.ts";

const TRASH = counter(
  "trash",
  TRASHED_KINDS.map(({ kind }) => kind),
);

/** Things that one call empties the trash of. */
const EMPTIED_AT_ONCE = 500;

interface Named {
  siteId: string;
  trashId: string;
}

type ToldTrashed = [row: Trashed, who: Who | null];

async function told(ctx: Ctx, rows: Trashed[]): Promise<ToldTrashed[]> {
  const who = await whoIs(
    ctx,
    rows.map(({ deletedBy }) => deletedBy),
  );
  return rows.map((row) => [row, who(row.deletedBy)]);
}

/** Of one kind the index leads to its rows; of several the list is read in its order. */
const ofKinds = ([kind, ...others]: readonly string[]): SQL =>
  others.length === 0 ? eq(trash.kind, kind ?? "") : isListed(trash.kind, [kind, ...others]);

/** What of a site was deleted and can be restored, of the kinds that the caller may read; last deleted first. */
export async function listTrash(
  ctx: Ctx,
  siteId: string,
  query: ListQuery & { type?: string | undefined; search?: string | undefined },
) {
  const { type, search } = query;
  await findSite(ctx, siteId);
  const kinds = type === undefined ? openKinds(ctx, "read").map(({ kind }) => kind) : [type];
  const isAll = kinds.length === TRASHED_KINDS.length;
  const found = search === undefined ? undefined : contains(trash.title, search);
  const source = {
    name: `trash:${siteId}`,
    table: trash,
    id: trash.id,
    orders: { deletedAt: trash.deletedAt },
    where: scoped(ctx, trash, eq(trash.scope, siteId), isAll ? undefined : ofKinds(kinds), found),
    counted: found ? undefined : TRASH.count(siteId, kinds),
  };
  const { rows, pagination } = await listByCursor(ctx, source, query);
  return { items: await told(ctx, rows), pagination };
}

async function findInSite(ctx: Ctx, { siteId, trashId }: Named): Promise<{ row: Trashed; kind: TrashedKind }> {
  const kind = kindOfId(trashId);
  const row = kind && (await findTrashed(ctx, trashId, eq(trash.scope, siteId)));
  if (kind && row) return { row, kind };
  await findSite(ctx, siteId);
  throw notFound("Trashed item");
}

/** One of them, with the resource as it was. */
export async function getTrashed(ctx: Ctx, named: Named): Promise<{ told: ToldTrashed; resource: object }> {
  const { row, kind } = await findInSite(ctx, named);
  const kept = await findKept(ctx, kind.table, row, row.version);
  if (!kept) throw notFound("Trashed item");
  const [one] = (await told(ctx, [row])) as [ToldTrashed];
  return { told: one, resource: kind.show(ctx, kept.row as never) };
}

/** Stages the return of one of them, under its old id; `changes` are fields that are to be other than they were. */
export async function recover(
  ctx: Ctx,
  named: Named,
  { changes, expectedVersions }: { changes: object; expectedVersions: ExpectedVersions },
): Promise<Record<string, unknown>> {
  const { row, kind } = await findInSite(ctx, named);
  requireVersion(row.version, expectedVersions);
  return kind.recover({ ctx, input: { trashed: row, changes } });
}

/** Stages the end of one of them, with its versions. */
export async function purgeTrashed(ctx: Ctx, named: Named): Promise<void> {
  const { row } = await findInSite(ctx, named);
  requireTrashed(ctx, row.id);
  stagePurged(ctx, [row.id]);
  ctx.unit.audit(`${row.kind}.purged`, { type: row.kind, id: row.id });
}

/** Stages the end of the oldest of what the caller may delete, of one kind or all; answers how many go and how many stay. */
export async function emptyTrash(
  ctx: Ctx,
  siteId: string,
  type: string | undefined,
): Promise<{ purged: number; remaining: number }> {
  await findSite(ctx, siteId);
  const kinds = type === undefined ? openKinds(ctx, "write").map(({ kind }) => kind) : [type];
  const where = scoped(ctx, trash, eq(trash.scope, siteId), ofKinds(kinds));
  const [rows, counts] = await ctx.db.batch([
    ctx.db
      .select({ id: trash.id, kind: trash.kind })
      .from(trash)
      .where(where)
      .orderBy(trash.deletedAt)
      .limit(EMPTIED_AT_ONCE),
    ctx.db.select({ n: sql<number>`${TRASH.count(siteId, kinds)}`.as("n") }).from(sql`(SELECT 1)`),
  ]);
  const purged = rows.length;
  if (purged > 0) {
    stagePurged(
      ctx,
      rows.map(({ id }) => id),
    );
    ctx.unit.audit("site.trash_emptied", { type: "site", id: siteId, after: { purged } });
  }
  return { purged, remaining: Math.max(0, (counts[0]?.n ?? 0) - purged) };
}
