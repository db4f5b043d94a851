import { DomainError, invalid } from "../../core/errors.ts";
import { planOf } from "../../core/limits/plans.ts";
import { inUse } from "../../core/limits/room.ts";
import type { Ctx } from "../../core/work/context.ts";
import { sql } from "drizzle-orm";
import { objectsBelow, type Owner, putText, textAt, workKey } from "./bucket.ts";
import { changesOf, fittedRows } from "./fitted.ts";
import { MAX_RECORDS } from "./format.ts";
import { type ArchivedRow, allKinds, type Kind } from "./kind.ts";
import { isSite, type MappedSite, movedRow, placeOf } from "./place.ts";
import { countsOf, tell } from "./report.ts";
import type { Found, NotTaken, Source } from "./sources/source.ts";
import type { ImportState, Work } from "./state.ts";
import { existingIds } from "./taken.ts";

/** Records of a part at most, and characters. */
const PART_RECORDS = 200;
const PART_LENGTH = 1_000_000;
/** Pictures that do not come, of which their texts keep the address. */
const MAX_LOST = 5_000;
/** Sites of one source at most: they are known all the while. */
const MAX_SITES = 2_000;

export const partsKey = (owner: Owner, jobId: string): string => `${workKey(owner, jobId)}parts/`;
const idsKey = (owner: Owner, jobId: string): string => `${workKey(owner, jobId)}ids/`;
export const allIdsKey = (owner: Owner, jobId: string): string => `${workKey(owner, jobId)}ids.json`;

/** Records of one kind on their way into a part. */
interface Part {
  kind: Kind;
  lines: string[];
  rows: { row: ArchivedRow; name: string }[];
  length: number;
}

/**
 * Reads one piece of a source: checks every record, keeps those that can come in parts, and tells of the others. Changes
 * `state`, and is done again from the one before when it does not come to its end.
 */
export async function readPiece(ctx: Ctx, work: Work, source: Source, state: ImportState): Promise<void> {
  const { report } = state;
  const place = placeOf(work);
  const parts = new Map<string, Part>();
  const ids: string[] = [];
  let written = 0;
  const flush = async (part: Part) => {
    parts.delete(part.kind.name);
    if (!work.isEmptied) await checkRows(ctx, place, part, state);
    written += 1;
    const nth = [allKinds().indexOf(part.kind), state.piece, written].map((it) => String(it).padStart(6, "0"));
    const beside = { kind: part.kind.name, records: String(part.lines.length) };
    await putText(ctx.env, partsKey(work, work.jobId) + nth.join("-"), part.lines.join("\n"), beside);
    state.parts += 1;
  };
  for await (const found of source.read(state.piece)) {
    const row = await readRecord(ctx, work, place, found, state);
    if (row === null || !("record" in found)) continue;
    if (typeof row.id === "string") ids.push(row.id);
    const kind = row.kind;
    const line = JSON.stringify(found.record);
    const part = parts.get(kind.name) ?? { kind, lines: [], rows: [], length: 0 };
    parts.set(kind.name, part);
    part.lines.push(line);
    part.rows.push({ row: row.row, name: found.name });
    part.length += line.length;
    if (part.lines.length >= (kind.partRecords ?? PART_RECORDS) || part.length >= PART_LENGTH) await flush(part);
  }
  for (const part of [...parts.values()]) await flush(part);
  await putText(ctx.env, `${idsKey(work, work.jobId)}${String(state.piece).padStart(6, "0")}`, JSON.stringify(ids));
  state.piece += 1;
  const total = Object.values(report.counts).reduce((sum, { found }) => sum + found, 0);
  if (total > MAX_RECORDS) throw invalid("archive", `has more than ${MAX_RECORDS} records`);
}

/** The row of a record that can come; `null` for one that cannot, or is where everything is imported to. */
async function readRecord(
  ctx: Ctx,
  work: Work,
  place: string,
  found: Found | NotTaken,
  state: ImportState,
): Promise<{ id: unknown; kind: Kind; row: ArchivedRow } | null> {
  const { report, sites } = state;
  const kind = allKinds().find(({ name }) => name === found.kind);
  if (!("record" in found) || !kind) {
    const message = "message" in found ? found.message : "is of a kind that is not known here";
    const outcome = "message" in found ? (found.outcome ?? "left_out") : "left_out";
    tell(report, { kind: found.kind, record: found.name, outcome, message });
    return null;
  }
  if (work.siteId !== null) return readInto(ctx, place, { ...found, kind }, state, work);
  if (!work.kinds.includes(kind.name)) return leaveOut(state, kind, found);
  const counts = countsOf(report, kind.name);
  counts.found += 1;
  try {
    const reading = { ctx, place, site: (id: string) => (Object.hasOwn(sites, id) ? sites[id] : undefined) };
    const row = await kind.read(found.record, reading);
    if (isSite(kind)) {
      if (Object.keys(sites).length >= MAX_SITES) throw invalid("archive", `has more than ${MAX_SITES} websites`);
      const { locale, locales } = row as unknown as MappedSite;
      const { id: to } = await movedRow(place, row, null);
      sites[row.id as string] = { locale, locales, to: to as string };
    }
    return { id: row.id, kind, row };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === "unavailable") throw error;
    counts.failed += 1;
    tell(report, { kind: kind.name, record: found.name, outcome: "failed", message: error.message });
    return null;
  }
}

