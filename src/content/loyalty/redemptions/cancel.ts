import { eq, sql } from "drizzle-orm";
import { conflict } from "../../../core/errors.ts";
import { name } from "../../../core/storage/names.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { ExpectedVersions } from "../../../core/storage/version.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { laterThan, stageChange } from "../../../core/work/versioned.ts";
import { findItem } from "../../resource/find.ts";
import { giveBack } from "../ledger/back.ts";
import { findEntry } from "../ledger/write.ts";
import { rewards } from "../rewards/table.ts";
import { REDEMPTIONS } from "./resource.ts";
import { type RedemptionRow, redemptions } from "./table.ts";

export interface Ending {
  siteId: string;
  id: string;
  /** If-Match. */
  expectedVersions?: ExpectedVersions;
}

/** Stages the end of a redemption that is pending; of two ends the first one holds. */
async function endAs(ctx: Ctx, { expectedVersions, ...named }: Ending, ended: Partial<RedemptionRow>) {
  const before = await findItem(ctx, REDEMPTIONS, named);
  if (before.status !== "pending") throw conflict("status", `The redemption is ${before.status} already.`);
  const row = stageChange(ctx, redemptions, before, ended, expectedVersions);
  return { row, shown: REDEMPTIONS.verbs.announce(ctx, "updated", { row, before }) };
}

/** The reward was handed over: its code is of no more use. */
export const fulfilRedemption = async ({ ctx, input }: { ctx: Ctx; input: Ending }) =>
  (await endAs(ctx, input, { status: "fulfilled", fulfilledAt: ctx.now })).shown;

/** Gives points and stock back. The reward may be gone meanwhile, or not be counted any more. */
export async function cancelRedemption({ ctx, input }: { ctx: Ctx; input: Ending & { description?: string } }) {
  const { row, shown } = await endAs(ctx, input, { status: "cancelled", cancelledAt: ctx.now });
  const isIt = scoped(ctx, rewards, eq(rewards.id, row.rewardId), eq(rewards.siteId, row.siteId));
  ctx.unit.stage(sql`UPDATE ${rewards} SET ${name(rewards.stock)} = ${rewards.stock} + 1,
    ${name(rewards.version)} = ${rewards.version} + 1, ${name(rewards.updatedAt)} = ${laterThan(rewards.updatedAt, ctx.now)}
    WHERE ${isIt} AND ${rewards.stock} IS NOT NULL`);
  const entry = await findEntry(ctx, { siteId: row.siteId, entryId: row.entryId });
  const { description = `Cancelled: ${row.rewardTitle}`.slice(0, 200) } = input;
  const reversal = await giveBack(ctx, entry, description);
  return { redemption: shown, reversal };
}
