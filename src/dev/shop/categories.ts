import { eq } from "drizzle-orm";
import { withPictures } from "../../content/sample/pictures.ts";
import { SAMPLE_CATEGORIES } from "../../content/sample/shop.ts";
import { CategoryBodies } from "../../content/shop/categories/contract.ts";
import { CATEGORIES } from "../../content/shop/categories/resource.ts";
import { categories } from "../../content/shop/categories/table.ts";
import { scoped } from "../../core/storage/scoped.ts";
import { type Shop, step } from "./step.ts";

const HOURS_AGO = 61;

/** Adds the parts of the bakery's shop. `urls` are the addresses of pictures by name. */
export async function ensureCategories(shop: Shop, urls: ReadonlyMap<string, string>): Promise<void> {
  for (const category of withPictures(SAMPLE_CATEGORIES, urls)) {
    await step(shop, HOURS_AGO, async (ctx) => {
      const isIt = scoped(ctx, categories, eq(categories.siteId, shop.siteId), eq(categories.name, category.name));
      const [found] = await ctx.db.select({ id: categories.id }).from(categories).where(isIt);
      const body = CategoryBodies.create.parse(category);
      if (!found) await CATEGORIES.verbs.create({ ctx, input: { siteId: shop.siteId, body } });
    });
  }
}
