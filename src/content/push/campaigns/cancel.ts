import { and, eq, isNull, sql } from "drizzle-orm";
import { conflict } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import { laterThan } from "../../../core/work/versioned.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { jobs } from "../../jobs/table.ts";
import { findItem } from "../../resource/find.ts";
import { requireChannel } from "./channel-access.ts";
import { CAMPAIGNS } from "./resource.ts";
import type { CampaignRow } from "./table.ts";

/**
 * Stages the end of a campaign that is not over: from that commit on nothing is sent to anybody who is not being written
 * to at that moment. Answers it with its figures: `sent` have gone, `queued` will not.
 */
export async function cancelCampaign({
  ctx,
  input: { siteId, campaignId },
}: {
  ctx: Ctx;
  input: { siteId: string; campaignId: string };
}) {
  const row = await findItem(ctx, CAMPAIGNS, { siteId, id: campaignId });
  requireChannel(ctx, row.channel);
  if (!isOpen(row)) throw conflict("status", `The campaign is over: it is ${row.status}.`);
  const cancelled = await CAMPAIGNS.verbs.change(ctx, row, { status: "cancelled", finishedAt: ctx.now });
  if (row.jobId !== null) {
    // Whoever works on it may write the job at any time: what is staged here holds whatever it has come to meanwhile.
    ctx.unit.stage(
      ctx.db
        .update(jobs)
        .set({
          ...{ status: "cancelled", step: null, leaseId: null, dueAt: null, finishedAt: ctx.now },
          version: sql`${jobs.version} + 1`,
          updatedAt: laterThan(jobs.updatedAt, ctx.now),
        })
        .where(scoped(ctx, jobs, and(eq(jobs.id, row.jobId), isNull(jobs.finishedAt)))),
    );
  }
  return CAMPAIGNS.verbs.show(ctx, cancelled);
}

const isOpen = ({ status }: CampaignRow): boolean => ["draft", "scheduled", "sending"].includes(status);
