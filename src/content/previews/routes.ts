import type { Endpoint } from "../../core/http/endpoint.ts";
import { contentEndpoint } from "../define.ts";
import {
  CreatePreviewSchema,
  ListPreviewsQuery,
  type NewPreview,
  NewPreviewSchema,
  PageParams,
  PreviewParams,
  PreviewSchema,
  PreviewWithChangesSchema,
  SiteParams,
} from "./contract.ts";
import { previewPage, previewSite } from "./service/create.ts";
import { getPreview, listPreviews } from "./service/read.ts";
import { revokePreview } from "./service/revoke.ts";

const tag = "Previews";

const made = (data: NewPreview) => ({
  status: 201,
  data,
  headers: { Location: `/v1/sites/${data.siteId}/previews/${data.id}` },
});

const body = { body: CreatePreviewSchema, bodyOptional: true } as const;
const success = { status: 201, description: "The new preview with its link", data: NewPreviewSchema };

export const previewRoutes: Endpoint[] = [
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/pages/{pageId}/preview",
    operationId: "previewPage",
    tag,
    summary: "Make a link to a page as publishing it would show it",
    description:
      "Whatever the page's status, and amid all else that publishing now would show. Who has the link needs no key. It shows the page as it is when it is looked at, and ends with its time, its page and the key that made it.",
    scope: "pages:write",
    params: PageParams,
    ...body,
    success,
    handle: async ({ ctx, input }) => made(await previewPage({ ctx, input: { ...input.params, ...input.body } })),
  }),
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/preview",
    operationId: "previewSite",
    tag,
    summary: "Make a link to a website as publishing it now would show it",
    description:
      "The link begins with an overview of what would be added, changed and removed; `changes` tells the same. It ends with its time and the key that made it.",
    scope: "publish:write",
    params: SiteParams,
    ...body,
    success,
    handle: async ({ ctx, input }) => made(await previewSite({ ctx, input: { ...input.params, ...input.body } })),
  }),
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/previews",
    operationId: "listPreviews",
    tag,
    summary: "List the previews of a website",
    description: "Those that have expired are listed for another week. A link is told once, when it is made.",
    scope: "pages:read",
    params: SiteParams,
    query: ListPreviewsQuery,
    success: { status: 200, description: "A page of previews", data: PreviewSchema, list: true },
    handle: async ({ ctx, input }) => ({
      page: await listPreviews({ ctx, input: { ...input.params, query: input.query } }),
    }),
  }),
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/previews/{previewId}",
    operationId: "getPreview",
    tag,
    summary: "Get a preview, with what publishing now would change",
    scope: "pages:read",
    params: PreviewParams,
    etag: true,
    success: { status: 200, description: "The preview", data: PreviewWithChangesSchema },
    handle: async ({ ctx, input }) => ({ data: await getPreview({ ctx, input: input.params }) }),
  }),
  contentEndpoint({
    method: "delete",
    path: "/sites/{siteId}/previews/{previewId}",
    operationId: "revokePreview",
    tag,
    summary: "Revoke a preview",
    description: "Its link leads nowhere from now on.",
    scope: "pages:write",
    params: PreviewParams,
    success: { status: 204, description: "The preview is revoked" },
    handle: async ({ ctx, input }) => {
      await revokePreview({ ctx, input: input.params });
      return {};
    },
  }),
];
