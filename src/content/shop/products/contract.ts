import { z } from "@hono/zod-openapi";
import { line, SlugSchema, TimestampSchema, timestamp, UrlSchema } from "../../../core/fields.ts";
import { listQuery, SearchSchema } from "../../list-query.ts";
import { AmountSchema, CurrencySchema } from "../money.ts";
import { PRODUCT_TYPES, type products } from "../table.ts";

const MAX_IMAGES = 50;
const MAX_VARIANTS = 100;

const StockSchema = z
  .int("must be a whole number")
  .min(0, "must not be negative")
  .max(1_000_000_000)
  .nullable()
  .openapi({ description: "null: not counted" });
const SkuSchema = line(100).nullable();

const VariantFields = {
  title: line(200),
  sku: SkuSchema.default(null),
  price: AmountSchema.nullable().default(null).openapi({ description: "null: the product's price" }),
  stock: StockSchema.default(null),
};

const VariantSchema = z.object({ id: z.string(), ...VariantFields }).openapi("ProductVariant");

const fields = {
  title: line(200).openapi({ example: "Sourdough loaf" }),
  slug: SlugSchema,
  description: z.string("must be text").max(20_000, "must have at most 20000 characters").nullable(),
  price: AmountSchema.openapi({ example: 650, description: "In minor units of the currency: 650 is € 6.50" }),
  currency: CurrencySchema,
  images: z.array(UrlSchema).max(MAX_IMAGES, `must have at most ${MAX_IMAGES} entries`),
  category: line(100).nullable(),
  sku: SkuSchema,
  stock: StockSchema,
  type: z.enum(PRODUCT_TYPES, `must be one of ${PRODUCT_TYPES.join(", ")}`),
  active: z.boolean("must be true or false"),
};

/** A variant keeps its id when it names it; one without is new. */
const VariantsInput = z
  .array(z.strictObject({ id: z.string().max(64).optional(), ...VariantFields }))
  .max(MAX_VARIANTS, `must have at most ${MAX_VARIANTS} entries`);

export const ProductSchema = z
  .object({
    id: z.string().openapi({ example: "prod_01KAGW6PSZ0000000000000000" }),
    siteId: z.string(),
    ...fields,
    variants: z.array(VariantSchema),
    version: z.int(),
    createdAt: TimestampSchema,
    updatedAt: TimestampSchema,
  })
  .openapi("Product");

export type Product = z.output<typeof ProductSchema>;

export const CreateProductSchema = z
  .strictObject({
    ...z.object({ ...fields, variants: VariantsInput }).partial().shape,
    title: fields.title,
    price: fields.price,
  })
  .openapi("CreateProduct", { example: { title: "Sourdough loaf", price: 650, currency: "EUR", stock: 20 } });

export const UpdateProductSchema = z
  .strictObject({ ...fields, variants: VariantsInput })
  .partial()
  .refine((value) => Object.keys(value).length > 0, "names no field to change")
  .openapi("UpdateProduct", { example: { price: 690, stock: 12 } });

export type CreateProduct = z.output<typeof CreateProductSchema>;
export type UpdateProduct = z.output<typeof UpdateProductSchema>;

export const ProductParams = z.object({ siteId: z.string(), productId: z.string() });

export const ListProductsQuery = listQuery(["updatedAt", "createdAt"], {
  active: z.enum(["true", "false"], "must be true or false").optional(),
  category: line(100).optional(),
  search: SearchSchema.optional(),
});

export const toProduct = (row: typeof products.$inferSelect): Product => ({
  id: row.id,
  siteId: row.siteId,
  title: row.title,
  slug: row.slug,
  description: row.description,
  price: row.price,
  currency: row.currency,
  images: row.images,
  category: row.category,
  sku: row.sku,
  stock: row.stock,
  type: row.type,
  active: row.active,
  variants: row.variants,
  version: row.version,
  createdAt: timestamp(row.createdAt),
  updatedAt: timestamp(row.updatedAt),
});
