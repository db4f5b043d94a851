import type { Endpoint } from "../../core/http/endpoint.ts";
import { contentEndpoint } from "../define.ts";
import { created, versioned } from "../replies.ts";
import { ListPagesQuery, PageBodies, PageParams, PageSchema, PagesParams } from "./contract.ts";
import { createPage } from "./service/create.ts";
import { deletePage } from "./service/delete.ts";
import { getPage } from "./service/find.ts";
import { listPages } from "./service/list.ts";
import { versionEndpoints } from "../versions/endpoints.ts";
import { replacePage, updatePage } from "./service/update.ts";
import { PAGE_VERSIONS } from "./versions.ts";

const tag = "Pages";

export const pageRoutes: Endpoint[] = [
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/pages",
    operationId: "listPages",
    tag,
    summary: "List the pages of a website",
    description: "`search` finds pages in which every word occurs, in the title or the blocks.",
    scope: "pages:read",
    params: PagesParams,
    query: ListPagesQuery,
    success: { status: 200, description: "A page of pages", data: PageSchema, list: true },
    handle: async ({ ctx, input }) => ({
      page: await listPages({ ctx, input: { ...input.params, query: input.query } }),
    }),
  }),
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/pages",
    operationId: "createPage",
    tag,
    summary: "Create a page",
    scope: "pages:write",
    params: PagesParams,
    body: PageBodies.create,
    success: { status: 201, description: "The new page", data: PageSchema },
    handle: async ({ ctx, input }) => {
      const { siteId } = input.params;
      const page = await createPage({ ctx, input: { siteId, page: input.body } });
      return created(`/v1/sites/${siteId}/pages`, page);
    },
  }),
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/pages/{pageId}",
    operationId: "getPage",
    tag,
    summary: "Get a page",
    scope: "pages:read",
    params: PageParams,
    etag: true,
    success: { status: 200, description: "The page", data: PageSchema },
    handle: async ({ ctx, input }) => versioned(await getPage({ ctx, input: input.params })),
  }),
  contentEndpoint({
    method: "patch",
    path: "/sites/{siteId}/pages/{pageId}",
    operationId: "updatePage",
    tag,
    summary: "Change some fields of a page",
    scope: "pages:write",
    params: PageParams,
    body: PageBodies.update,
    etag: true,
    success: { status: 200, description: "The changed page", data: PageSchema },
    handle: async ({ ctx, input }) => {
      const { params, body, expectedVersions } = input;
      return versioned(await updatePage({ ctx, input: { ...params, changes: body, expectedVersions } }));
    },
  }),
  contentEndpoint({
    method: "put",
    path: "/sites/{siteId}/pages/{pageId}",
    operationId: "replacePage",
    tag,
    summary: "Replace a page",
    description:
      "Fields left out get their defaults; slug and locale stay. Read-only fields may be sent as GET gave them.",
    scope: "pages:write",
    params: PageParams,
    body: PageBodies.replace,
    etag: true,
    success: { status: 200, description: "The replaced page", data: PageSchema },
    handle: async ({ ctx, input }) => {
      const { params, body, expectedVersions } = input;
      return versioned(await replacePage({ ctx, input: { ...params, page: body, expectedVersions } }));
    },
  }),
  contentEndpoint({
    method: "delete",
    path: "/sites/{siteId}/pages/{pageId}",
    operationId: "deletePage",
    tag,
    summary: "Delete a page",
    description:
      "Pages below it move up to its parent; the oldest of its translations becomes the original of the others. It can be restored from the trash for thirty days.",
    scope: "pages:write",
    params: PageParams,
    etag: true,
    success: { status: 204, description: "The page is deleted" },
    handle: async ({ ctx, input }) => {
      await deletePage({ ctx, input: { ...input.params, expectedVersions: input.expectedVersions } });
      return {};
    },
  }),
  ...versionEndpoints(PAGE_VERSIONS),
];
