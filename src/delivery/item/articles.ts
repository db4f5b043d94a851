import { and, eq, isNull, or, type SQL } from "drizzle-orm";
import type { Ctx } from "../../core/work/context.ts";
import { notFound } from "../../core/errors.ts";
import { type CreatePost, PostSchema, toPost, type UpdatePost, PostBodies } from "../../platform/posts/contract.ts";
import { createPost, deletePost, findPost, type PostRow, postList, updatePost } from "../../platform/posts/service.ts";
import { posts } from "../../content/posts/table.ts";
import type { ItemTable } from "./table.ts";
import { PUBLICATION_STATUSES } from "../../core/publication.ts";

/** Articles of a site are its own and those that belong to no site. */
const ofSite = (siteId: string): SQL => or(eq(posts.siteId, siteId), isNull(posts.siteId)) as SQL;

async function findArticle(ctx: Ctx, siteId: string, id: string): Promise<PostRow> {
  if (!/^[1-9]\d{0,15}$/.test(id)) throw notFound("Post");
  const row = await findPost(ctx, Number(id));
  if (row.siteId !== null && row.siteId !== siteId) throw notFound("Post");
  return row;
}

export const articlesTable: ItemTable = {
  scopes: { read: "posts:read", write: "posts:write", delete: "posts:delete" },
  integrations: ["read", "write"],
  schema: PostSchema,
  list: {
    sorts: ["created_at", "title", "published_at", "updated_at"],
    statuses: [...PUBLICATION_STATUSES],
    isSearchable: true,
    source: (ctx, siteId, query) => {
      const { counted: _, ...source } = postList(ctx, query);
      return { ...source, where: and(source.where, ofSite(siteId)) as SQL };
    },
    toWire: (_, row: PostRow) => toPost(row),
  },
  get: async (ctx, { siteId, id }) => toPost(await findArticle(ctx, siteId, id)),
  create: {
    schema: PostBodies.create,
    run: async (ctx, siteId, body: CreatePost) =>
      toPost(
        await createPost({ ctx, input: { ...body, site_id: body.site_id === undefined ? siteId : body.site_id } }),
      ),
  },
  update: {
    schema: PostBodies.update,
    run: async (ctx, { siteId, id, expectedVersions }, changes: UpdatePost) => {
      const { id: postId } = await findArticle(ctx, siteId, id);
      return toPost(await updatePost({ ctx, input: { postId, changes, expectedVersions } }));
    },
  },
  remove: async (ctx, { siteId, id, expectedVersions }) => {
    const { id: postId } = await findArticle(ctx, siteId, id);
    await deletePost({ ctx, input: { postId, expectedVersions } });
  },
};
