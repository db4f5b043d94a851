import { and, eq } from "drizzle-orm";
import { createPage } from "../content/pages/service/create.ts";
import { pages } from "../content/pages/table.ts";
import { publishSite } from "../content/deployments/service/publish.ts";
import type { SamplePage, SampleSite } from "../content/sample/sample.ts";
import { createSite, getSite, updateSite } from "../content/sites/service.ts";
import { sites } from "../core/tenancy/sites/table.ts";
import { scoped } from "../core/storage/scoped.ts";
import type { Env } from "../env.ts";
import { withPictures } from "../content/sample/pictures.ts";
import { ensurePicture } from "./pictures.ts";
import { ensurePost } from "./posts.ts";
import { type Tenant, tenantContext } from "./tenant.ts";

const DAY_MS = 86_400_000;

/** A site of the demo, and what it is like. */
export type DemoSite = SampleSite;
type DemoPage = SamplePage;

/** Creates whatever of a site is not there yet, oldest first. `pageIds` are by slug, `urls` those of pictures by name. */
export async function ensureSite(
  env: Env,
  tenant: Tenant,
  told: DemoSite,
  now: number,
): Promise<{ siteId: string; pageIds: Map<string, string>; urls: Map<string, string> }> {
  const siteId = await ensureSiteRow(env, tenant, told, now);
  const pageIds = new Map<string, string>();
  const publishedDaysAgo = told.publishedDaysAgo ?? -1;
  const urls = new Map<string, string>();
  for (const picture of told.pictures ?? []) {
    urls.set(picture.name, await ensurePicture(env, tenant, siteId, picture, now - told.daysAgo * DAY_MS));
  }
  const demo = withPictures(told, urls);
  await ensureSettings(env, tenant, siteId, demo, now);
  for (const page of demo.pages.filter((it) => it.daysAgo >= publishedDaysAgo)) {
    pageIds.set(page.slug, await ensurePage(env, tenant, siteId, page, pageIds, now));
  }
  for (const post of demo.posts ?? []) await ensurePost(env, tenant, siteId, post, now);
  if (demo.publishedDaysAgo !== undefined) await ensurePublished(env, tenant, siteId, now - publishedDaysAgo * DAY_MS);
  for (const page of demo.pages.filter((it) => it.daysAgo < publishedDaysAgo)) {
    pageIds.set(page.slug, await ensurePage(env, tenant, siteId, page, pageIds, now));
  }
  return { siteId, pageIds, urls };
}

async function ensureSiteRow(env: Env, tenant: Tenant, { site, daysAgo }: DemoSite, now: number): Promise<string> {
  const ctx = tenantContext(env, tenant, now - daysAgo * DAY_MS);
  const [found] = await ctx.db
    .select({ id: sites.id })
    .from(sites)
    .where(scoped(ctx, sites, eq(sites.slug, site.slug)));
  if (found) return found.id;
  const { id } = await createSite({ ctx, input: site });
  await ctx.unit.commit();
  return id;
}

/** The pictures of a site are there only after it. */
async function ensureSettings(env: Env, tenant: Tenant, siteId: string, demo: DemoSite, now: number): Promise<void> {
  if (!demo.picturesOfSite) return;
  const ctx = tenantContext(env, tenant, now - demo.daysAgo * DAY_MS);
  const { settings } = await getSite({ ctx, input: { siteId } });
  if (Object.keys(demo.picturesOfSite).every((name) => name in settings)) return;
  await updateSite({ ctx, input: { siteId, changes: { settings: { ...settings, ...demo.picturesOfSite } } } });
  await ctx.unit.commit();
}

async function ensurePage(
  env: Env,
  tenant: Tenant,
  siteId: string,
  demo: DemoPage,
  pageIds: ReadonlyMap<string, string>,
  now: number,
): Promise<string> {
  const { daysAgo, parent, translates, ...page } = demo;
  const ctx = tenantContext(env, tenant, now - daysAgo * DAY_MS);
  const [found] = await ctx.db
    .select({ id: pages.id })
    .from(pages)
    .where(scoped(ctx, pages, and(eq(pages.siteId, siteId), eq(pages.slug, page.slug))));
  if (found) return found.id;
  const parentId = parent ? pageIds.get(parent) : undefined;
  const translationOf = translates ? pageIds.get(translates) : undefined;
  const { id } = await createPage({ ctx, input: { siteId, page: { ...page, parentId, translationOf } } });
  await ctx.unit.commit();
  return id;
}

async function ensurePublished(env: Env, tenant: Tenant, siteId: string, at: number): Promise<void> {
  const ctx = tenantContext(env, tenant, at);
  const [site] = await ctx.db
    .select({ liveDeploymentId: sites.liveDeploymentId })
    .from(sites)
    .where(scoped(ctx, sites, eq(sites.id, siteId)));
  if (site?.liveDeploymentId) return;
  await publishSite({ ctx, input: { siteId, ifCooldown: "fail" } });
  await ctx.unit.commit();
}