/** The same for a source that is imported into a site: its website is that one, and what is of none is of that one too. */
async function readInto(
  ctx: Ctx,
  place: string,
  found: Omit<Found, "kind"> & { kind: Kind },
  state: ImportState,
  work: Work,
): Promise<{ id: unknown; kind: Kind; row: ArchivedRow } | null> {
  const { kind, record } = found;
  const target = state.sites[work.siteId as string] as MappedSite;
  if (isSite(kind)) {
    const others = Object.keys(state.sites).filter((id) => id !== work.siteId);
    if (others.length > 0 && !others.includes(String(record.id))) {
      throw invalid("archive", "has several websites: import it into a workspace");
    }
    state.sites[String(record.id)] = target;
    return null;
  }
  if ("site_id" in record && record.site_id === null) record.site_id = work.siteId;
  return readRecord(ctx, { ...work, siteId: null }, place, { ...found, kind: kind.name }, state);
}

function leaveOut(state: ImportState, { name }: Kind, { name: record, record: said }: Found): null {
  const { report } = state;
  // Texts keep the addresses they have had.
  if (name === "picture") loseFile(state, said);
  const message = "is left out: the key may not write it";
  const isTold = report.problems.some((it) => it.kind === name && it.outcome === "left_out");
  if (!isTold) tell(report, { kind: name, record, outcome: "left_out", message });
  return null;
}

/** Remembers a picture that does not come. */
export function loseFile({ lost }: ImportState, { id, url }: Record<string, unknown>): void {
  if (Object.keys(lost).length < MAX_LOST) lost[String(id)] = typeof url === "string" ? url : "";
}

/** Looks which rows are here already, and tells which of the others will be changed. */
async function checkRows(ctx: Ctx, place: string, { kind, rows }: Part, state: ImportState): Promise<void> {
  const { report, sites } = state;
  const moved = await Promise.all(
    rows.map(({ row }) =>
      movedRow(place, row, row.siteId === null || isSite(kind) ? row.siteId : (sites[row.siteId]?.to ?? null)),
    ),
  );
  const existing = await existingIds(ctx, kind, moved);
  countsOf(report, kind.name).existing += existing.size;
  const fresh = moved.filter(({ id }) => !existing.has(id));
  const names = new Map(moved.map(({ id }, index) => [id, rows[index]?.name ?? ""]));
  const fitted = await fittedRows(ctx, kind, fresh);
  for (const [index, row] of fitted.entries()) {
    for (const message of changesOf(fresh[index] as ArchivedRow, row)) {
      tell(report, { kind: kind.name, record: names.get(row.id) ?? "", outcome: "changed", message });
    }
  }
}

/** Puts together the ids that are known of the whole source, and looks whether the plan has room for what would come. */
export async function plan(ctx: Ctx, work: Work, state: ImportState): Promise<void> {
  const ids: string[] = [];
  for await (const { key } of objectsBelow(ctx.env, idsKey(work, work.jobId))) {
    ids.push(...(JSON.parse((await textAt(ctx.env, key)) ?? "[]") as string[]));
  }
  await putText(ctx.env, allIdsKey(work, work.jobId), JSON.stringify(ids));
  for (const kind of allKinds()) {
    const counts = state.report.counts[kind.name];
    const limit = kind.feature ? planOf(ctx.caller.workspace.tier).features[kind.feature] : null;
    if (!counts || !kind.feature || limit === null) continue;
    const [used] = await ctx.db.all<{ n: number }>(sql`SELECT ${inUse(ctx, kind.feature)} AS n`);
    const more = counts.found - counts.existing - counts.failed;
    const held = work.isEmptied ? 0 : (used?.n ?? 0);
    if (held + more <= limit) continue;
    const message = `The plan has ${limit} ${kind.folder}: ${held} are there, and ${more} would come.`;
    if (!work.dryRun)
      throw new DomainError("feature_limit_reached", message, { feature: kind.feature, limitReached: limit });
    tell(state.report, { kind: kind.name, record: kind.folder, outcome: "failed", message });
  }
}
