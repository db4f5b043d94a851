import type { Endpoint } from "../../core/http/endpoint.ts";
import { contentEndpoint } from "../define.ts";
import {
  DeploymentParams,
  DeploymentSchema,
  ListDeploymentsQuery,
  PublishSchema,
  RollbackSchema,
  SiteParams,
} from "./contract.ts";
import { publishSite } from "./service/publish.ts";
import { getDeployment, listDeployments } from "./service/read.ts";
import { rollbackSite } from "./service/rollback.ts";
import { cancelDeployment } from "./service/schedule.ts";

const tag = "Publishing";
const scope = "publish:write";

export const deploymentRoutes: Endpoint[] = [
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/publish",
    operationId: "publishSite",
    tag,
    summary: "Publish a website",
    description:
      "Freezes the published pages as a new deployment and makes it live, all at once. One publish per website in 5 minutes; with `ifCooldown: queue` a publish during that time is queued. More than 100 changed pages are published in the background: the deployment's `progress` tells how far it is. With a sandbox key nothing is published: the answer tells what would change.",
    scope,
    params: SiteParams,
    body: PublishSchema,
    bodyOptional: true,
    limitedBeyond: true,
    success: {
      status: 200,
      description: "The live deployment, or the dry run",
      data: DeploymentSchema,
      also: [
        { status: 202, description: "The publish is queued until the cooldown ends, or goes on in the background" },
      ],
    },
    handle: async ({ ctx, input }) => {
      const data = await publishSite({ ctx, input: { ...input.params, ...input.body } });
      return { status: data.status === "scheduled" || data.status === "building" ? 202 : 200, data };
    },
  }),
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/deployments",
    operationId: "listDeployments",
    tag,
    summary: "List deployments",
    scope,
    params: SiteParams,
    query: ListDeploymentsQuery,
    success: { status: 200, description: "A page of deployments", data: DeploymentSchema, list: true },
    handle: async ({ ctx, input }) => ({
      page: await listDeployments({ ctx, input: { ...input.params, query: input.query } }),
    }),
  }),
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/deployments/{deploymentId}",
    operationId: "getDeployment",
    tag,
    summary: "Get a deployment",
    scope,
    params: DeploymentParams,
    etag: true,
    success: { status: 200, description: "The deployment", data: DeploymentSchema },
    handle: async ({ ctx, input }) => {
      const data = await getDeployment({ ctx, input: input.params });
      return { data, version: Date.parse(data.publishedAt ?? data.createdAt) };
    },
  }),
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/deployments/{deploymentId}/cancel",
    operationId: "cancelDeployment",
    tag,
    summary: "Cancel a publish that is queued or under way",
    scope,
    params: DeploymentParams,
    success: { status: 200, description: "The cancelled deployment", data: DeploymentSchema },
    handle: async ({ ctx, input }) => ({ data: await cancelDeployment({ ctx, input: input.params }) }),
  }),
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/rollback",
    operationId: "rollbackSite",
    tag,
    summary: "Go back to an earlier deployment",
    description:
      "At once and without a cooldown. A publish that is queued or under way is called off, so that it cannot undo the rollback.",
    scope,
    params: SiteParams,
    body: RollbackSchema,
    bodyOptional: true,
    success: { status: 200, description: "The deployment that is live now", data: DeploymentSchema },
    handle: async ({ ctx, input }) => ({
      data: await rollbackSite({ ctx, input: { ...input.params, ...input.body } }),
    }),
  }),
];
