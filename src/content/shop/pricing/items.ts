import { eq, type InferSelectModel, sql } from "drizzle-orm";
import { invalid } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { OrderItemsSent } from "../orders/items-contract.ts";
import { products } from "../products/table.ts";

type Product = InferSelectModel<typeof products>;

/** What was asked for, as the products are now. */
export type FoundItem = Pick<Product, "title" | "sku" | "type" | "taxClass"> &
  OrderItemsSent[number] & {
    unitPrice: number;
    /** How many an order takes off the stock. */
    taken: number;
  };

/** What was asked for at the prices of now, all in one currency, of products that are sold. 400 names the item that is not. */
export async function findItems(
  ctx: Ctx,
  siteId: string,
  sent: OrderItemsSent,
): Promise<{ items: FoundItem[]; currency: string }> {
  const ids = JSON.stringify([...new Set(sent.map((it) => it.productId))]);
  const isWanted = sql`${products.id} IN (SELECT value FROM json_each(${ids}))`;
  const rows = await ctx.db
    .select()
    .from(products)
    .where(scoped(ctx, products, eq(products.siteId, siteId), isWanted));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const items = sent.map(({ productId, variantId, quantity }, index) => {
    const product = byId.get(productId);
    if (!product?.active) throw invalid(`items.${index}.productId`, "is not a product this site sells");
    const variant = product.variants.find((it) => it.id === variantId);
    if (variantId !== null && !variant) throw invalid(`items.${index}.variantId`, "is not a variant of the product");
    return {
      productId,
      variantId,
      quantity,
      title: variant ? `${product.title}, ${variant.title}` : product.title,
      sku: variant?.sku ?? product.sku,
      type: product.type,
      taxClass: product.taxClass,
      unitPrice: variant?.price ?? product.price,
      taken: (variant?.stock ?? product.stock) === null ? 0 : quantity,
    };
  });
  const currencies = [...new Set(rows.map((row) => row.currency))];
  if (currencies.length > 1) throw invalid("items", `are sold in different currencies (${currencies.join(", ")})`);
  return { items, currency: currencies[0] as string };
}
