import { eq } from "drizzle-orm";
import type { Ctx } from "../../core/work/context.ts";
import { scoped } from "../../core/storage/scoped.ts";
import type { MirroredKind } from "../jobs/kind.ts";
import { deployments } from "./table.ts";
import { stageCancelled } from "./service/schedule.ts";

/**
 * A publish in the background. Its job's row follows the deployment's by triggers (migrations), so that one cannot say
 * another thing than the other.
 */
export const PUBLISH_JOB: MirroredKind = {
  name: "publish",
  scope: "publish:write",
  async cancel(ctx: Ctx, job) {
    const { deploymentId } = job.input as { deploymentId: string };
    const [row] = await ctx.db
      .select()
      .from(deployments)
      .where(scoped(ctx, deployments, eq(deployments.id, deploymentId)));
    if (row) stageCancelled(ctx, row);
  },
};
