import { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../core/work/context.ts";
import { startJob } from "../../jobs/service/start.ts";
import type { CampaignRow } from "./table.ts";

/** What the job of a campaign is about. */
export const SendInput = z.object({ campaignId: z.string() });

/** Stages the job that sends a campaign; answers what changes of it. */
export function begin(
  ctx: Ctx,
  { id, siteId }: Pick<CampaignRow, "id" | "siteId">,
): Pick<CampaignRow, "status" | "startedAt" | "jobId"> {
  const begun = { siteId, input: { campaignId: id }, step: "Looking up whom it is for" };
  const { jobId } = startJob(ctx, { name: "campaign", input: SendInput }, begun);
  return { status: "sending", startedAt: ctx.now, jobId };
}
