import { z } from "@hono/zod-openapi";
import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";
import { listEndpoint } from "../lists/list.ts";
import { SITE_INCLUDE } from "../lists/site-includes.ts";
import { dataOf, IdParam, integerId, messageOf, made } from "../replies.ts";
import { IncludedUserSchema, shownUser } from "../users/contract.ts";
import { membersById } from "../users/include.ts";
import { MEMBERS } from "../users/readable.ts";
import { PostSchema, toPost, PostBodies } from "./contract.ts";
import { createPost, deletePost, findPost, postList, updatePost } from "./service.ts";
import { PUBLICATION_STATUSES } from "../../core/publication.ts";

const tag = "Posts";
const params = z.object({ postId: IdParam });
const idOf = ({ postId }: { postId: string }): number => integerId(postId, "Post");

export const postRoutes: Endpoint[] = [
  listEndpoint({
    path: "/posts",
    operationId: "listPosts",
    tag,
    summary: "List posts",
    description: "`include=author` asks for `users:read` as well, `include=site` for `sites:read`.",
    scope: "posts:read",
    integrations: true,
    schema: PostSchema,
    sorts: ["created_at", "title", "published_at", "updated_at"],
    statuses: [...PUBLICATION_STATUSES],
    isSearchable: true,
    includes: {
      author: {
        readable: MEMBERS,
        schema: IncludedUserSchema.nullable(),
        load: (ctx, rows) => membersById(ctx, rows, "authorId", (user) => shownUser(ctx, user)),
      },
      site: SITE_INCLUDE,
    },
    source: postList,
    toWire: toPost,
  }),
  defineEndpoint({
    method: "post",
    path: "/posts",
    operationId: "createPost",
    tag,
    summary: "Create a post",
    scope: "posts:write",
    integrations: true,
    body: PostBodies.create,
    success: { status: 201, description: "The new post", data: messageOf(PostSchema) },
    errors: ["feature_limit_reached"],
    handle: async ({ ctx, input }) => {
      const row = await createPost({ ctx, input: input.body });
      return { ...made("/posts", "Post created successfully.", toPost(row)), version: row.version };
    },
  }),
  defineEndpoint({
    method: "get",
    path: "/posts/{postId}",
    operationId: "getPost",
    tag,
    summary: "Get a post",
    scope: "posts:read",
    integrations: true,
    params,
    etag: true,
    success: { status: 200, description: "The post", data: dataOf(PostSchema) },
    handle: async ({ ctx, input }) => {
      const row = await findPost(ctx, idOf(input.params));
      return { data: { data: toPost(row) }, version: row.version };
    },
  }),
  defineEndpoint({
    method: "patch",
    path: "/posts/{postId}",
    operationId: "updatePost",
    tag,
    summary: "Change a post",
    scope: "posts:write",
    integrations: true,
    params,
    etag: true,
    body: PostBodies.update,
    success: { status: 200, description: "The changed post", data: messageOf(PostSchema) },
    handle: async ({ ctx, input }) => {
      const row = await updatePost({
        ctx,
        input: { postId: idOf(input.params), changes: input.body, expectedVersions: input.expectedVersions },
      });
      return { data: { message: "Post updated successfully.", data: toPost(row) }, version: row.version };
    },
  }),
  defineEndpoint({
    method: "delete",
    path: "/posts/{postId}",
    operationId: "deletePost",
    tag,
    summary: "Delete a post",
    scope: "posts:delete",
    params,
    etag: true,
    success: { status: 204, description: "The post is deleted" },
    handle: async ({ ctx, input }) => {
      await deletePost({ ctx, input: { postId: idOf(input.params), expectedVersions: input.expectedVersions } });
      return {};
    },
  }),
];
