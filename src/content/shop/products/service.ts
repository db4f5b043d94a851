import { eq, or, type SQL, sql } from "drizzle-orm";
import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../core/context.ts";
import { ConcurrentChange, conflict, invalid } from "../../../core/errors.ts";
import { newId } from "../../../core/ids.ts";
import { contains } from "../../../core/storage/contains.ts";
import { counter } from "../../../core/storage/counter.ts";
import { listByCursor } from "../../../core/storage/list.ts";
import { ownedBy, scoped } from "../../../core/storage/scoped.ts";
import type { ExpectedVersions } from "../../../core/storage/version.ts";
import { createItem, deleteItem, findItem, type ItemKind, updateItem } from "../../site-items.ts";
import { findSite } from "../../sites/service.ts";
import { freeSlug, idTail, slugFrom } from "../../../core/storage/slug.ts";
import { products, type Variant } from "../table.ts";
import { type CreateProduct, type ListProductsQuery, type Product, toProduct, type UpdateProduct } from "./contract.ts";

export type ProductRow = typeof products.$inferSelect;

const PRODUCT: ItemKind<typeof products, Product> = {
  label: "Product",
  name: "product",
  table: products,
  toItem: toProduct,
  events: { created: "product.created", updated: "product.updated", deleted: "product.deleted" },
};

/** Counted by whether they are sold. */
const PRODUCTS = counter("products", [0, 1]);

export interface ProductId {
  siteId: string;
  productId: string;
}

export const findProduct = (ctx: Ctx, { siteId, productId }: ProductId): Promise<ProductRow> =>
  findItem(ctx, PRODUCT, siteId, productId);

/** Products whose title, description or SKU contains the text. */
export const productSearch = (text: string): SQL =>
  or(contains(products.title, text), contains(products.description, text), contains(products.sku, text)) as SQL;

/** The condition and the exact total of a site's products under these filters. */
export function productFilter(
  ctx: Ctx,
  siteId: string,
  { active, category, search }: { active?: boolean; category?: string | undefined; search?: string | undefined },
): { where: SQL; total: SQL } {
  const where = scoped(
    ctx,
    products,
    eq(products.siteId, siteId),
    active === undefined ? undefined : eq(products.active, active),
    category === undefined ? undefined : eq(products.category, category),
    search === undefined ? undefined : productSearch(search),
  );
  const isCounted = category === undefined && search === undefined;
  const ofActive = active === undefined ? undefined : ([active ? 1 : 0] as const);
  const total = isCounted ? PRODUCTS.count(siteId, ofActive) : sql`(SELECT count(*) FROM ${products} WHERE ${where})`;
  return { where, total };
}

export async function listProducts({
  ctx,
  input: { siteId, query },
}: {
  ctx: Ctx;
  input: { siteId: string; query: z.output<typeof ListProductsQuery> };
}) {
  await findSite(ctx, siteId);
  const { active, category, search } = query;
  const filter = productFilter(ctx, siteId, {
    ...(active !== undefined && { active: active === "true" }),
    category,
    search,
  });
  const source = {
    name: `products:${siteId}`,
    table: products,
    id: products.id,
    orders: { updatedAt: products.updatedAt, createdAt: products.createdAt },
    ...filter,
  };
  const { rows, pagination } = await listByCursor(ctx, source, { ...query, orderBy: query.orderBy ?? "updatedAt" });
  return { items: rows.map(toProduct), pagination };
}

/** Answers for the UNIQUE indexes. A slug we made up ourselves is made up again. */
function expectUnique(ctx: Ctx, row: Pick<ProductRow, "slug" | "sku">, isSlugGiven: boolean): void {
  const taken = conflict("slug", `The slug "${row.slug}" is already taken.`);
  ctx.unit.onDuplicate("products.site_id, products.slug", isSlugGiven ? taken : new ConcurrentChange());
  ctx.unit.onDuplicate("products.site_id, products.sku", conflict("sku", `The SKU "${row.sku}" is already taken.`));
}

/** Variants with ids: one that names an id must be among those there are. */
function variantsOf(ctx: Ctx, given: NonNullable<CreateProduct["variants"]>, before: readonly Variant[]): Variant[] {
  const seen = new Set<string>();
  return given.map(({ id, ...variant }, index) => {
    if (id !== undefined && seen.has(id)) throw invalid(`variants.${index}.id`, "is given twice");
    if (id !== undefined) seen.add(id);
    if (id !== undefined && !before.some((it) => it.id === id)) {
      throw invalid(`variants.${index}.id`, "is not a variant of this product");
    }
    return { id: id ?? newId("var", ctx.now), ...variant };
  });
}

export async function createProduct({
  ctx,
  input: { siteId, product },
}: {
  ctx: Ctx;
  input: { siteId: string; product: CreateProduct };
}): Promise<Product> {
  const site = await findSite(ctx, siteId);
  const id = newId("prod", ctx.now);
  const isTaken = (slug: SQL) => sql`SELECT 1 FROM products WHERE site_id = ${site.id} AND slug = ${slug}`;
  const base = slugFrom(product.title, `product-${idTail(id)}`);
  const row: ProductRow = {
    id,
    ...ownedBy(ctx),
    siteId: site.id,
    title: product.title,
    slug: product.slug ?? (await freeSlug(ctx, { base, id, isTaken })),
    description: product.description ?? null,
    price: product.price,
    currency: product.currency ?? "EUR",
    images: product.images ?? [],
    category: product.category ?? null,
    sku: product.sku ?? null,
    stock: product.stock ?? null,
    type: product.type ?? "physical",
    active: product.active ?? true,
    variants: variantsOf(ctx, product.variants ?? [], []),
    version: 1,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  };
  expectUnique(ctx, row, product.slug !== undefined);
  return createItem(ctx, PRODUCT, row);
}

export async function updateProduct({
  ctx,
  input: { changes, expectedVersions, ...named },
}: {
  ctx: Ctx;
  input: ProductId & { changes: UpdateProduct; expectedVersions?: ExpectedVersions };
}): Promise<Product> {
  const before = await findProduct(ctx, named);
  const { variants, ...plain } = changes;
  const columns = { ...plain, ...(variants && { variants: variantsOf(ctx, variants, before.variants) }) };
  expectUnique(ctx, { ...before, ...plain }, true);
  return updateItem(ctx, PRODUCT, before, columns as Partial<ProductRow>, expectedVersions);
}

export async function deleteProduct({
  ctx,
  input: { expectedVersions, ...named },
}: {
  ctx: Ctx;
  input: ProductId & { expectedVersions?: ExpectedVersions };
}): Promise<void> {
  deleteItem(ctx, PRODUCT, await findProduct(ctx, named), expectedVersions);
}
