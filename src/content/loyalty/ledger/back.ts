import { eq, type SQL, sql } from "drizzle-orm";
import type { DomainError } from "../../../core/errors.ts";
import { name } from "../../../core/storage/names.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { showStaged } from "./contract.ts";
import { isExpired, lots, takable } from "./lots.ts";
import { type EntryRow, entries } from "./table.ts";
import { enter, findMember } from "./write.ts";

/** How long points that come back can be spent at least: they may have expired meanwhile. */
const GRACE_MS = 30 * 86_400_000;

/** How much of an entry can still be reversed. */
export const leftOf = ({ points, reversed }: EntryRow): number => Math.abs(points) - reversed;

/**
 * Stages that so much more of an entry is reversed, after what has expired of it was; the commit holds only while nothing
 * more of it was reversed than when it was read.
 */
function stageReversed(ctx: Ctx, first: EntryRow, points: number): void {
  const { reversed, remaining } = lots;
  const expired = sql`CASE WHEN ${isExpired(ctx.now)} THEN ${remaining} ELSE 0 END`;
  const asRead = scoped(ctx, lots, eq(lots.id, first.id), sql`${reversed} + ${expired} = ${first.reversed}`);
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${entries} AS ${lots} WHERE ${asRead})`);
  const isIt = scoped(ctx, entries, eq(entries.id, first.id));
  ctx.unit.stage(sql`UPDATE ${entries} SET ${name(entries.reversed)} = ${entries.reversed} + ${points} WHERE ${isIt}`);
}

/** Gives back points that an entry took: they expire when the last of them would have, and not within the grace. */
export async function giveBack(ctx: Ctx, first: EntryRow, description: string) {
  const member = await findMember(ctx, first.siteId, first.memberId);
  const points = leftOf(first);
  const expiresAt = first.expiresAt === null ? null : Math.max(first.expiresAt, ctx.now + GRACE_MS);
  const { redemptionId, orderId } = first;
  const about = { firstEntryId: first.id, redemptionId, orderId };
  const entry = enter(ctx, member, { kind: "reverse", points, description, expiresAt, ...about });
  stageReversed(ctx, first, points);
  return showStaged(entry, points);
}

interface TakingBack {
  points: number;
  description: string;
  /** What is to be said when there are not enough points; without it, those that there are are taken. */
  orElse: DomainError | null;
}

/** Takes back points that an entry gave: its own before others. */
export async function takeBack(ctx: Ctx, first: EntryRow, { points, description, orElse }: TakingBack) {
  const member = await findMember(ctx, first.siteId, first.memberId);
  const there = takable({ memberId: member.id, now: ctx.now, first: first.id });
  if (orElse) ctx.unit.require(sql`${there} >= ${points}`, orElse);
  const capped: { points: number | SQL; shortfall?: SQL } = orElse
    ? { points: -points }
    : { points: sql`-min(${points}, ${there})`, shortfall: sql`max(0, ${points} - ${there})` };
  const lifetime = first.kind === "earn" ? -points : 0;
  const about = { firstEntryId: first.id, orderId: first.orderId, description };
  const entry = enter(ctx, member, { kind: "reverse", ...capped, lifetime, ...about }, first.id);
  stageReversed(ctx, first, points);
  return showStaged(entry, -points);
}
