import { eq, isNull, sql } from "drizzle-orm";
import { siteNotAllowed } from "../../core/access/all-sites.ts";
import type { Ctx } from "../../core/work/context.ts";
import { ConcurrentChange, conflict, invalid, notFound } from "../../core/errors.ts";
import type { DeclaredEvent } from "../../core/events/define.ts";
import { newIntegerId } from "../../core/ids.ts";
import { requireRoom } from "../../core/limits/room.ts";
import { counter, tenantScope } from "../../core/storage/counter.ts";
import { withMade } from "../../core/storage/folded.ts";
import type { NumberedSource } from "../../core/storage/numbered-list.ts";
import { ofSites, ownedBy, scoped } from "../../core/storage/scoped.ts";
import type { ExpectedVersions } from "../../core/storage/version.ts";
import { freeSlug, slugFrom } from "../../core/storage/slug.ts";
import { sites } from "../../core/tenancy/sites/table.ts";
import { isOwnSite } from "../../core/tenancy/sites/find.ts";
import { type CreatePost, PostBodies, toPost, type UpdatePost } from "./contract.ts";
import { POST_EVENTS } from "./events.ts";
import { stageUses } from "../../content/media/places.ts";
import { isMember } from "./references.ts";
import { posts } from "../../content/posts/table.ts";
import { PUBLICATION_STATUSES, publicationTime } from "../../core/publication.ts";
import { madeBy } from "../../core/work/keeping.ts";
import { stageChange, stageRemoval } from "../../core/work/versioned.ts";

export type PostRow = typeof posts.$inferSelect;

const SLUG_INDEXES = [
  [posts.siteId, posts.slug],
  [posts.workspaceId, posts.environment, posts.slug],
];

/** Posts of the sites the key may touch. */
const allowed = (ctx: Ctx) => ofSites(posts.siteId, ctx.caller.siteIds);

export async function findPost(ctx: Ctx, postId: number): Promise<PostRow> {
  const [row] = await ctx.db
    .select()
    .from(posts)
    .where(scoped(ctx, posts, eq(posts.id, postId), allowed(ctx)));
  if (!row) throw notFound("Post");
  return row;
}

const POSTS = counter("posts", PUBLICATION_STATUSES);

export function postList(ctx: Ctx, { status }: { status?: string }): NumberedSource {
  const { siteIds } = ctx.caller;
  const withStatus = status as PostRow["status"] | undefined;
  return {
    table: posts,
    where: scoped(ctx, posts, withStatus ? eq(posts.status, withStatus) : undefined, allowed(ctx)),
    sorts: {
      created_at: posts.createdAt,
      title: posts.title,
      published_at: posts.publishedAt,
      updated_at: posts.updatedAt,
    },
    id: posts.id,
    counted: siteIds ? undefined : POSTS.count(tenantScope(ctx.caller), withStatus && [withStatus]),
    search: [posts.title, posts.content],
    createdAt: posts.createdAt,
    updatedAt: posts.updatedAt,
  };
}

