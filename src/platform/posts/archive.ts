import { madeBy } from "../../core/work/keeping.ts";
import { and, eq } from "drizzle-orm";
import { fieldsOf, parsed, pastOr } from "../../content/archive/read-fields.ts";
import type { ArchivedRow, Kind } from "../../content/archive/kind.ts";
import { numberFrom } from "../../content/archive/ids.ts";
import { posts } from "../../content/posts/table.ts";
import { invalid } from "../../core/errors.ts";
import { publicationTime } from "../../core/publication.ts";
import { withMade } from "../../core/storage/folded.ts";
import { isListed, ownedBy } from "../../core/storage/scoped.ts";
import { slugFrom } from "../../core/storage/slug.ts";
import { users } from "../../core/tenancy/users/table.ts";
import { PostBodies, toPost } from "./contract.ts";
import { POST_EVENTS } from "./events.ts";

/** Posts, of a website or of none. */
export const POST_KIND: Kind = {
  name: "post",
  folder: "posts",
  table: posts,
  siteId: posts.siteId,
  order: [posts.id],
  ofWorkspace: true,
  readable: POST_EVENTS.created,
  write: "posts:write",
  feature: "posts",
  created: POST_EVENTS.created,
  slug: { column: posts.slug, beside: [] },
  show: (row) => toPost(row as never),
  async read(record, { ctx, place, site }): Promise<ArchivedRow> {
    if (typeof record.id !== "number" && typeof record.id !== "string") throw invalid("id", "must be an id");
    const id = await numberFrom(`${place}\npost\n${record.id}`);
    const { site_id, author_id, published_at, ...filled } = PostBodies.fill(
      parsed(PostBodies.create, fieldsOf(PostBodies.create, record)),
    );
    const known = site_id ? site(site_id) : undefined;
    if (site_id && !known) throw invalid("site_id", "is not a website of this archive");
    if (known && filled.locale !== null && !known.locales.includes(filled.locale)) {
      throw invalid("locale", `is not a locale of its website (${known.locales.join(", ")})`);
    }
    const given = typeof published_at === "number" ? Math.min(published_at, ctx.now) : published_at;
    const before = { status: filled.status, publishedAt: null };
    return withMade(posts, {
      id,
      ...ownedBy(ctx),
      ...filled,
      siteId: site_id ?? null,
      authorId: author_id,
      slug: filled.slug ?? (await slugFrom(filled.title, `post-${id}`)),
      version: 1,
      change: madeBy(ctx),
      createdAt: pastOr(record.created_at, ctx.now),
      updatedAt: ctx.now,
      publishedAt: publicationTime(before, given, { now: ctx.now, field: "published_at" }),
    });
  },
  /** Who wrote it is kept where that is a member of the workspace. */
  async complete(ctx, rows) {
    const named = [...new Set(rows.map(({ authorId }) => authorId).filter((it) => it !== null))];
    if (named.length === 0) return rows;
    const isMember = and(eq(users.workspaceId, ctx.caller.workspaceId), isListed(users.id, named));
    const found = new Set((await ctx.db.select({ id: users.id }).from(users).where(isMember)).map(({ id }) => id));
    return rows.map((row) => ({ ...row, authorId: found.has(row.authorId as number) ? row.authorId : null }));
  },
};
