import { z } from "@hono/zod-openapi";
import { exactlyOne } from "../../../core/contract.ts";
import {
  line,
  MomentOrNullSchema,
  MomentSchema,
  text,
  TimestampSchema,
  timestamp,
  timestampOrNull,
} from "../../../core/fields.ts";
import { listQuery } from "../../list-query.ts";
import { AmountSchema, CurrencySchema } from "../../money.ts";
import type { KnownEntry } from "./entry.ts";
import { ENTRY_KINDS, type EntryRow } from "./table.ts";
import { pathParams } from "../../../core/http/path-params.ts";

/** The most points that are given, taken or asked for at once. */
export const MAX_POINTS = 1_000_000_000;

export const PointsSchema = z
  .int("must be a whole number")
  .min(1, "must be at least 1")
  .max(MAX_POINTS, `must be at most ${MAX_POINTS}`);

const MemberIdSchema = text(64, "must be the id of a member").meta({ example: "mem_01KAGW6PSZ0000000000000000" });
const DescriptionSchema = line(200).meta({
  example: "Birthday",
  description: "What it is for, as the member reads it",
});

/** An entry of the ledger, as it is known before it is stored. */
export const NewLoyaltyEntrySchema = z
  .object({
    id: z.string().meta({ example: "lent_01KAGW6PSZ0000000000000000" }),
    siteId: z.string(),
    memberId: z.string(),
    kind: z.enum(ENTRY_KINDS).meta({ description: "Why the points came or went" }),
    points: z.int().meta({ example: 120, description: "Points it gives, or takes: those are negative" }),
    description: z.string().meta({ description: "What it is for, as the member reads it" }),
    orderId: z
      .string()
      .nullable()
      .register(z.globalRegistry, { description: "The order that earned the points, or lost them" }),
    redemptionId: z
      .string()
      .nullable()
      .register(z.globalRegistry, { description: "The redemption it paid for, or was given back for" }),
    firstEntryId: z.string().nullable().register(z.globalRegistry, {
      description: "Of a reversal the entry it reverses, of an expiry the one whose points expired",
    }),
    activeAt: TimestampSchema.nullable().register(z.globalRegistry, {
      description: "From when its points can be spent; null until the order they are for is completed",
    }),
    expiresAt: TimestampSchema.nullable().register(z.globalRegistry, {
      description: "When what is left of its points expires; of points taken, when the last of them would have",
    }),
    createdAt: TimestampSchema,
  })
  .openapi("NewLoyaltyEntry");

/** The entry as it is stored. Written out whole: readers of the schema of an event find one object. */
export const LoyaltyEntrySchema = z
  .object({
    ...NewLoyaltyEntrySchema.shape,
    balanceAfter: z
      .int()
      .meta({ example: 320, description: "The sum of the entries up to this one, pending points too" }),
    remaining: z.int().meta({ description: "Points of it that are neither spent nor expired nor taken back" }),
    reversed: z.int().meta({ description: "How much of it was reversed, or has expired: the rest can be reversed" }),
    shortfall: z.int().meta({ description: "Points the reversal could not take back, since they were spent" }),
  })
  .openapi("LoyaltyEntry");

export type LoyaltyEntry = z.output<typeof LoyaltyEntrySchema>;

/** An entry that was staged: its balance is the commit's to say. */
export const showStaged = (entry: KnownEntry, points: number): z.output<typeof NewLoyaltyEntrySchema> => ({
  id: entry.id,
  siteId: entry.siteId,
  memberId: entry.memberId,
  kind: entry.kind,
  points,
  description: entry.description,
  orderId: entry.orderId,
  redemptionId: entry.redemptionId,
  firstEntryId: entry.firstEntryId,
  activeAt: timestampOrNull(entry.activeAt),
  expiresAt: timestampOrNull(entry.expiresAt),
  createdAt: timestamp(entry.createdAt),
});

export const showEntry = (row: EntryRow): LoyaltyEntry => ({
  ...showStaged(row, row.points),
  balanceAfter: row.balanceAfter,
  remaining: row.remaining,
  reversed: row.reversed,
  shortfall: row.shortfall,
});

export const EarnSchema = z
  .strictObject({
    memberId: MemberIdSchema,
    points: PointsSchema.optional().register(z.globalRegistry, { example: 50, description: "This, or an amount" }),
    amount: AmountSchema.min(1, "must be at least 1").optional().register(z.globalRegistry, {
      description: "Money that was spent, in minor units: it earns what the rule of its currency says",
    }),
    currency: CurrencySchema.optional().register(z.globalRegistry, { description: "Of the amount" }),
    description: DescriptionSchema,
    activeAt: MomentSchema.optional().register(z.globalRegistry, {
      description: "From when they can be spent; now when it is left out",
    }),
    expiresAt: MomentOrNullSchema.optional().register(z.globalRegistry, {
      description: "When they expire; never when it is left out",
    }),
  })
  .refine(({ points, amount }) => (points === undefined) !== (amount === undefined), {
    path: ["points"],
    message: "is required, or an amount; not both",
  })
  .refine(({ amount, currency }) => amount === undefined || currency !== undefined, {
    path: ["currency"],
    message: "is required of an amount",
  })
  .openapi("EarnPoints", {
    allOf: [exactlyOne("points", "amount")],
    example: { memberId: "mem_01KAGW6PSZ0000000000000000", points: 50, description: "Birthday" },
  });

export const AdjustSchema = z
  .strictObject({
    memberId: MemberIdSchema,
    points: z
      .int("must be a whole number")
      .min(-MAX_POINTS, `must be at least -${MAX_POINTS}`)
      .max(MAX_POINTS, `must be at most ${MAX_POINTS}`)
      .refine((it) => it !== 0, "must not be 0")
      .meta({ example: 20, description: "Points to give, or negative ones to take" }),
    description: DescriptionSchema,
    expiresAt: MomentOrNullSchema.optional().register(z.globalRegistry, {
      description: "When points that are given expire; null is never",
    }),
  })
  .openapi("AdjustPoints", {
    example: { memberId: "mem_01KAGW6PSZ0000000000000000", points: 20, description: "Late delivery" },
  });

export const ReverseSchema = z
  .strictObject({ description: DescriptionSchema.optional() })
  .openapi("ReverseEntry", { example: { description: "Booked twice" } });

export const SiteParams = pathParams("siteId");
export const MemberParams = pathParams("siteId", "memberId");
export const EntryParams = pathParams("siteId", "entryId");
export const ListEntriesQuery = listQuery(["createdAt"], {});