/** The site and the author a post names must be the workspace's own, and the site one the key may touch. */
export async function checkReferences(ctx: Ctx, row: PostRow): Promise<void> {
  const { siteIds } = ctx.caller;
  if (siteIds !== null && (row.siteId === null || !siteIds.includes(row.siteId))) {
    throw siteNotAllowed();
  }
  if (row.siteId !== null && !(await isOwnSite(ctx, row.siteId))) {
    throw invalid("site_id", "is not a site of this workspace");
  }
  if (row.siteId !== null && row.locale !== null) {
    const speaks = sql`${sites.id} = ${row.siteId} AND ${row.locale} IN (SELECT value FROM json_each(${sites.locales}))`;
    const error = invalid("locale", "is not a locale of this site");
    ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${sites} WHERE ${speaks})`, error);
  }
  if (row.authorId !== null && !(await isMember(ctx, row.authorId))) {
    throw invalid("author_id", "is not a member of this workspace");
  }
}

/** The first free variant of a slug in the site, or among the posts of no site. */
const unusedSlug = (ctx: Ctx, base: string, id: number, siteId: string | null): Promise<string> =>
  freeSlug(ctx, {
    base,
    id: String(id),
    isTaken: (slug) => {
      const isThere = siteId === null ? isNull(posts.siteId) : eq(posts.siteId, siteId);
      return sql`SELECT 1 FROM ${posts} WHERE ${scoped(ctx, posts, isThere, sql`${posts.slug} = ${slug}`)}`;
    },
  });

export function expectUnique(ctx: Ctx, row: PostRow, isSlugGiven: boolean): void {
  const taken = conflict("slug", `The slug "${row.slug}" is already taken.`);
  for (const index of SLUG_INDEXES) ctx.unit.onDuplicate(index, isSlugGiven ? taken : new ConcurrentChange());
}

/** Tells subscribers, and the audit log by the name of the deed. */
export function announce(
  ctx: Ctx,
  event: DeclaredEvent<ReturnType<typeof toPost>>,
  row: PostRow,
  before?: PostRow,
  deed: string = event.type,
): PostRow {
  ctx.unit.emit(event, toPost(row), row.siteId);
  const after = event === POST_EVENTS.deleted ? undefined : toPost(row);
  ctx.unit.audit(deed, { type: "post", id: row.id, before: before && toPost(before), after });
  stageUses(ctx, { type: "post", id: row.id, siteId: row.siteId }, before ?? null, after ?? null);
  return row;
}

const timeOf = ({ now }: Ctx) => ({ now, field: "published_at" });

export async function createPost({ ctx, input }: { ctx: Ctx; input: CreatePost }): Promise<PostRow> {
  const id = newIntegerId(ctx.now);
  const { siteIds } = ctx.caller;
  const { site_id, author_id, published_at, ...filled } = PostBodies.fill(input);
  const siteId = site_id ?? (siteIds?.length === 1 ? (siteIds[0] as string) : null);
  const row = withMade(posts, {
    id,
    ...ownedBy(ctx),
    ...filled,
    siteId,
    authorId: author_id,
    slug: filled.slug ?? (await unusedSlug(ctx, await slugFrom(filled.title, `post-${id}`), id, siteId)),
    version: 1,
    change: madeBy(ctx),
    createdAt: ctx.now,
    updatedAt: ctx.now,
    publishedAt: publicationTime({ status: filled.status, publishedAt: null }, published_at, timeOf(ctx)),
  });
  await checkReferences(ctx, row);
  requireRoom(ctx, "posts");
  expectUnique(ctx, row, input.slug !== undefined);
  ctx.unit.stage(ctx.db.insert(posts).values(row));
  return announce(ctx, POST_EVENTS.created, row);
}

export async function updatePost({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { postId: number; changes: UpdatePost; expectedVersions?: ExpectedVersions };
}): Promise<PostRow> {
  const { changes, expectedVersions } = input;
  return changePost(ctx, await findPost(ctx, input.postId), columnsOf(changes), { expectedVersions });
}

/** What becomes of a post's columns by the named fields. */
export const columnsOf = ({ site_id, author_id, published_at, ...plain }: UpdatePost): Partial<PostRow> => ({
  ...plain,
  ...(site_id !== undefined && { siteId: site_id }),
  ...(author_id !== undefined && { authorId: author_id }),
  ...(published_at !== undefined && { publishedAt: published_at }),
});

/** Stages a post's changed columns with its event; `restored` is the version they are of. */
export async function changePost(
  ctx: Ctx,
  before: PostRow,
  told: Partial<PostRow>,
  { expectedVersions, restored }: { expectedVersions: ExpectedVersions; restored?: number },
): Promise<PostRow> {
  const publication = { status: told.status ?? before.status, publishedAt: before.publishedAt };
  const changes = { ...told, publishedAt: publicationTime(publication, told.publishedAt, timeOf(ctx)) };
  const row = stageChange(ctx, posts, before, changes, expectedVersions, restored);
  await checkReferences(ctx, row);
  expectUnique(ctx, row, true);
  return announce(ctx, POST_EVENTS.updated, row, before, restored === undefined ? undefined : "post.restored");
}

export async function deletePost({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { postId: number; expectedVersions?: ExpectedVersions };
}): Promise<void> {
  const before = await findPost(ctx, input.postId);
  stageRemoval(ctx, posts, before, input.expectedVersions);
  announce(ctx, POST_EVENTS.deleted, before, before);
}
