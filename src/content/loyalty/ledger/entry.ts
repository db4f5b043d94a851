import { eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { newId } from "../../../core/ids.ts";
import { insertSelect, name } from "../../../core/storage/names.ts";
import { ownedBy, scoped } from "../../../core/storage/scoped.ts";
import { notFound } from "../../../core/errors.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { members } from "../members/table.ts";
import { type Taking, takenLots } from "./lots.ts";
import { type EntryKind, type EntryRow, entries, type Terms } from "./table.ts";

export const ENTRY_PREFIX = "lent";

/** What is said of a new entry; the rest follows. */
export interface NewEntry {
  siteId: string;
  memberId: string;
  kind: EntryKind;
  /** What it gives, or takes; SQL where only the commit knows. */
  points: number | SQL;
  description: string;
  lifetime?: number;
  orderId?: string | null;
  redemptionId?: string | null;
  firstEntryId?: string | null;
  shortfall?: SQL;
  activeAt?: number | null;
  expiresAt?: number | null;
  terms?: Terms | null;
}

const ofMember = (memberId: SQLWrapper | string): SQL => sql`FROM ${entries} WHERE ${entries.memberId} = ${memberId}`;

/** The number and the balance of a member's last entry. */
export const lastNumber = (memberId: SQLWrapper | string): SQL =>
  sql`coalesce((SELECT max(${entries.number}) ${ofMember(memberId)}), 0)`;
export const lastBalance = (memberId: SQLWrapper | string): SQL =>
  sql`coalesce((SELECT ${entries.balanceAfter} ${ofMember(memberId)} ORDER BY ${entries.number} DESC LIMIT 1), 0)`;

/** Holds the commit to a member that is still there. */
export function requireMember(ctx: Ctx, { siteId, memberId }: Pick<NewEntry, "siteId" | "memberId">): void {
  const isIt = scoped(ctx, members, eq(members.id, memberId), eq(members.siteId, siteId));
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${members} WHERE ${isIt})`, notFound("LoyaltyMember"));
}

/** Stages an entry at the end of its member's ledger; answers what is known of it before the commit. */
export function stageEntry(ctx: Ctx, entry: NewEntry) {
  const { siteId, memberId, kind, points, description } = entry;
  const id = newId(ENTRY_PREFIX, ctx.now);
  const known = {
    id,
    siteId,
    memberId,
    kind,
    description,
    orderId: entry.orderId ?? null,
    redemptionId: entry.redemptionId ?? null,
    firstEntryId: entry.firstEntryId ?? null,
    activeAt: entry.activeAt === undefined ? ctx.now : entry.activeAt,
    expiresAt: entry.expiresAt ?? null,
    createdAt: ctx.now,
  };
  const row = {
    ...known,
    ...ownedBy(ctx),
    number: sql`${lastNumber(memberId)} + 1`,
    points,
    balanceAfter: sql`${lastBalance(memberId)} + ${points}`,
    lifetime: entry.lifetime ?? 0,
    remaining: typeof points === "number" ? Math.max(points, 0) : 0,
    reversed: 0,
    shortfall: entry.shortfall ?? 0,
    terms: entry.terms ?? null,
  };
  ctx.unit.stage(insertSelect(entries, row, sql``));
  return known;
}

export type KnownEntry = Pick<EntryRow, keyof ReturnType<typeof stageEntry>>;

/** Stages that the points of an entry leave their lots; it remembers when the last of them would have expired. */
export function stageTaking(ctx: Ctx, entryId: string, taking: Taking): void {
  const isIt = scoped(ctx, entries, eq(entries.id, entryId));
  const points = sql`(SELECT -${entries.points} FROM ${entries} WHERE ${isIt})`;
  const taken = takenLots(taking, points);
  const expiresAt = name(entries.expiresAt);
  const latest = sql`(SELECT CASE WHEN count(*) = count(${expiresAt}) THEN max(${expiresAt}) END FROM (${taken}))`;
  ctx.unit.stage(sql`UPDATE ${entries} SET ${expiresAt} = ${latest} WHERE ${isIt}`);
  ctx.unit.stage(sql`UPDATE ${entries} SET ${name(entries.remaining)} = ${entries.remaining} - gone.taken
    FROM (${taken}) AS gone WHERE ${entries.id} = gone.${name(entries.id)}`);
}
