import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../../core/contract.ts";
import { line, SlugSchema, text, UrlSchema } from "../../../core/fields.ts";
import { listQuery, SearchSchema } from "../../list-query.ts";
import { itemSchema } from "../../resource/contract.ts";
import { translationsOf } from "../translations.ts";

const MAX_ORDER = 1_000_000;

const fields = {
  name: line(100).meta({ example: "Bread", description: "What products call it by in `category`" }),
  slug: SlugSchema,
  description: text(20_000).nullable(),
  image: UrlSchema.nullable().register(z.globalRegistry, { description: "The address of a picture of it" }),
  order: z
    .int("must be a whole number")
    .min(0, "must not be negative")
    .max(MAX_ORDER, `must be at most ${MAX_ORDER}`)
    .meta({ description: "Its place among the others: the lowest comes first" }),
  translations: translationsOf("CategoryTranslation", {
    name: line(100).optional(),
    description: text(20_000).optional(),
  }),
};

export const CategorySchema = itemSchema("Category", "cat_01KAGW6PSZ0000000000000000", fields);

export const CategoryBodies = bodiesOf({
  label: "Category",
  fields,
  made: ["slug"],
  defaults: { description: null, image: null, order: 0, translations: {} },
  examples: { create: { name: "Bread", order: 1 }, update: { name: "Bread and rolls" } },
});

export const ListCategoriesQuery = listQuery(["createdAt", "updatedAt", "order"], { search: SearchSchema.optional() });
