import { and, eq } from "drizzle-orm";
import { CUSTOM_BLOCKS } from "../content/blocks/custom/resource.ts";
import { customBlocks } from "../content/blocks/custom/table.ts";
import { createPage } from "../content/pages/service/create.ts";
import { pages } from "../content/pages/table.ts";
import { scoped } from "../core/storage/scoped.ts";
import type { Env } from "../env.ts";
import { block } from "../content/sample/blocks.ts";
import { type Tenant, tenantContext } from "./tenant.ts";

const LABEL = "Call to order";
const SLUG = "cakes-to-order";

/** A block of the bakery's own, and a draft that uses it; what is there already is left alone. */
export async function ensureCustomBlocks(env: Env, tenant: Tenant, siteId: string, now: number): Promise<void> {
  const ctx = tenantContext(env, tenant, now - 3 * 86_400_000);
  const isIt = scoped(ctx, customBlocks, eq(customBlocks.siteId, siteId), eq(customBlocks.label, LABEL));
  const [found] = await ctx.db.select({ id: customBlocks.id }).from(customBlocks).where(isIt);
  const { id } = found ?? (await CUSTOM_BLOCKS.verbs.create({ ctx, input: { siteId, body: CALL_TO_ORDER } }));
  const isPage = and(eq(pages.siteId, siteId), eq(pages.slug, SLUG));
  const [page] = await ctx.db
    .select({ id: pages.id })
    .from(pages)
    .where(scoped(ctx, pages, isPage));
  if (!page) {
    const blocks = [block(`custom:${id}`, { what: "a birthday cake", days: 3, phone: true })];
    await createPage({ ctx, input: { siteId, page: { title: "Cakes to order", slug: SLUG, blocks } } });
  }
  await ctx.unit.commit();
}

const CALL_TO_ORDER = {
  label: LABEL,
  description: "Ends a page that is about something we make to order",
  template: {
    blocks: [
      {
        type: "CTABannerSection",
        props: {
          heading: "Order {{what}}",
          body: "Tell us {{days}} days before.",
          ctaText: "Write to us",
          ctaLink: "/contact?about={{what}}",
        },
      },
      { type: "AlertBarSection", props: { message: "By telephone until four." }, when: "phone" },
    ],
  },
  properties: [
    { name: "what", type: "text" as const, required: true, default: null },
    { name: "days", type: "number" as const, required: false, default: 2 },
    { name: "phone", type: "boolean" as const, required: false, default: null },
  ],
};
