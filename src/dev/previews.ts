import { eq } from "drizzle-orm";
import { previewPage } from "../content/previews/service/create.ts";
import { previews } from "../content/previews/table.ts";
import { scoped } from "../core/storage/scoped.ts";
import type { Env } from "../env.ts";
import { type Tenant, tenantContext } from "./tenant.ts";

/** Makes a link to a demo page, for the list to have one; whoever wants to open one makes it with the demo's key. */
export async function ensurePreview(
  env: Env,
  tenant: Tenant,
  { siteId, pageId }: { siteId: string; pageId: string },
  now: number,
): Promise<void> {
  const ctx = tenantContext(env, tenant, now);
  const [found] = await ctx.db
    .select({ id: previews.id })
    .from(previews)
    .where(scoped(ctx, previews, eq(previews.pageId, pageId)));
  if (found) return;
  const body = { expiresIn: 7 * 86_400, label: "For the bakers to read before it is published" };
  await previewPage({ ctx, input: { siteId, pageId, ...body } });
  await ctx.unit.commit();
}
