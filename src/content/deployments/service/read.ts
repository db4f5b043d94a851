import { eq } from "drizzle-orm";
import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../core/context.ts";
import { notFound } from "../../../core/errors.ts";
import { counted, listByCursor } from "../../../core/storage/list.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import { findSite } from "../../sites/service.ts";
import { type Deployment, type ListDeploymentsQuery, toDeployment } from "../contract.ts";
import { deployments } from "../table.ts";

export async function listDeployments({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { siteId: string; query: z.output<typeof ListDeploymentsQuery> };
}) {
  const site = await findSite(ctx, input.siteId);
  const where = scoped(ctx, deployments, eq(deployments.siteId, site.id));
  const orders = { createdAt: deployments.createdAt };
  const total = counted(site.id, ["deployments"]);
  const source = { name: `deployments:${site.id}`, table: deployments, id: deployments.id, where, orders, total };
  const { rows, pagination } = await listByCursor(ctx, source, { ...input.query, orderBy: "createdAt" });
  return { items: rows.map((row) => toDeployment(row, site.liveDeploymentId)), pagination };
}

export async function getDeployment({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { siteId: string; deploymentId: string };
}): Promise<Deployment> {
  const site = await findSite(ctx, input.siteId);
  const [row] = await ctx.db
    .select()
    .from(deployments)
    .where(scoped(ctx, deployments, eq(deployments.id, input.deploymentId), eq(deployments.siteId, site.id)));
  if (!row) throw notFound("Deployment");
  return toDeployment(row, site.liveDeploymentId);
}
