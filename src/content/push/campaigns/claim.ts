import { and, asc, eq, lte, min, type SQL, sql } from "drizzle-orm";
import type { Database } from "../../../core/storage/database.ts";
import { laterThan } from "../../../core/work/versioned.ts";
import { type JobRow, jobs } from "../../jobs/table.ts";
import { type CampaignRow, campaignRecipients, campaigns } from "./table.ts";

/** Recipients of one try. */
export const TRY_SIZE = 50;

/** Recipients that are being written to by this try alone. */
export interface Claimed {
  tryId: string;
  recipients: { id: string; attempts: number }[];
}

const { campaignId, subscriberId, status, at } = campaignRecipients;

const inStatus = (campaign: CampaignRow, wanted: SQL | undefined) => and(eq(campaignId, campaign.id), wanted);

/** Whether the job still sends the campaign: it holds its lease, and nobody has cancelled. */
function isHeld(campaign: CampaignRow, job: JobRow): SQL {
  const holds = and(eq(jobs.id, job.id), eq(jobs.leaseId, job.leaseId as string));
  const isSending = and(eq(campaigns.id, campaign.id), eq(campaigns.status, "sending"));
  return sql`(EXISTS (SELECT 1 FROM ${jobs} WHERE ${holds}) AND EXISTS (SELECT 1 FROM ${campaigns} WHERE ${isSending}))`;
}

/**
 * Claims those who are next, before anything is sent to them. Whoever an earlier try had claimed and not settled may have
 * been reached when it died: they are never tried again.
 */
export async function claimNext(
  db: Database,
  campaign: CampaignRow,
  job: JobRow,
  { tryId, now }: { tryId: string; now: number },
): Promise<Claimed> {
  const held = isHeld(campaign, job);
  const isLost = inStatus(campaign, eq(status, "sending"));
  const lost = sql`(SELECT count(*) FROM ${campaignRecipients} WHERE ${isLost})`;
  const { queued, unconfirmed, version, updatedAt } = campaigns;
  const settle = db
    .update(campaigns)
    .set({
      unconfirmed: sql`${unconfirmed} + ${lost}`,
      queued: sql`${queued} - ${lost}`,
      version: sql`${version} + 1`,
      updatedAt: laterThan(updatedAt, now),
    })
    .where(and(eq(campaigns.id, campaign.id), sql`${lost} > 0`, held));
  const mark = db
    .update(campaignRecipients)
    .set({ status: "unconfirmed", at: now, error: "The sending was interrupted." })
    .where(and(isLost, held));
  const claim = (wanted: SQL | undefined) => {
    const next = db
      .select({ id: subscriberId })
      .from(campaignRecipients)
      .where(inStatus(campaign, wanted))
      .orderBy(asc(subscriberId))
      .limit(TRY_SIZE);
    return db
      .update(campaignRecipients)
      .set({ status: "sending", tryId, at: now })
      .where(and(eq(campaignId, campaign.id), sql`${subscriberId} IN ${next}`, wanted, held))
      .returning({ id: subscriberId, attempts: campaignRecipients.attempts });
  };
  const [, , first] = await db.batch([settle, mark, claim(eq(status, "queued"))]);
  const recipients = first.length > 0 ? first : await claim(and(eq(status, "retrying"), lte(at, now)));
  return { tryId, recipients };
}

/** When the next of those who are tried again is due; `null` when there is none. */
export async function nextRetry(db: Database, campaign: CampaignRow): Promise<number | null> {
  const [found] = await db
    .select({ at: min(at) })
    .from(campaignRecipients)
    .where(inStatus(campaign, eq(status, "retrying")));
  return found?.at ?? null;
}
