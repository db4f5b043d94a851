import { and, eq } from "drizzle-orm";
import type { SamplePost } from "../content/sample/sample.ts";
import { createPost } from "../platform/posts/service.ts";
import { posts } from "../content/posts/table.ts";
import { scoped } from "../core/storage/scoped.ts";
import type { Env } from "../env.ts";
import { type Tenant, tenantContext } from "./tenant.ts";

const DAY_MS = 86_400_000;

/** Creates an article that is not there yet. */
export async function ensurePost(
  env: Env,
  tenant: Tenant,
  siteId: string,
  { daysAgo, ...post }: SamplePost,
  now: number,
): Promise<void> {
  const ctx = tenantContext(env, tenant, now - daysAgo * DAY_MS);
  const [found] = await ctx.db
    .select({ id: posts.id })
    .from(posts)
    .where(scoped(ctx, posts, and(eq(posts.siteId, siteId), eq(posts.slug, post.slug))));
  if (found) return;
  await createPost({ ctx, input: { ...post, site_id: siteId } });
  await ctx.unit.commit();
}
