import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { timestamp } from "../../../core/fields.ts";
import { type ListQuery, listByCursor } from "../../../core/storage/list.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { findItem } from "../../resource/find.ts";
import { CAMPAIGNS } from "./resource.ts";
import { type CampaignRow, campaignRecipients, type RecipientStatus } from "./table.ts";

interface OfCampaign {
  siteId: string;
  campaignId: string;
  query: ListQuery & { status?: RecipientStatus | undefined };
}

/** A page of those a campaign is for, with what became of each: who they are is not said. */
export async function listRecipients({ ctx, input: { siteId, campaignId, query } }: { ctx: Ctx; input: OfCampaign }) {
  const campaign = await findItem(ctx, CAMPAIGNS, { siteId, id: campaignId });
  const { subscriberId } = campaignRecipients;
  const isOne = and(
    eq(campaignRecipients.campaignId, campaignId),
    query.status && eq(campaignRecipients.status, query.status),
  );
  const source = {
    name: `push_recipients:${campaignId}:${query.status ?? ""}`,
    table: campaignRecipients,
    id: subscriberId,
    where: scoped(ctx, campaignRecipients, isOne),
    orders: { id: subscriberId },
    counted: countOf(campaign, query.status),
  };
  const { rows, pagination } = await listByCursor(ctx, source, query);
  return {
    items: rows.map(({ subscriberId: id, status, attempts, at, error }) => ({
      ...{ id, status, attempts, at: timestamp(at), error },
    })),
    pagination,
  };
}

/** How many recipients of a status there are, by the campaign's figures; those of the moment are few, and counted. */
function countOf(campaign: CampaignRow, status: RecipientStatus | undefined): SQL {
  if (status === undefined) return sql`${campaign.recipients}`;
  const isOf = (...some: RecipientStatus[]) =>
    and(eq(campaignRecipients.campaignId, campaign.id), inArray(campaignRecipients.status, some));
  const counted = (...some: RecipientStatus[]) =>
    sql`(SELECT count(*) FROM ${campaignRecipients} WHERE ${isOf(...some)})`;
  if (status === "queued") return sql`(${campaign.queued} - ${counted("retrying", "sending")})`;
  return status === "retrying" || status === "sending" ? counted(status) : sql`${campaign[status]}`;
}
