import { eq } from "drizzle-orm";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { type CampaignRow, campaigns } from "./table.ts";

/** A campaign as it is now; `null` when there is none. */
export async function findCampaign(ctx: Ctx, campaignId: string): Promise<CampaignRow | null> {
  const [row] = await ctx.db
    .select()
    .from(campaigns)
    .where(scoped(ctx, campaigns, eq(campaigns.id, campaignId)));
  return row ?? null;
}
