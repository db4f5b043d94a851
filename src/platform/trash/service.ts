import { asc, eq, sql } from "drizzle-orm";
import { posts } from "../../content/posts/table.ts";
import { findTrashed, type Trashed } from "../../content/trash/find.ts";
import { findKept } from "../../content/versions/find.ts";
import { notFound } from "../../core/errors.ts";
import { counter, tenantScope } from "../../core/storage/counter.ts";
import { trash } from "../../core/storage/history/table.ts";
import { countOf } from "../../core/storage/list.ts";
import type { NumberedSource } from "../../core/storage/numbered-list.ts";
import { type ExpectedVersions, requireVersion } from "../../core/storage/version.ts";
import { ofSites, scoped } from "../../core/storage/scoped.ts";
import type { Ctx } from "../../core/work/context.ts";
import { requireTrashed, stagePurged } from "../../core/work/keeping.ts";
import type { UpdatePost } from "../posts/contract.ts";
import type { PostRow } from "../posts/service.ts";
import { recoverPost } from "../posts/versions/service.ts";

const KIND = "post";
const TRASH = counter("trash", [KIND]);

/** Posts that one call empties the trash of. */
const EMPTIED_AT_ONCE = 500;

/** Posts of the sites the key may touch. */
const allowed = (ctx: Ctx) => ofSites(trash.siteId, ctx.caller.siteIds);

const ofPosts = (ctx: Ctx) =>
  scoped(ctx, trash, eq(trash.scope, tenantScope(ctx.caller)), eq(trash.kind, KIND), allowed(ctx));

/** What of a workspace's posts was deleted and can be restored. */
export const trashedPosts = (ctx: Ctx): NumberedSource => ({
  table: trash,
  where: ofPosts(ctx),
  sorts: { deleted_at: trash.deletedAt },
  id: trash.id,
  newest: trash.deletedAt,
  counted: ctx.caller.siteIds ? undefined : TRASH.count(tenantScope(ctx.caller)),
  search: [trash.title],
  createdAt: trash.deletedAt,
  updatedAt: trash.deletedAt,
});

export async function findTrashedPost(ctx: Ctx, postId: number): Promise<Trashed> {
  const row = await findTrashed(ctx, String(postId), ofPosts(ctx));
  if (!row) throw notFound("Trashed post");
  return row;
}

/** One of them, with the post as it was. */
export async function getTrashedPost(ctx: Ctx, postId: number): Promise<{ row: Trashed; post: PostRow }> {
  const row = await findTrashedPost(ctx, postId);
  const kept = await findKept<PostRow>(ctx, posts, row, row.version);
  if (!kept) throw notFound("Trashed post");
  return { row, post: kept.row };
}

/** Stages its return under its id; `changes` are fields that are to be other than they were. */
export async function restoreTrashedPost(
  ctx: Ctx,
  postId: number,
  { changes, expectedVersions }: { changes: UpdatePost; expectedVersions: ExpectedVersions },
): Promise<PostRow> {
  const trashed = await findTrashedPost(ctx, postId);
  requireVersion(trashed.version, expectedVersions);
  return recoverPost({ ctx, input: { trashed, changes } });
}

/** Stages its end, with its versions. */
export async function purgeTrashedPost(ctx: Ctx, postId: number): Promise<void> {
  const row = await findTrashedPost(ctx, postId);
  requireTrashed(ctx, row.id);
  stagePurged(ctx, [row.id]);
  ctx.unit.audit("post.purged", { type: KIND, id: row.id });
}

/** Stages the end of those that were deleted first; answers how many go and how many stay. */
export async function emptyTrashOfPosts(ctx: Ctx): Promise<{ purged: number; remaining: number }> {
  const where = ofPosts(ctx);
  const total = ctx.caller.siteIds ? countOf({ table: trash, where }) : TRASH.count(tenantScope(ctx.caller));
  const [rows, counts] = await ctx.db.batch([
    ctx.db.select({ id: trash.id }).from(trash).where(where).orderBy(asc(trash.deletedAt)).limit(EMPTIED_AT_ONCE),
    ctx.db.select({ n: sql<number>`${total}`.as("n") }).from(sql`(SELECT 1)`),
  ]);
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) {
    stagePurged(ctx, ids);
    ctx.unit.audit("post.trash_emptied", { type: KIND, id: "trash", after: { purged: ids.length } });
  }
  return { purged: ids.length, remaining: Math.max(0, (counts[0]?.n ?? 0) - ids.length) };
}
