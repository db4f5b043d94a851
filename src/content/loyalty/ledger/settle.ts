import { type InferSelectModel, type SQL, sql } from "drizzle-orm";
import { idMoment, randomIdOf } from "../../../core/ids.ts";
import { insertSelect, name } from "../../../core/storage/names.ts";
import { isListed, scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { MemberRow } from "../members/table.ts";
import { ENTRY_PREFIX, lastBalance, lastNumber } from "./entry.ts";
import { announceExpiries } from "./events.ts";
import { foldLedger } from "./fold.ts";
import { isExpired, lots } from "./lots.ts";
import { entries } from "./table.ts";

const EXPIRED = "Points have expired";

/** Expiries that one member has at once, as far as the statements are cut by it that tell of them. */
const EXPIRIES_EACH = 5;

/** Stages an entry for every lot of these members that has expired by now, and takes what is left out of it. */
function stageExpiries(ctx: Ctx, siteId: string, memberIds: readonly string[]): void {
  const areThese = scoped(ctx, lots, isListed(lots.memberId, memberIds), isExpired(ctx.now));
  const { memberId, remaining, expiresAt } = lots;
  const ofMember = sql`PARTITION BY ${memberId} ORDER BY ${expiresAt}, ${lots.id}`;
  const nth = sql`row_number() OVER (${ofMember})`;
  const gone = sql`sum(${remaining}) OVER (${ofMember} ROWS UNBOUNDED PRECEDING)`;
  const row: Record<keyof InferSelectModel<typeof entries>, SQL | string | number | null> = {
    id: randomIdOf(idMoment(ENTRY_PREFIX, ctx.now)),
    workspaceId: sql`${lots.workspaceId}`,
    environment: sql`${lots.environment}`,
    siteId: sql`${lots.siteId}`,
    memberId: sql`${memberId}`,
    number: sql`${lastNumber(memberId)} + ${nth}`,
    kind: "expire",
    points: sql`-${remaining}`,
    balanceAfter: sql`${lastBalance(memberId)} - ${gone}`,
    lifetime: 0,
    description: EXPIRED,
    orderId: null,
    redemptionId: null,
    firstEntryId: sql`${lots.id}`,
    remaining: 0,
    reversed: 0,
    shortfall: 0,
    activeAt: ctx.now,
    expiresAt: sql`${expiresAt}`,
    terms: null,
    createdAt: ctx.now,
  };
  ctx.unit.stage(insertSelect(entries, row as never, sql`FROM ${entries} AS ${lots} WHERE ${areThese}`));
  ctx.unit.stage(sql`UPDATE ${entries} AS ${lots} SET ${name(entries.remaining)} = 0,
    ${name(entries.reversed)} = ${lots.reversed} + ${remaining} WHERE ${areThese}`);
  announceExpiries(ctx, siteId, memberIds, memberIds.length * EXPIRIES_EACH);
}

/** Stages what time has made of the points of these members of one site: what is active, what has expired. */
export function settleMembers(ctx: Ctx, siteId: string, memberIds: readonly string[]): void {
  stageExpiries(ctx, siteId, memberIds);
  foldLedger(ctx, memberIds);
}

/** The same before an entry is written for a member, if anything is due: what has expired comes first. */
export function settleFirst(ctx: Ctx, { siteId, id, changesAt }: Pick<MemberRow, "siteId" | "id" | "changesAt">): void {
  if (changesAt !== null && changesAt <= ctx.now) settleMembers(ctx, siteId, [id]);
}
