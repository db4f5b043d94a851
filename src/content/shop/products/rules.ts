import { and, eq, type InferSelectModel, sql } from "drizzle-orm";
import type { Ctx } from "../../../core/work/context.ts";
import { ConcurrentChange, conflict, invalid } from "../../../core/errors.ts";
import { idTail, newId } from "../../../core/ids.ts";
import { freeSlug, slugFrom } from "../../../core/storage/slug.ts";
import type { Variants } from "./contract.ts";
import { products, type Variant } from "./table.ts";

/** The first free slug made from a product's title. */
export const unusedSlug = async (ctx: Ctx, { siteId, title, id }: { siteId: string; title: string; id: string }) =>
  freeSlug(ctx, {
    base: await slugFrom(title, `product-${idTail(id)}`),
    id,
    isTaken: (slug) =>
      sql`SELECT 1 FROM ${products} WHERE ${and(eq(products.siteId, siteId), sql`${products.slug} = ${slug}`)}`,
  });

/** Answers for the UNIQUE indexes. A slug we made up ourselves is made up again. */
export function expectUnique(
  ctx: Ctx,
  { slug, sku }: Pick<InferSelectModel<typeof products>, "slug" | "sku">,
  isSlugMade: boolean,
): void {
  const taken = conflict("slug", `The slug "${slug}" is already taken.`);
  ctx.unit.onDuplicate([products.siteId, products.slug], isSlugMade ? new ConcurrentChange() : taken);
  ctx.unit.onDuplicate([products.siteId, products.sku], conflict("sku", `The SKU "${sku}" is already taken.`));
}

/** Variants with ids: one that names an id must be among those there are, and keeps its stock if it says nothing of it. */
export function variantsOf(ctx: Ctx, given: Variants, before: readonly Variant[]): Variant[] {
  const seen = new Set<string>();
  return given.map(({ id, stock, ...variant }, index) => {
    if (id !== undefined && seen.has(id)) throw invalid(`variants.${index}.id`, "is given twice");
    if (id !== undefined) seen.add(id);
    const old = before.find((it) => it.id === id);
    if (id !== undefined && !old) throw invalid(`variants.${index}.id`, "is not a variant of this product");
    return { id: id ?? newId("var", ctx.now), ...variant, stock: stock !== undefined ? stock : (old?.stock ?? null) };
  });
}

/** The stock there is, on variants as they were: what orders took stays taken. A variant that is gone has what it had. */
export function stockOf(now: Pick<InferSelectModel<typeof products>, "stock" | "variants">, were: readonly Variant[]) {
  const stocks = new Map(now.variants.map(({ id, stock }) => [id, stock]));
  const variants = were.map((it) => ({
    ...it,
    stock: stocks.has(it.id) ? (stocks.get(it.id) as number | null) : it.stock,
  }));
  return { stock: now.stock, variants };
}
