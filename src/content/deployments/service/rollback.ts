import { and, desc, eq, lt, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Ctx } from "../../../core/work/context.ts";
import { conflict, invalid } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import { stageForms } from "../../forms/publish.ts";
import { SITE_EVENTS } from "../../sites/events.ts";
import { findSite } from "../../sites/service.ts";
import { type Deployment, toDeployment } from "../contract.ts";
import { deployments } from "../table.ts";
import { stageLive } from "./complete.ts";
import { stageCallOff } from "./row.ts";

const live = alias(deployments, "live");

/**
 * Shows visitors an earlier deployment again, at once and without a cooldown: only the site's pointer moves.
 * A publish that is queued or under way is called off.
 */
export async function rollbackSite({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { siteId: string; deploymentId?: string };
}): Promise<Deployment> {
  const { siteId, deploymentId } = input;
  const site = await findSite(ctx, siteId);
  const liveNumber = sql`(SELECT ${live.number} FROM ${deployments} AS ${live} WHERE ${live.id} = ${site.liveDeploymentId})`;
  const wanted = deploymentId ? eq(deployments.id, deploymentId) : lt(deployments.number, liveNumber);
  const [target] = await ctx.db
    .select()
    .from(deployments)
    .where(scoped(ctx, deployments, and(eq(deployments.siteId, siteId), eq(deployments.status, "completed"), wanted)))
    .orderBy(desc(deployments.number))
    .limit(1);
  if (!target && deploymentId) throw invalid("deploymentId", "is not a published deployment of this site");
  if (!target) throw conflict("deploymentId", "There is no earlier deployment to go back to.");
  if (target.id === site.liveDeploymentId) throw conflict("deploymentId", "This deployment is already live.");
  stageLive(ctx, site, target.id, SITE_EVENTS.rolled_back);
  stageForms(ctx, { siteId, locale: target.site?.locale ?? site.locale, number: target.number as number });
  // A publish that waits for its turn, or is being built, would bring back what is being undone.
  stageCallOff(ctx, siteId);
  const before = { deploymentId: site.liveDeploymentId };
  ctx.unit.audit("site.rolled_back", { type: "site", id: siteId, before, after: { deploymentId: target.id } });
  return toDeployment(target, target.id);
}
