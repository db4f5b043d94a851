import { notFound } from "../../../core/errors.ts";
import { requireRoom } from "../../../core/limits/room.ts";
import { publicationTime } from "../../../core/publication.ts";
import type { ExpectedVersions } from "../../../core/storage/version.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { stageReturn } from "../../../core/work/versioned.ts";
import { posts } from "../../../content/posts/table.ts";
import type { Trashed } from "../../../content/trash/find.ts";
import { findKept, findVersion, type VersionName } from "../../../content/versions/find.ts";
import type { Versioned } from "../../../content/versions/service.ts";
import { toPost, type UpdatePost } from "../contract.ts";
import { POST_EVENTS } from "../events.ts";
import { isMember } from "../references.ts";
import { announce, changePost, checkReferences, columnsOf, expectUnique, findPost, type PostRow } from "../service.ts";

/** What posts are to whatever shows versions. */
export const POST_VERSIONS: Versioned<PostRow> = { table: posts, show: (_, row) => toPost(row) };

/** The author that a post had, if it is still a member. */
const standingAuthor = async (ctx: Ctx, { authorId }: PostRow): Promise<number | null> =>
  authorId !== null && (await isMember(ctx, authorId)) ? authorId : null;

/**
 * Stages an earlier version of a post as its next one, with what the caller wants to be other than it was. An author who
 * is no member any more is left out.
 */
export async function restorePostVersion({
  ctx,
  input: { postId, version, changes, expectedVersions },
}: {
  ctx: Ctx;
  input: { postId: number; version: VersionName; changes: UpdatePost; expectedVersions?: ExpectedVersions };
}): Promise<PostRow> {
  const before = await findPost(ctx, postId);
  const { head, row: was } = await findVersion(ctx, posts, before, version);
  const { title, slug, excerpt, content, status, tags, locale, siteId } = was;
  const restored = {
    ...{ title, slug, excerpt, content, status, tags, locale, siteId },
    authorId: await standingAuthor(ctx, was),
    publishedAt: was.publishedAt ?? before.publishedAt,
    ...columnsOf(changes),
  };
  return changePost(ctx, before, restored, { expectedVersions, restored: head.version });
}

/** Stages the return of a post from the trash, at its next version. Who listens hears of a new one. */
export async function recoverPost({
  ctx,
  input: { trashed, changes },
}: {
  ctx: Ctx;
  input: { trashed: Trashed; changes: UpdatePost };
}): Promise<PostRow> {
  const id = Number(trashed.id);
  const kept = await findKept<PostRow>(ctx, posts, { id }, trashed.version);
  if (!kept) throw notFound("Trashed item");
  const told = columnsOf(changes);
  const back = { ...kept.row, authorId: await standingAuthor(ctx, kept.row), ...told };
  const moment = { now: ctx.now, field: "published_at" };
  const publishedAt = publicationTime(back, told.publishedAt, moment);
  requireRoom(ctx, "posts");
  const row = stageReturn(ctx, posts, { ...back, publishedAt }, trashed.version);
  await checkReferences(ctx, row);
  expectUnique(ctx, row, true);
  return announce(ctx, POST_EVENTS.created, row, undefined, "post.recovered");
}
