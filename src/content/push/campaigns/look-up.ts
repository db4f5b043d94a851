import { and, asc, eq, gt, lte, sql } from "drizzle-orm";
import { insertSelect } from "../../../core/storage/names.ts";
import { ownedBy, scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { laterThan } from "../../../core/work/versioned.ts";
import type { Channel } from "./channels/channel.ts";
import { type CampaignRow, campaignRecipients, campaigns } from "./table.ts";

/** Subscribers looked through by one statement. */
const SLICE = 1_000;

/**
 * Stages the next slice of a campaign's recipients: those subscribed when it began, in the order of their ids. Answers the
 * last id that was looked at, `null` once all of them were.
 */
export async function stageRecipients(
  ctx: Ctx,
  campaign: CampaignRow,
  channel: Channel,
  after: string,
): Promise<string | null> {
  const { subscribers } = channel;
  const { id: campaignId, siteId, startedAt } = campaign;
  const isOfSite = scoped(ctx, subscribers as never, eq(subscribers.siteId, siteId));
  const slice = await ctx.db
    .select({ id: subscribers.id })
    .from(subscribers)
    .where(and(isOfSite, gt(subscribers.id, after)))
    .orderBy(asc(subscribers.id))
    .limit(SLICE);
  const last = slice.at(-1)?.id as string | undefined;
  if (last === undefined) return null;
  const isInSlice = and(gt(subscribers.id, after), lte(subscribers.id, last));
  const isFor = and(isOfSite, isInSlice, lte(subscribers.createdAt, startedAt ?? ctx.now), channel.isFor(campaign));
  const isSuppressed = ctx.caller.environment === "sandbox";
  const recipient = {
    ...{ campaignId, subscriberId: sql`${subscribers.id}`, ...ownedBy(ctx), at: ctx.now, attempts: 0 },
    ...{ status: isSuppressed ? ("suppressed" as const) : ("queued" as const), tryId: null, error: null },
  };
  ctx.unit.stage(insertSelect(campaignRecipients, recipient, sql`FROM ${subscribers} WHERE ${isFor}`));
  const { subscriberId } = campaignRecipients;
  const isNew = and(eq(campaignRecipients.campaignId, campaignId), gt(subscriberId, after), lte(subscriberId, last));
  const count = sql`(SELECT count(*) FROM ${campaignRecipients} WHERE ${isNew})`;
  const { recipients, queued, suppressed, version, updatedAt } = campaigns;
  ctx.unit.stage(
    ctx.db
      .update(campaigns)
      .set({
        recipients: sql`${recipients} + ${count}`,
        ...(isSuppressed ? { suppressed: sql`${suppressed} + ${count}` } : { queued: sql`${queued} + ${count}` }),
        version: sql`${version} + 1`,
        updatedAt: laterThan(updatedAt, ctx.now),
      })
      .where(eq(campaigns.id, campaignId)),
  );
  return last;
}
