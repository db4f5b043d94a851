import { eq, type SQL, sql } from "drizzle-orm";
import type { z } from "@hono/zod-openapi";
import { ConcurrentChange, conflict } from "../../../core/errors.ts";
import { newId } from "../../../core/ids.ts";
import { withMade } from "../../../core/storage/folded.ts";
import { name } from "../../../core/storage/names.ts";
import { ownedBy, scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { madeBy } from "../../../core/work/keeping.ts";
import { laterThan } from "../../../core/work/versioned.ts";
import { findItem } from "../../resource/find.ts";
import { takable } from "../ledger/lots.ts";
import { enter, findMember } from "../ledger/write.ts";
import { rewards } from "../rewards/table.ts";
import type { RedeemSchema } from "./contract.ts";
import { newCode } from "./code.ts";
import { REDEMPTIONS } from "./resource.ts";
import { redemptions } from "./table.ts";

type RewardRow = typeof rewards.$inferSelect;

/** Takes one of a reward off its stock: of those who want the last one at once, one has it. */
function stageStock(ctx: Ctx, reward: RewardRow): void {
  const isIt = scoped(ctx, rewards, eq(rewards.id, reward.id));
  const holds = (condition: SQL): SQL => sql`EXISTS (SELECT 1 FROM ${rewards} WHERE ${isIt} AND ${condition})`;
  ctx.unit.require(holds(sql`${rewards.active} AND ${rewards.cost} = ${reward.cost}`), new ConcurrentChange());
  const isThere = sql`(${rewards.stock} IS NULL OR ${rewards.stock} > 0)`;
  ctx.unit.require(holds(isThere), conflict("rewardId", "The reward is out of stock."));
  ctx.unit.stage(sql`UPDATE ${rewards} SET ${name(rewards.stock)} = ${rewards.stock} - 1,
    ${name(rewards.version)} = ${rewards.version} + 1, ${name(rewards.updatedAt)} = ${laterThan(rewards.updatedAt, ctx.now)}
    WHERE ${isIt} AND ${rewards.stock} IS NOT NULL`);
}

/** Takes a reward for a member: points, stock and the redemption with its code, or none of it. */
export async function redeemReward({
  ctx,
  input: { siteId, body },
}: {
  ctx: Ctx;
  input: { siteId: string; body: z.output<typeof RedeemSchema> };
}) {
  const member = await findMember(ctx, siteId, body.memberId);
  const reward = await findItem(ctx, { table: rewards, label: "Reward" }, { siteId, id: body.rewardId });
  if (!reward.active) throw conflict("rewardId", "The reward cannot be redeemed now.");
  const few = conflict("memberId", `The reward takes ${reward.cost} points, and the member has fewer.`);
  ctx.unit.require(sql`${takable({ memberId: member.id, now: ctx.now, first: null })} >= ${reward.cost}`, few);
  stageStock(ctx, reward);
  const id = newId(REDEMPTIONS.idPrefix, ctx.now);
  const about = { description: reward.title, redemptionId: id };
  const entry = enter(ctx, member, { kind: "redeem", points: -reward.cost, ...about });
  const row = withMade(redemptions, {
    id,
    ...ownedBy(ctx),
    siteId,
    memberId: member.id,
    rewardId: reward.id,
    rewardTitle: reward.title,
    cost: reward.cost,
    code: newCode(),
    status: "pending",
    entryId: entry.id,
    fulfilledAt: null,
    cancelledAt: null,
    version: 1,
    change: madeBy(ctx),
    createdAt: ctx.now,
    updatedAt: ctx.now,
  });
  ctx.unit.onDuplicate([redemptions.siteId, redemptions.code], new ConcurrentChange());
  ctx.unit.stage(ctx.db.insert(redemptions).values(row));
  return REDEMPTIONS.verbs.announce(ctx, "created", { row });
}
