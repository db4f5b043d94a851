import { and, eq, isNull, or, type SQL } from "drizzle-orm";
import type { Ctx } from "../../core/work/context.ts";
import { invalid, notFound } from "../../core/errors.ts";
import { type CreatePost, PostSchema, toPost, type UpdatePost, PostBodies } from "../../platform/posts/contract.ts";
import { createPost, deletePost, findPost, type PostRow, postList, updatePost } from "../../platform/posts/service.ts";
import { posts } from "../../content/posts/table.ts";
import type { ItemTable, Target } from "./table.ts";
import { PUBLICATION_STATUSES } from "../../core/publication.ts";

/** Articles of a site are its own and those that belong to no site. */
const ofSite = (siteId: string): SQL => or(eq(posts.siteId, siteId), isNull(posts.siteId)) as SQL;

async function findArticle(ctx: Ctx, siteId: string, id: string): Promise<PostRow> {
  if (!/^[1-9]\d{0,15}$/.test(id)) throw notFound("Post");
  const row = await findPost(ctx, Number(id));
  if (row.siteId !== null && row.siteId !== siteId) throw notFound("Post");
  return row;
}

/** The post that a call changes. A call about one website has no say over what belongs to none. */
async function postToChange(ctx: Ctx, { siteId, isSiteNamed, id }: Target): Promise<number> {
  const row = await findArticle(ctx, siteId, id);
  if (isSiteNamed && row.siteId === null) throw invalid("site", "is not the article's website: it belongs to none");
  return row.id;
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
    run: async (ctx, target, changes: UpdatePost) => {
      const { expectedVersions } = target;
      const postId = await postToChange(ctx, target);
      return toPost(await updatePost({ ctx, input: { postId, changes, expectedVersions } }));
    },
  },
  remove: async (ctx, target) => {
    const { expectedVersions } = target;
    await deletePost({ ctx, input: { postId: await postToChange(ctx, target), expectedVersions } });
  },
};
