import { eq, gt, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { name } from "../../../core/storage/names.ts";
import { isListed, scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { laterThan } from "../../../core/work/versioned.ts";
import { members } from "../members/table.ts";
import { tierAt } from "../tiers/reached.ts";
import { isPending, isSpendable, lots, nextChange } from "./lots.ts";
import { entries } from "./table.ts";

/** Columns of what members' lots come to at a moment: points that can be spent, pending ones, when that changes next. */
export const figuresAt = (now: number) => ({
  points: sql<number>`coalesce(sum(CASE WHEN ${isSpendable(now)} THEN ${lots.remaining} END), 0)`,
  pendingPoints: sql<number>`coalesce(sum(CASE WHEN ${isPending(now)} THEN ${lots.remaining} END), 0)`,
  changesAt: sql<number | null>`min(${nextChange(now)})`,
});

/** Entries that a member's row does not hold yet. */
export const isNew = (member: typeof members): SQL => gt(entries.number, member.entryCount);

/**
 * Stages that the rows of these members say what the ledger does, at its moment: after the entries that were staged, and
 * after time has gone on. The figures are read off the lots, so that running it once more changes nothing.
 */
export function foldLedger(ctx: Ctx, memberIds: readonly string[]): void {
  const member = alias(members, "member") as unknown as typeof members;
  const { points, pendingPoints, changesAt } = figuresAt(ctx.now);
  const ofMember = sql`FROM ${entries} WHERE ${eq(entries.memberId, member.id)} AND ${isNew(member)}`;
  const lifetime = sql`max(0, ${member.lifetimePoints} + coalesce((SELECT sum(${entries.lifetime}) ${ofMember}), 0))`;
  const count = sql`coalesce((SELECT max(${entries.number}) ${ofMember}), ${member.entryCount})`;
  const figures = sql`SELECT ${member.id}, ${points} AS usable, ${pendingPoints} AS pending, ${changesAt} AS soonest,
      ${lifetime} AS ever, ${count} AS entries
    FROM ${members} AS ${member} LEFT JOIN ${entries} AS ${lots}
      ON ${lots.memberId} = ${member.id} AND ${lots.remaining} > 0
    WHERE ${isListed(member.id, memberIds)} GROUP BY ${member.id}`;
  ctx.unit.stage(sql`UPDATE ${members} SET ${name(members.points)} = figures.usable,
      ${name(members.pendingPoints)} = figures.pending, ${name(members.lifetimePoints)} = figures.ever,
      ${name(members.tier)} = ${tierAt(members.siteId, sql`figures.ever`)}, ${name(members.entryCount)} = figures.entries,
      ${name(members.changesAt)} = figures.soonest, ${name(members.version)} = ${members.version} + 1,
      ${name(members.updatedAt)} = ${laterThan(members.updatedAt, ctx.now)}
    FROM (${figures}) AS figures WHERE ${scoped(ctx, members)} AND ${members.id} = figures.${name(members.id)}`);
}
