import type { z } from "@hono/zod-openapi";
import { listCategories } from "../../content/shop/categories/shown.ts";
import type {
  ShopCategoriesSchema,
  ShopProductSchema,
  ShopProductsSchema,
} from "../../content/shop/products/shown-contract.ts";
import { tellProduct, tellProducts } from "../../content/shop/products/told.ts";
import type { Ctx } from "../../core/work/context.ts";
import { visitedSite } from "../live/visited.ts";

/** Which products of a shop: one by its slug, those of a category, all. */
interface Asked {
  site?: string | undefined;
  slug?: string | undefined;
  category?: string | undefined;
  locale?: string | undefined;
  after?: string | undefined;
  limit: number;
}

/** Products of a shop for its visitors, or the one of a slug. */
export async function productsForVisitor(
  ctx: Ctx,
  { site: named, slug, category, locale: spoken, after, limit }: Asked,
): Promise<z.input<typeof ShopProductSchema> | z.input<typeof ShopProductsSchema>> {
  const { siteId, site } = await visitedSite(ctx, named);
  const locale = spoken ?? site.locale;
  if (slug !== undefined) return tellProduct(ctx.db, siteId, { slug, locale });
  return tellProducts(ctx.db, siteId, { category, after, limit, locale });
}

/** The categories of a shop in which something is sold. */
export async function categoriesForVisitor(
  ctx: Ctx,
  { site: named, locale }: Pick<Asked, "site" | "locale">,
): Promise<z.input<typeof ShopCategoriesSchema>> {
  const { siteId, site } = await visitedSite(ctx, named);
  const found = await listCategories(ctx.db, siteId, locale ?? site.locale);
  return { items: found.map(({ name, slug, description, image }) => ({ name, slug, description, image })) };
}
