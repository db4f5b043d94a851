import { memberNow } from "../members/now.ts";
import { eq } from "drizzle-orm";
import type { Ctx } from "../../../core/work/context.ts";
import { notFound } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import { findItem } from "../../resource/find.ts";
import { findSite } from "../../sites/service.ts";
import { type MemberRow, members } from "../members/table.ts";
import { type NewEntry, requireMember, stageEntry, stageTaking } from "./entry.ts";
import { announceEntry } from "./events.ts";
import { foldLedger } from "./fold.ts";
import { settleFirst } from "./settle.ts";
import { type EntryRow, entries } from "./table.ts";

/** The member of a call, as of now; throws `not_found`. */
export async function findMember(ctx: Ctx, siteId: string, memberId: string): Promise<MemberRow> {
  return memberNow(ctx, await findItem(ctx, { table: members, label: "LoyaltyMember" }, { siteId, id: memberId }));
}

/** An entry as it is at a moment: what is left of a lot that has expired counts no more, whether or not that has been entered. */
export const entryNow = (row: EntryRow, now: number): EntryRow =>
  row.expiresAt !== null && row.expiresAt <= now
    ? { ...row, remaining: 0, reversed: row.reversed + row.remaining }
    : row;

/** An entry of the ledger, as of now; throws `not_found`. */
export async function findEntry(ctx: Ctx, { siteId, entryId }: { siteId: string; entryId: string }): Promise<EntryRow> {
  const isIt = scoped(ctx, entries, eq(entries.id, entryId), eq(entries.siteId, siteId));
  const [row] = await ctx.db.select().from(entries).where(isIt);
  if (row) return entryNow(row, ctx.now);
  await findSite(ctx, siteId);
  throw notFound("LoyaltyEntry");
}

/** Whose entry it is; somebody who is only made one in the same commit `isNew`. */
export type Collector = Pick<MemberRow, "id" | "siteId" | "changesAt"> & { isNew?: true };

/**
 * Stages an entry for a member with all that goes with it: what has expired before it, the lots it takes from (those of
 * `takeFirst` before others), its event and the member's new figures. The caller stages the guard that there is enough.
 */
export function enter(
  ctx: Ctx,
  member: Collector,
  entry: Omit<NewEntry, "siteId" | "memberId">,
  takeFirst: string | null = null,
) {
  const { id: memberId, siteId } = member;
  if (!member.isNew) requireMember(ctx, { siteId, memberId });
  settleFirst(ctx, member);
  const staged = stageEntry(ctx, { ...entry, siteId, memberId });
  const gives = typeof entry.points === "number" && entry.points > 0;
  if (!gives) stageTaking(ctx, staged.id, { memberId, now: ctx.now, first: takeFirst });
  announceEntry(ctx, siteId, staged);
  foldLedger(ctx, [memberId]);
  const after = { memberId, kind: entry.kind, description: entry.description };
  ctx.unit.audit(`loyalty.${entry.kind}`, { type: "loyalty", id: staged.id, after });
  return staged;
}
