import { z } from "@hono/zod-openapi";
import { whoIs } from "../../content/versions/who.ts";
import type { Trashed } from "../../content/trash/find.ts";
import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";
import type { Ctx } from "../../core/work/context.ts";
import { listEndpoint } from "../lists/list.ts";
import { PostSchema, toPost, type UpdatePost } from "../posts/contract.ts";
import { RestorePostSchema } from "../posts/versions/contract.ts";
import { dataOf, integerId, messageOf } from "../replies.ts";
import {
  EmptiedSchema,
  TrashedPostParams,
  TrashedPostSchema,
  toTrashedPost,
  WholeTrashedPostSchema,
} from "./contract.ts";
import { emptyTrashOfPosts, getTrashedPost, purgeTrashedPost, restoreTrashedPost, trashedPosts } from "./service.ts";

const tag = "Posts";
const path = "/trash/{trashedPostId}";
const params = TrashedPostParams;
const idOf = ({ trashedPostId }: { trashedPostId: string }): number => integerId(trashedPostId, "Trashed post");

async function shown(rows: readonly Trashed[], ctx: Ctx) {
  const who = await whoIs(
    ctx,
    rows.map(({ deletedBy }) => deletedBy),
  );
  return rows.map((row) => toTrashedPost(row, who(row.deletedBy)));
}

export const trashRoutes: Endpoint[] = [
  listEndpoint({
    path: "/trash",
    operationId: "listTrashedPosts",
    tag,
    summary: "List posts that were deleted and can be restored",
    description:
      "Posts that were deleted within thirty days, last deleted first. What belongs to a website, such as its pages, lies in the website's trash.",
    scope: "posts:read",
    integrations: true,
    schema: TrashedPostSchema,
    sorts: ["deleted_at"],
    isSearchable: true,
    filters: {
      type: z
        .enum(["post"], "must be post")
        .optional()
        .register(z.globalRegistry, { description: "Only things of this kind" }),
    },
    source: trashedPosts,
    toWires: (rows: Trashed[], ctx) => shown(rows, ctx),
  }),
  defineEndpoint({
    method: "delete",
    path: "/trash",
    operationId: "emptyTrashOfPosts",
    tag,
    summary: "Empty the trash of posts",
    description: "For good. At most five hundred posts a call, oldest first.",
    scope: "posts:delete",
    success: { status: 200, description: "How many are gone", data: messageOf(EmptiedSchema) },
    handle: async ({ ctx }) => ({
      data: { message: "Trash emptied successfully.", data: await emptyTrashOfPosts(ctx) },
    }),
  }),
  defineEndpoint({
    method: "get",
    path,
    operationId: "getTrashedPost",
    tag,
    summary: "Get a post that was deleted, as it was",
    scope: "posts:read",
    integrations: true,
    params,
    etag: true,
    success: { status: 200, description: "The post", data: dataOf(WholeTrashedPostSchema) },
    handle: async ({ ctx, input }) => {
      const { row, post } = await getTrashedPost(ctx, idOf(input.params));
      const [item] = (await shown([row], ctx)) as [ReturnType<typeof toTrashedPost>];
      return { data: { data: { ...item, post: toPost(post) } }, version: row.version };
    },
  }),
  defineEndpoint({
    method: "post",
    path: `${path}/restore`,
    operationId: "restoreTrashedPost",
    tag,
    summary: "Restore a post that was deleted",
    description:
      "It comes back under its id, with its versions, at its next version; subscribers hear of it as created. A slug that was taken meanwhile is a conflict: send another in the body.",
    scope: "posts:write",
    integrations: true,
    params,
    body: RestorePostSchema,
    bodyOptional: true,
    etag: true,
    errors: ["feature_limit_reached"],
    success: { status: 200, description: "The post, restored", data: messageOf(PostSchema) },
    handle: async ({ ctx, input: { params, body, expectedVersions } }) => {
      const changes = body as UpdatePost;
      const row = await restoreTrashedPost(ctx, idOf(params), { changes, expectedVersions });
      return { data: { message: "Post restored successfully.", data: toPost(row) }, version: row.version };
    },
  }),
  defineEndpoint({
    method: "delete",
    path,
    operationId: "purgeTrashedPost",
    tag,
    summary: "Delete a post in the trash for good",
    scope: "posts:delete",
    params,
    success: { status: 204, description: "It is gone, with its versions" },
    handle: async ({ ctx, input }) => {
      await purgeTrashedPost(ctx, idOf(input.params));
      return {};
    },
  }),
];
