import { and, eq, type SQL, sql } from "drizzle-orm";
import { defineEvents, type DeclaredEvent } from "../../../core/events/define.ts";
import { SAMPLE_AT, sampleId } from "../../../core/events/sample.ts";
import { timestamp } from "../../../core/fields.ts";
import { sameRandomIdOf } from "../../../core/ids.ts";
import { isListed, scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { isoTime, isoTimeOrNull, jsonObject } from "../../pages/page-json.ts";
import { LOYALTY } from "../loyalty.ts";
import { members } from "../members/table.ts";
import type { LoyaltyEntry } from "./contract.ts";
import { ENTRY_PREFIX } from "./entry.ts";
import { isNew } from "./fold.ts";
import { type EntryKind, entries } from "./table.ts";

/** What reading the ledger asks for. */
export const LEDGER = {
  scope: LOYALTY.scopes.read,
  integrations: LOYALTY.integrations,
  readAt: ["/v1/sites/{siteId}/loyalty/members/{memberId}/entries", "/v1/sites/{siteId}/loyalty/entries/{entryId}"],
};

const SAMPLE: LoyaltyEntry = {
  id: sampleId(ENTRY_PREFIX),
  siteId: sampleId("site"),
  memberId: sampleId("mem"),
  kind: "earn",
  points: 120,
  description: "Bought in the shop",
  orderId: null,
  redemptionId: null,
  firstEntryId: null,
  activeAt: timestamp(SAMPLE_AT),
  expiresAt: null,
  createdAt: timestamp(SAMPLE_AT),
  balanceAfter: 320,
  remaining: 120,
  reversed: 0,
  shortfall: 0,
};

const LOT = "lent_01KAGW6PSZ0000000000000001";
const taken = { points: -100, balanceAfter: 220, remaining: 0 };

export const LOYALTY_EVENTS = defineEvents({
  noun: "loyalty",
  ...LEDGER,
  sample: SAMPLE,
  verbs: {
    points_earned: {},
    points_adjusted: { kind: "adjust", points: 20, balanceAfter: 340, description: "Late delivery", remaining: 20 },
    points_expired: {
      ...taken,
      kind: "expire",
      description: "Points have expired",
      firstEntryId: LOT,
      expiresAt: timestamp(SAMPLE_AT),
    },
    points_reversed: { ...taken, kind: "reverse", description: "Booked twice", firstEntryId: LOT },
    reward_redeemed: { ...taken, kind: "redeem", description: "Free coffee", redemptionId: sampleId("redm") },
  },
});

const EVENT_OF: Record<EntryKind, DeclaredEvent> = {
  earn: LOYALTY_EVENTS.points_earned,
  adjust: LOYALTY_EVENTS.points_adjusted,
  expire: LOYALTY_EVENTS.points_expired,
  reverse: LOYALTY_EVENTS.points_reversed,
  redeem: LOYALTY_EVENTS.reward_redeemed,
};

/** A row of the ledger as `showEntry` shows it. */
const ENTRY_JSON = jsonObject<LoyaltyEntry>({
  id: entries.id,
  siteId: entries.siteId,
  memberId: entries.memberId,
  kind: entries.kind,
  points: entries.points,
  description: entries.description,
  orderId: entries.orderId,
  redemptionId: entries.redemptionId,
  firstEntryId: entries.firstEntryId,
  activeAt: isoTimeOrNull(entries.activeAt),
  expiresAt: isoTimeOrNull(entries.expiresAt),
  createdAt: isoTime(entries.createdAt),
  balanceAfter: entries.balanceAfter,
  remaining: entries.remaining,
  reversed: entries.reversed,
  shortfall: entries.shortfall,
});

const announceThese = (ctx: Ctx, siteId: string, kind: EntryKind, areThese: SQL, atMost: number): void =>
  ctx.unit.emitEach(EVENT_OF[kind], siteId, {
    id: (moment) => sameRandomIdOf(moment, entries.id, ENTRY_PREFIX),
    data: ENTRY_JSON,
    from: sql`FROM ${entries} WHERE ${scoped(ctx, entries, eq(entries.siteId, siteId), areThese)}`,
    atMost,
  });

/** Announces an entry that was staged, as it is by then. */
export const announceEntry = (ctx: Ctx, siteId: string, { id, kind }: { id: string; kind: EntryKind }): void =>
  announceThese(ctx, siteId, kind, eq(entries.id, id), 1);

/** Announces the expiries of these members that their rows do not hold yet. */
export function announceExpiries(ctx: Ctx, siteId: string, memberIds: readonly string[], atMost: number): void {
  const isOfNone = sql`EXISTS (SELECT 1 FROM ${members} WHERE ${members.id} = ${entries.memberId} AND ${isNew(members)})`;
  const areThese = and(isListed(entries.memberId, memberIds), eq(entries.kind, "expire"), isOfNone) as SQL;
  announceThese(ctx, siteId, "expire", areThese, atMost);
}
