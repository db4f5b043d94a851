import { and, eq } from "drizzle-orm";
import { createPage } from "../content/pages/service/create.ts";
import { deletePage } from "../content/pages/service/delete.ts";
import { updatePage } from "../content/pages/service/update.ts";
import { pages } from "../content/pages/table.ts";
import { PRODUCTS } from "../content/shop/products/resource.ts";
import { products } from "../content/shop/products/table.ts";
import { trash } from "../core/storage/history/table.ts";
import { scoped } from "../core/storage/scoped.ts";
import type { Env } from "../env.ts";
import { type Tenant, tenantContext } from "./tenant.ts";

const DAY_MS = 86_400_000;

const GONE = {
  title: "Summer opening hours",
  slug: "summer-hours",
  blocks: [{ type: "RichText", props: { html: "<p>In July and August we open at nine.</p>" } }],
};
const LATER = [{ type: "RichText", props: { html: "<p>In August we open at nine, and close on Mondays.</p>" } }];

/** Something to restore: a page in the trash that was changed before, and a product whose price was another once. */
export async function ensureHistory(env: Env, tenant: Tenant, siteId: string, now: number): Promise<void> {
  await ensureTrashed(env, tenant, siteId, now);
  await ensureRepriced(env, tenant, siteId, now);
}

async function ensureTrashed(env: Env, tenant: Tenant, siteId: string, now: number): Promise<void> {
  const at = (daysAgo: number) => tenantContext(env, tenant, now - daysAgo * DAY_MS);
  const made = at(9);
  const isGone = scoped(made, trash, eq(trash.siteId, siteId), eq(trash.title, GONE.title));
  const [gone] = await made.db.select({ id: trash.id }).from(trash).where(isGone);
  if (gone) return;
  const isIt = scoped(made, pages, eq(pages.siteId, siteId), eq(pages.slug, GONE.slug));
  const [found] = await made.db.select({ id: pages.id, version: pages.version }).from(pages).where(isIt);
  const { id: pageId, version } = found ?? (await createPage({ ctx: made, input: { siteId, page: GONE } }));
  await made.unit.commit();
  if (version === 1) {
    const changed = at(5);
    const changes = { blocks: LATER };
    await updatePage({ ctx: changed, input: { siteId, pageId, changes, expectedVersions: null } });
    await changed.unit.commit();
  }
  const deleted = at(1);
  await deletePage({ ctx: deleted, input: { siteId, pageId, expectedVersions: null } });
  await deleted.unit.commit();
}

async function ensureRepriced(env: Env, tenant: Tenant, siteId: string, now: number): Promise<void> {
  const before = tenantContext(env, tenant, now);
  const isIt = scoped(before, products, and(eq(products.siteId, siteId), eq(products.title, "Stollen")));
  const [product] = await before.db.select().from(products).where(isIt);
  if (!product || product.version > 2) return;
  // Two changes: up for a day, and back.
  for (const price of product.version === 1 ? [product.price + 100, product.price] : [product.price - 100]) {
    const ctx = tenantContext(env, tenant, now);
    await PRODUCTS.verbs.update({ ctx, input: { siteId, id: product.id, changes: { price } } });
    await ctx.unit.commit();
  }
}
