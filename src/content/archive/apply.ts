import { ConcurrentChange, DomainError } from "../../core/errors.ts";
import { randomIdOf } from "../../core/ids.ts";
import { requireRoom } from "../../core/limits/room.ts";
import { BULK_BYTES, insertRows } from "../../core/storage/bulk.ts";
import { keptOf } from "../../core/storage/history/kept.ts";
import type { Ctx } from "../../core/work/context.ts";
import { stagePurged } from "../../core/work/keeping.ts";
import { jobContext } from "../../core/work/job-context.ts";
import { sql } from "drizzle-orm";
import { wakeAt } from "../../core/work/scheduler.ts";
import { nextObject, textAt } from "./bucket.ts";
import { fittedRows } from "./fitted.ts";
import { rewritten } from "./ids.ts";
import { type ArchivedRow, type Kind, kindNamed } from "./kind.ts";
import { isSite, placeOf } from "./place.ts";
import { allIdsKey, loseFile, partsKey } from "./read.ts";
import { isLost } from "./bring.ts";
import type { Source } from "./sources/source.ts";
import { stageUses } from "../media/places.ts";
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
export async function applyPart(
  ctx: Ctx,
  work: Work,
  open: () => Promise<Source>,
  state: ImportState,
): Promise<boolean> {
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
  const records = new Map<ArchivedRow, Record<string, unknown>>();
  for (const line of text.split("\n")) {
    const kept = withoutLost(line, state.lost);
    const record = JSON.parse(await rewritten(kept, place, { isKnown: (id) => ids.has(id), fixed: moved }));
    try {
      const row = await kind.read(record, reading);
      if (kind.bring) records.set(row, JSON.parse(line));
      rows.push(row);
    } catch (error) {
      // It could be read before the addresses of lost pictures were put back: that is no reason to lose the others.
      if (!isLost(error)) throw error;
      countsOf(state.report, kind.name).failed += 1;
      const told = String(record.slug ?? record.id);
      tell(state.report, { kind: kind.name, record: told, outcome: "failed", message: error.message });
    }
  }
  if (kind.bring) await bringAll(ctx, kind, records, { source: await open(), state });
  else for (const chunk of chunksOf(rows, kind.isAlone ? 1 : ROWS_AT_ONCE)) await store(ctx, kind, chunk, state);
  state.part = part.key;
  state.stored += 1;
  return true;
}

/** Addresses of pictures that are not here, as they were before. */
const withoutLost = (line: string, lost: Record<string, string>): string =>
  Object.keys(lost).length === 0
    ? line
    : line.replace(/\/media\/(med_[0-9A-Z]{26})\/[^"'\\\s<>?#]*/g, (path, id: string) => {
        const before = lost[id];
        // The line is JSON, and so is what comes into it.
        return before === undefined ? path : JSON.stringify(before).slice(1, -1);
      });

/** Brings files one by one, each with its bytes. One that cannot be had is told, and keeps nothing else from coming. */
async function bringAll(
  of: Ctx,
  kind: Kind,
  records: ReadonlyMap<ArchivedRow, Record<string, unknown>>,
  { source, state }: { source: Source; state: ImportState },
): Promise<void> {
  const existing = await existingIds(of, kind, [...records.keys()]);
  for (const [row, record] of records) {
    if (existing.has(row.id)) continue;
    try {
      const file = (await source.file?.(record)) ?? null;
      await kind.bring?.(jobContext(of.env, of.caller, of.caller.actor, of.now, of.caller.workspace.tier), row, file);
    } catch (error) {
      if (!isLost(error)) throw error;
      // Another import of the same was faster.
      if ((await existingIds(of, kind, [row])).size > 0) continue;
      countsOf(state.report, kind.name).failed += 1;
      const told = String(record.url ?? record.path ?? record.filename ?? record.id);
      tell(state.report, { kind: kind.name, record: told, outcome: "failed", message: error.message });
      if (kind.isForeign) loseFile(state, record);
    }
  }
}

/** Rows of one site each, as many as one commit takes. */
function chunksOf(rows: readonly ArchivedRow[], atMost: number): ArchivedRow[][] {
  const chunks: ArchivedRow[][] = [];
  let length = 0;
  for (const row of rows) {
    const size = JSON.stringify(row).length;
    const last = chunks.at(-1);
    const fits = last && last.length < atMost && last[0]?.siteId === row.siteId && length + size < BULK_BYTES / 2;
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
  // What is brought again takes the place of what was deleted under its id.
  if (keptOf(kind.table)) {
    stagePurged(
      ctx,
      rows.map(({ id }) => String(id)),
    );
  }
  const [first] = rows as [ArchivedRow];
  unit.stage(
    rows.length === 1 ? ctx.db.insert(kind.table).values(first as never) : insertRows(kind.table, rows as never),
  );
  unit.onDuplicate([kind.table.id], new ConcurrentChange());
  for (const row of rows) {
    kind.check?.(ctx, row);
    stageUses(ctx, { type: kind.name, id: row.id, siteId: row.siteId }, null, kind.show(row));
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
