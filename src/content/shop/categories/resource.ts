import { fold } from "../../../core/fold.ts";
import { siteResource } from "../../resource/resource.ts";
import { SHOP } from "../shop.ts";
import { CategoryBodies, CategorySchema, ListCategoriesQuery } from "./contract.ts";
import { stageRename } from "./rename.ts";
import { expectUnique, unusedSlug } from "./rules.ts";
import { categories } from "./table.ts";

const SAMPLE = {
  name: "Bread",
  slug: "bread",
  description: null,
  image: null,
  order: 1,
  translations: {},
};

/** What the parts of a shop are called, look like and come after. Products are in one by its name. */
export const CATEGORIES = siteResource({
  ...SHOP,
  name: "category",
  label: "Category",
  plural: "Categories",
  words: { one: "category", many: "categories" },
  path: "/shop/categories",
  idPrefix: "cat",
  table: categories,
  schema: CategorySchema,
  events: { sample: SAMPLE, verbs: { created: {}, updated: { order: 2, version: 2 }, deleted: {} } },
  list: {
    query: ListCategoriesQuery,
    orders: { createdAt: categories.createdAt, updatedAt: categories.updatedAt, order: categories.order },
    search: [categories.name, categories.description],
  },
  create: {
    schema: CategoryBodies.create,
    errors: ["conflict"],
    description: "Products whose `category` is its name, whatever the case and the accents, are in it.",
    columns: async ({ ctx, site, id, body }) => {
      const filled = CategoryBodies.fill(body);
      const slug = filled.slug ?? (await unusedSlug(ctx, { siteId: site.id, name: filled.name, id }));
      return { ...filled, slug, nameKey: fold(filled.name) };
    },
    example: (_, nth) => ({ name: `Category ${nth}` }),
  },
  update: {
    schema: CategoryBodies.update,
    errors: ["conflict"],
    description: "Another name is that of the `category` of all its products, at once.",
    columns: ({ ctx, before, changes }) => {
      if (changes.name === undefined || changes.name === before.name) return changes;
      stageRename(ctx, before.siteId, { from: before.name, to: changes.name });
      return { ...changes, nameKey: fold(changes.name) };
    },
  },
  check: ({ ctx, row, before, sent }) => expectUnique(ctx, row, before === null && !("slug" in sent)),
  remove: { description: "Products keep the name in their `category`." },
  archived: { made: ({ name }) => ({ nameKey: fold(name) }) },
});
