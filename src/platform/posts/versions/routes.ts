import { between, CompareQuery, versionOf } from "../../../content/versions/contract.ts";
import { headsOf, told } from "../../../content/versions/find.ts";
import { compareVersions, getVersion } from "../../../content/versions/service.ts";
import { defineEndpoint, type Endpoint } from "../../../core/http/endpoint.ts";
import { type PlatformQuery, platformQuery } from "../../../core/http/numbered-query.ts";
import { dataOf, integerId, messageOf } from "../../replies.ts";
import { PostSchema, toPost, type UpdatePost } from "../contract.ts";
import { findPost } from "../service.ts";
import {
  PostComparisonSchema,
  PostParams,
  PostVersionParams,
  PostVersionSchema,
  RestorePostSchema,
  toPostComparison,
  toPostVersion,
  WholePostVersionSchema,
} from "./contract.ts";
import { shownPage } from "./page.ts";
import { POST_VERSIONS, restorePostVersion } from "./service.ts";

const path = "/posts/{postId}/versions";
const common = { tag: "Posts", integrations: true };
const idOf = ({ postId }: { postId: string }): number => integerId(postId, "Post");

const FIELDS = Object.keys(PostVersionSchema.shape);
const ListQuery = platformQuery({
  sorts: ["version"],
  fields: FIELDS,
  includes: [],
  statuses: [],
  isSearchable: false,
});

export const postVersionRoutes: Endpoint[] = [
  defineEndpoint({
    ...common,
    method: "get",
    path,
    operationId: "listPostVersions",
    summary: "List the earlier versions of a post",
    description:
      "The last fifty, for ninety days, newest first, each with who made it; `versions/current` has the present one.",
    scope: "posts:read",
    params: PostParams,
    query: ListQuery,
    success: {
      status: 200,
      description: "One page of the list",
      data: PostVersionSchema.partial(),
      described: PostVersionSchema,
      list: true,
    },
    handle: async ({ ctx, input }) => {
      const heads = await headsOf(ctx, await findPost(ctx, idOf(input.params)));
      const { shown, ...pagination } = shownPage(heads, input.query as PlatformQuery);
      const items = (await told(ctx, shown)).map(toPostVersion);
      const { fields } = input.query as PlatformQuery;
      const picked = items.map((item) =>
        fields ? Object.fromEntries(Object.entries(item).filter(([name]) => fields.includes(name))) : item,
      );
      return { page: { items: picked, pagination } };
    },
  }),
  defineEndpoint({
    ...common,
    method: "get",
    path: `${path}/compare`,
    operationId: "comparePostVersions",
    summary: "Compare two versions of a post",
    description:
      "What differs, field by field; texts word by word or sentence by sentence. A thousand differences at most.",
    scope: "posts:read",
    params: PostParams,
    query: CompareQuery,
    etag: true,
    success: { status: 200, description: "What differs", data: dataOf(PostComparisonSchema) },
    handle: async ({ ctx, input: { params, query } }) => {
      const row = await findPost(ctx, idOf(params));
      return { data: { data: toPostComparison(await compareVersions(ctx, POST_VERSIONS, row, between(query))) } };
    },
  }),
  defineEndpoint({
    ...common,
    method: "get",
    path: `${path}/{version}`,
    operationId: "getPostVersion",
    summary: "Get a version of a post, whole",
    scope: "posts:read",
    params: PostVersionParams,
    etag: true,
    success: { status: 200, description: "The version", data: dataOf(WholePostVersionSchema) },
    handle: async ({ ctx, input: { params } }) => {
      const row = await findPost(ctx, idOf(params));
      const { head, item } = await getVersion(ctx, POST_VERSIONS, row, versionOf(params.version));
      return { data: { data: { ...toPostVersion(head), post: item as ReturnType<typeof toPost> } } };
    },
  }),
  defineEndpoint({
    ...common,
    method: "post",
    path: `${path}/{version}/restore`,
    operationId: "restorePostVersion",
    summary: "Restore a version of a post",
    description:
      "Makes a new version of what an earlier one had; nothing is lost. `If-Match` names the present version. Fields in the body are to be other than they were.",
    scope: "posts:write",
    params: PostVersionParams,
    body: RestorePostSchema,
    bodyOptional: true,
    etag: true,
    success: { status: 200, description: "The post, restored", data: messageOf(PostSchema) },
    handle: async ({ ctx, input: { params, body, expectedVersions } }) => {
      const version = versionOf(params.version);
      const changes = body as UpdatePost;
      const row = await restorePostVersion({
        ctx,
        input: { postId: idOf(params), version, changes, expectedVersions },
      });
      return { data: { message: "Post restored successfully.", data: toPost(row) }, version: row.version };
    },
  }),
];
