import { requireAllSites } from "../../core/access/all-sites.ts";
import type { Endpoint } from "../../core/http/endpoint.ts";
import { contentEndpoint } from "../define.ts";
import { created, versioned } from "../replies.ts";
import { ListSitesQuery, SiteBodies, SiteParams, SiteSchema } from "./contract.ts";
import { createSite, getSite, listSites, replaceSite, updateSite } from "./service.ts";

const tag = "Sites";

export const siteRoutes: Endpoint[] = [
  contentEndpoint({
    method: "get",
    path: "/sites",
    operationId: "listSites",
    tag,
    summary: "List websites",
    scope: "sites:read",
    query: ListSitesQuery,
    success: { status: 200, description: "A page of websites", data: SiteSchema, list: true },
    handle: async ({ ctx, input }) => ({ page: await listSites({ ctx, input: input.query }) }),
  }),
  contentEndpoint({
    method: "post",
    path: "/sites",
    operationId: "createSite",
    tag,
    summary: "Create a website",
    scope: "sites:write",
    authorise: async (ctx) => requireAllSites(ctx, "create a site"),
    body: SiteBodies.create,
    success: { status: 201, description: "The new website", data: SiteSchema },
    errors: ["conflict"],
    handle: async ({ ctx, input }) => created("/v1/sites", await createSite({ ctx, input: input.body })),
  }),
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}",
    operationId: "getSite",
    tag,
    summary: "Get a website",
    scope: "sites:read",
    params: SiteParams,
    etag: true,
    success: { status: 200, description: "The website", data: SiteSchema },
    handle: async ({ ctx, input }) => versioned(await getSite({ ctx, input: input.params })),
  }),
  contentEndpoint({
    method: "patch",
    path: "/sites/{siteId}",
    operationId: "updateSite",
    tag,
    summary: "Change some fields of a website",
    scope: "sites:write",
    params: SiteParams,
    body: SiteBodies.update,
    etag: true,
    success: { status: 200, description: "The changed website", data: SiteSchema },
    handle: async ({ ctx, input }) => {
      const { params, body, expectedVersions } = input;
      return versioned(await updateSite({ ctx, input: { ...params, changes: body, expectedVersions } }));
    },
  }),
  contentEndpoint({
    method: "put",
    path: "/sites/{siteId}",
    operationId: "replaceSite",
    tag,
    summary: "Replace a website",
    description: "Fields left out get their defaults; the slug stays. Read-only fields may be sent as GET gave them.",
    scope: "sites:write",
    params: SiteParams,
    body: SiteBodies.replace,
    etag: true,
    success: { status: 200, description: "The replaced website", data: SiteSchema },
    handle: async ({ ctx, input }) =>
      versioned(await replaceSite(ctx, input.params.siteId, input.body, input.expectedVersions)),
  }),
];
