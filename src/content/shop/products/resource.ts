import { readableText } from "../../../rendering/text/readable.ts";
import { byActive } from "../../resource/declaration.ts";
import { siteResource } from "../../resource/resource.ts";
import { SHOP } from "../shop.ts";
import { ListProductsQuery, ProductBodies, ProductSchema } from "./contract.ts";
import { STANDARD } from "../settings/places.ts";
import { announceLowOf } from "../stock/low.ts";
import { expectUnique, stockOf, unusedSlug, variantsOf } from "./rules.ts";
import { products } from "./table.ts";

const SAMPLE = {
  title: "Sourdough loaf",
  slug: "sourdough-loaf",
  description: null,
  price: 650,
  currency: "EUR",
  images: [],
  category: "Bread",
  sku: null,
  stock: 20,
  lowStockAt: 5,
  taxClass: "standard",
  translations: {},
  downloadUrl: null,
  type: "physical" as const,
  active: true,
  variants: [],
};

export const PRODUCTS = siteResource({
  ...SHOP,
  name: "product",
  label: "Product",
  path: "/shop/products",
  idPrefix: "prod",
  table: products,
  schema: ProductSchema,
  events: { sample: SAMPLE, verbs: { created: {}, updated: { price: 690, version: 2 }, deleted: {} } },
  list: {
    query: ListProductsQuery,
    orders: { createdAt: products.createdAt, updatedAt: products.updatedAt },
    state: byActive(products.active),
    filters: { category: products.category },
    search: [products.title, { column: products.description, read: readableText }, products.category, products.sku],
  },
  create: {
    schema: ProductBodies.create,
    errors: ["conflict"],
    columns: async ({ ctx, site, id, body }) => {
      const filled = ProductBodies.fill(body);
      const slug = filled.slug ?? (await unusedSlug(ctx, { siteId: site.id, title: filled.title, id }));
      return { ...filled, slug, variants: variantsOf(ctx, filled.variants, []) };
    },
  },
  update: {
    schema: ProductBodies.update,
    errors: ["conflict"],
    columns: ({ ctx, before, changes: { variants, ...changes } }) => ({
      ...changes,
      ...(variants && { variants: variantsOf(ctx, variants, before.variants) }),
    }),
  },
  lasting: ({ before, was }) => stockOf(before, was.variants),
  check: ({ ctx, row, before, sent }) => {
    expectUnique(ctx, row, before === null && !("slug" in sent));
    if (before) announceLowOf(ctx, before, row);
  },
  remove: { description: "Orders keep what was ordered as it was then." },
  versions: true,
  archived: { earlier: { lowStockAt: null, taxClass: STANDARD, translations: {}, downloadUrl: null } },
  item: "s_products",
});
