import { and, eq, ne, type SQL } from "drizzle-orm";
import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../core/work/context.ts";
import { notFound } from "../../../core/errors.ts";
import { counter } from "../../../core/storage/counter.ts";
import { listByCursor } from "../../../core/storage/list.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import { findSite } from "../../sites/service.ts";
import { type Deployment, type ListDeploymentsQuery, toDeployment } from "../contract.ts";
import { deployments } from "../table.ts";

/** The states `toDeployment` shows: of the completed ones the site's live one, and all others. */
function hasStatus(status: Deployment["status"] | undefined, liveId: string | null): SQL | undefined {
  if (status === undefined) return undefined;
  if (status === "live") return eq(deployments.id, liveId ?? "");
  if (status !== "superseded") return eq(deployments.status, status);
  return and(eq(deployments.status, "completed"), ne(deployments.id, liveId ?? ""));
}

const DEPLOYMENTS = counter("deployments");

export async function listDeployments({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { siteId: string; query: z.output<typeof ListDeploymentsQuery> };
}) {
  const site = await findSite(ctx, input.siteId);
  const { status } = input.query;
  const where = scoped(ctx, deployments, eq(deployments.siteId, site.id), hasStatus(status, site.liveDeploymentId));
  const orders = { createdAt: deployments.createdAt };
  const source = {
    name: `deployments:${site.id}`,
    table: deployments,
    id: deployments.id,
    where,
    orders,
    counted: status ? undefined : DEPLOYMENTS.count(site.id),
  };
  const { rows, pagination } = await listByCursor(ctx, source, input.query);
  return { items: rows.map((row) => toDeployment(row, site.liveDeploymentId)), pagination };
}

export interface DeploymentIds {
  siteId: string;
  deploymentId: string;
}

/** A deployment of the caller's site, with the site; throws `not_found` of whichever is missing. */
export async function findDeployment(ctx: Ctx, { siteId, deploymentId }: DeploymentIds) {
  const site = await findSite(ctx, siteId);
  const [row] = await ctx.db
    .select()
    .from(deployments)
    .where(scoped(ctx, deployments, eq(deployments.id, deploymentId), eq(deployments.siteId, site.id)));
  if (!row) throw notFound("Deployment");
  return { site, row };
}

export async function getDeployment({ ctx, input }: { ctx: Ctx; input: DeploymentIds }): Promise<Deployment> {
  const { site, row } = await findDeployment(ctx, input);
  return toDeployment(row, site.liveDeploymentId);
}
