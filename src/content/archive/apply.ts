import { ConcurrentChange, DomainError } from "../../core/errors.ts";
import { randomIdOf } from "../../core/ids.ts";
import { requireRoom } from "../../core/limits/room.ts";
import { BULK_BYTES, insertRows } from "../../core/storage/bulk.ts";
import type { Ctx } from "../../core/work/context.ts";
import { jobContext } from "../../core/work/job-context.ts";
import { sql } from "drizzle-orm";
import { wakeAt } from "../../core/work/scheduler.ts";
import { nextObject, textAt } from "./bucket.ts";
import { fittedRows } from "./fitted.ts";
import { rewritten } from "./ids.ts";
import { type ArchivedRow, type Kind, kindNamed } from "./kind.ts";
import { isSite, placeOf } from "./place.ts";
import { allIdsKey, partsKey } from "./read.ts";
import { countsOf, tell } from "./report.ts";
import type { ImportState, Work } from "./state.ts";
import { existingIds } from "./taken.ts";

/** Rows of one commit. */
const ROWS_AT_ONCE = 100;

/** Ids that are known of the source of the import this isolate has worked on last. */
let known: { jobId: string; ids: ReadonlySet<string> } | null = null;

async function knownIds(ctx: Ctx, work: Work): Promise<ReadonlySet<string>> {
  if (known?.jobId !== work.jobId) {
    const text = (await textAt(ctx.env, allIdsKey(work, work.jobId))) ?? "[]";
    known = { jobId: work.jobId, ids: new Set(JSON.parse(text) as string[]) };
  }
  return known.ids;
}

/** Stores the next part; answers whether there was one. Rows that an earlier try has stored are found and left alone. */
export async function applyPart(ctx: Ctx, work: Work, state: ImportState): Promise<boolean> {
  const part = await nextObject(ctx.env, partsKey(work, work.jobId), state.part);
  if (!part) return false;
  const kind = kindNamed(part.customMetadata?.kind ?? "");
  const text = (await textAt(ctx.env, part.key)) ?? "";
  const ids = await knownIds(ctx, work);
  const place = placeOf(work);
  const moved = new Map(Object.entries(state.sites).map(([id, { to }]) => [id, to]));
  const sites = new Map(Object.values(state.sites).map((site) => [site.to, site]));
  const reading = { ctx, place, site: (id: string) => sites.get(id) };
  const rows: ArchivedRow[] = [];
  for (const line of text.split("\n")) {
    const record = JSON.parse(await rewritten(line, place, { isKnown: (id) => ids.has(id), fixed: moved }));
    rows.push(await kind.read(record, reading));
  }
  for (const chunk of chunksOf(rows)) await store(ctx, kind, chunk, state);
  state.part = part.key;
  state.stored += 1;
  return true;
}

/** Rows of one site each, as many as one commit takes. */
function chunksOf(rows: readonly ArchivedRow[]): ArchivedRow[][] {
  const chunks: ArchivedRow[][] = [];
  let length = 0;
  for (const row of rows) {
    const size = JSON.stringify(row).length;
    const last = chunks.at(-1);
    const fits = last && last.length < ROWS_AT_ONCE && last[0]?.siteId === row.siteId && length + size < BULK_BYTES / 2;
    if (fits) last.push(row);
    else chunks.push([row]);
    length = fits ? length + size : size;
  }
  return chunks;
}

/** Stores rows in a commit of their own; where that is refused one by one, so that one of them does not keep out the others. */
async function store(ctx: Ctx, kind: Kind, rows: readonly ArchivedRow[], state: ImportState): Promise<void> {
  const existing = await existingIds(ctx, kind, rows);
  const fresh = rows.filter(({ id }) => !existing.has(id));
  if (fresh.length === 0) return;
  try {
    await commitRows(ctx, kind, await fittedRows(ctx, kind, fresh));
  } catch (error) {
    const isRefused = error instanceof ConcurrentChange || error instanceof DomainError;
    if (!isRefused || isDue(error)) throw error;
    if (fresh.length > 1) for (const row of fresh) await store(ctx, kind, [row], state);
    else {
      countsOf(state.report, kind.name).failed += 1;
      const record = String(fresh[0]?.slug ?? fresh[0]?.id);
      tell(state.report, {
        kind: kind.name,
        record,
        outcome: "failed",
        message: error.message || "was changed meanwhile",
      });
    }
  }
}

/** What waiting, or a larger plan, settles. */
const isDue = (error: Error): boolean =>
  error instanceof DomainError && (error.code === "unavailable" || error.code === "feature_limit_reached");

async function commitRows(of: Ctx, kind: Kind, rows: readonly ArchivedRow[]): Promise<void> {
  const { caller, env, now } = of;
  const ctx = jobContext(env, caller, caller.actor, now, caller.workspace.tier);
  const { unit } = ctx;
  if (kind.feature) requireRoom(ctx, kind.feature, { amount: rows.length });
  const [first] = rows as [ArchivedRow];
  unit.stage(
    rows.length === 1 ? ctx.db.insert(kind.table).values(first as never) : insertRows(kind.table, rows as never),
  );
  unit.onDuplicate([kind.table.id], new ConcurrentChange());
  for (const row of rows) {
    kind.check?.(ctx, row);
    if (typeof row.publishAt === "number") wakeAt(ctx, row.publishAt);
  }
  announce(ctx, kind, rows);
  await unit.commit();
}

/** Tells subscribers of every row, as if somebody had made it here. */
function announce(ctx: Ctx, { created, name, show, table, ...kind }: Kind, rows: readonly ArchivedRow[]): void {
  if (name === "site")
    for (const row of rows) ctx.unit.audit("site.created", { type: "site", id: row.id, after: show(row) });
  if (!created) return;
  const siteId = rows[0]?.siteId ?? null;
  if (siteId === null || rows.length === 1 || isSite({ created, name, show, table, ...kind })) {
    for (const row of rows) ctx.unit.emit(created, show(row), row.siteId);
    return;
  }
  const data = JSON.stringify(rows.map((row) => show(row)));
  const from = sql`FROM json_each(${data})`;
  ctx.unit.emitEach(created, siteId, { id: randomIdOf, data: sql`value`, from, atMost: rows.length });
}
