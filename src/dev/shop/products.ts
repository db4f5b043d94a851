import { eq } from "drizzle-orm";
import { withPictures } from "../../content/sample/pictures.ts";
import { SAMPLE_PRODUCTS } from "../../content/sample/shop.ts";
import { ProductBodies } from "../../content/shop/products/contract.ts";
import { PRODUCTS } from "../../content/shop/products/resource.ts";
import { products } from "../../content/shop/products/table.ts";
import { scoped } from "../../core/storage/scoped.ts";
import { type Shop, step } from "./step.ts";

const HOURS_AGO = 60;

/** A product of the demo, as orders name it. */
export interface DemoProduct {
  id: string;
  /** Ids of its variants by their titles. */
  variants: ReadonlyMap<string, string>;
}

/** Adds what the bakery sells; answers it by title. `urls` are the addresses of pictures by name. */
export async function ensureProducts(
  shop: Shop,
  urls: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, DemoProduct>> {
  const made = new Map<string, DemoProduct>();
  for (const product of withPictures(SAMPLE_PRODUCTS, urls)) {
    const { id, variants } = await step(shop, HOURS_AGO, async (ctx) => {
      const isIt = scoped(ctx, products, eq(products.siteId, shop.siteId), eq(products.sku, product.sku));
      const [found] = await ctx.db.select({ id: products.id, variants: products.variants }).from(products).where(isIt);
      return (
        found ??
        PRODUCTS.verbs.create({ ctx, input: { siteId: shop.siteId, body: ProductBodies.create.parse(product) } })
      );
    });
    made.set(product.title, { id, variants: new Map(variants.map((it) => [it.title, it.id])) });
  }
  return made;
}
