import type { Ctx } from "../../../core/work/context.ts";
import { conflict } from "../../../core/errors.ts";
import { findSite } from "../../sites/service.ts";
import { type Deployment, toDeployment } from "../contract.ts";
import { startDeployment } from "./build.ts";
import { cooldownEnd, cooldownError } from "./cooldown.ts";
import { findByStatus, newDeployment } from "./row.ts";
import { schedulePublish } from "./schedule.ts";

/** Publishes the site's published pages, or queues that; in the sandbox only tells what would change. */
export async function publishSite({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { siteId: string; ifCooldown: "fail" | "queue" };
}): Promise<Deployment> {
  const { siteId, ifCooldown } = input;
  const site = await findSite(ctx, siteId);
  const building = await findByStatus(ctx, siteId, "building");
  // What is being built holds every page as it is when it is done: nothing is missed by joining it.
  if (building && building.onlyPages === null && ifCooldown === "queue")
    return toDeployment(building, site.liveDeploymentId);
  if (building) throw conflict("siteId", `This website is being published: deployment ${building.id} is under way.`);
  const end = await cooldownEnd(ctx, siteId);
  if (end === null) return startDeployment(ctx, site, newDeployment(ctx, siteId, "building"), null);
  if (ifCooldown === "fail") throw cooldownError(end, ctx.now);
  return schedulePublish(ctx, site, end, null);
}
