import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../../core/contract.ts";
import { line, SlugSchema, text, UrlSchema } from "../../../core/fields.ts";
import { listQuery, SearchSchema } from "../../list-query.ts";
import { itemSchema } from "../../resource/contract.ts";
import { AmountSchema, CurrencySchema } from "../../money.ts";
import { STANDARD, TaxClassSchema } from "../settings/places.ts";
import { StockSchema } from "../stock/contract.ts";
import { translationsOf } from "../translations.ts";
import { PRODUCT_TYPES } from "./table.ts";

const MAX_IMAGES = 50;
const MAX_VARIANTS = 100;

const MAX_OPTIONS = 10;

const CountedSchema = StockSchema.meta({ description: "null: not counted" });
const SkuSchema = line(100).nullable();

const variantFields = {
  title: line(200),
  sku: SkuSchema.default(null),
  price: AmountSchema.nullable().default(null).meta({ description: "null: the product's price" }),
  image: UrlSchema.nullable().default(null).meta({ description: "The address of a picture of it" }),
  options: z
    .record(line(50), line(100))
    .refine((value) => Object.keys(value).length <= MAX_OPTIONS, `must have at most ${MAX_OPTIONS} entries`)
    .default({})
    .register(z.globalRegistry, {
      maxProperties: MAX_OPTIONS,
      description: "What it is a choice of",
      example: { Size: "Large" },
    }),
};

const OwnStockSchema = StockSchema.meta({ description: "null: it shares the product's" });

const VariantSchema = z
  .object({ id: z.string(), ...variantFields, stock: OwnStockSchema.default(null) })
  .openapi("ProductVariant");

/** A variant keeps its id when it names it; one without is new. A stock that is left out stays what it is. */
const VariantsInput = z
  .array(z.strictObject({ id: text(64).optional(), ...variantFields, stock: OwnStockSchema.optional() }))
  .max(MAX_VARIANTS, `must have at most ${MAX_VARIANTS} entries`);

const fields = {
  title: line(200).meta({ example: "Sourdough loaf" }),
  slug: SlugSchema,
  description: text(20_000).nullable(),
  price: AmountSchema.meta({ example: 650, description: "In minor units of the currency: 650 is € 6.50" }),
  currency: CurrencySchema,
  images: z.array(UrlSchema).max(MAX_IMAGES, `must have at most ${MAX_IMAGES} entries`),
  category: line(100).nullable(),
  sku: SkuSchema,
  stock: CountedSchema,
  lowStockAt: StockSchema.meta({
    description: "A stock of this or less is low; null: as `settings.shop.lowStockAt` of the website says",
  }),
  taxClass: TaxClassSchema,
  translations: translationsOf("ProductTranslation", {
    title: line(200).optional(),
    description: text(20_000).optional(),
  }),
  downloadUrl: UrlSchema.nullable().register(z.globalRegistry, {
    description: "Where buyers of a digital product get it; visitors are shown it once they have paid",
  }),
  type: z.enum(PRODUCT_TYPES, `must be one of ${PRODUCT_TYPES.join(", ")}`),
  active: z.boolean("must be true or false"),
};

export const ProductSchema = itemSchema("Product", "prod_01KAGW6PSZ0000000000000000", {
  ...fields,
  variants: z.array(VariantSchema),
});

export const ProductBodies = bodiesOf({
  label: "Product",
  fields: { ...fields, variants: VariantsInput },
  made: ["slug"],
  defaults: {
    description: null,
    currency: "EUR",
    images: [],
    category: null,
    sku: null,
    stock: null,
    lowStockAt: null,
    taxClass: STANDARD,
    translations: {},
    downloadUrl: null,
    type: "physical",
    active: true,
    variants: [],
  },
  examples: {
    create: { title: "Sourdough loaf", price: 650, currency: "EUR", stock: 20 },
    update: { price: 690, stock: 12 },
  },
});

export type Variants = z.output<typeof VariantsInput>;

export const ListProductsQuery = listQuery(["createdAt", "updatedAt"], {
  active: z.enum(["true", "false"], "must be true or false").optional(),
  category: line(100).optional(),
  search: SearchSchema.optional(),
});
