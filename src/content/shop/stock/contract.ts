import { z } from "@hono/zod-openapi";
import { text } from "../../../core/fields.ts";
import { exactlyOne } from "../../../core/contract.ts";

/** As many as a stock can be. */
export const MAX_STOCK = 1_000_000_000;

const CountSchema = z.int("must be a whole number").max(MAX_STOCK, `must be at most ${MAX_STOCK}`);

/** A stock; `null` where it is not counted. */
export const StockSchema = CountSchema.min(0, "must not be negative").nullable();

/** When a stock is low, as `stock.low` tells it. */
export const StockLevelSchema = z
  .object({
    productId: z.string(),
    variantId: z
      .string()
      .nullable()
      .register(z.globalRegistry, { description: "The variant whose own stock it is; null: the product's" }),
    title: z.string(),
    sku: z.string().nullable(),
    stock: z.int().meta({ description: "How many are left" }),
    lowStockAt: z.int().meta({ description: "A stock of this or less is low" }),
  })
  .openapi("StockLevel");

export type StockLevel = z.output<typeof StockLevelSchema>;

const adjustments = {
  set: StockSchema.meta({ description: "What the stock is from now on; null: not counted" }),
  change: CountSchema.min(-MAX_STOCK, `must be at least -${MAX_STOCK}`).meta({
    description: "What is added to the stock there is; less than zero is taken off it",
  }),
};

/** What becomes of a stock: another number, or so many more or less. */
export const AdjustStockSchema = z
  .strictObject({
    variantId: text(64, "must be the id of a variant")
      .nullable()
      .optional()
      .register(z.globalRegistry, { description: "The variant whose stock it is; the product's when left out" }),
    set: adjustments.set.optional(),
    change: adjustments.change.optional(),
  })
  .superRefine(({ set, change }, issues) => {
    if ((set === undefined) !== (change === undefined)) return;
    const message = change === undefined ? "is required" : "cannot be given beside set";
    issues.addIssue({ code: "custom", path: ["change"], message });
  })
  .openapi("AdjustStock", {
    description: "What becomes of a stock: another number, or so many more or less",
    allOf: [exactlyOne("set", "change")],
    example: { change: -2 },
  });

export type AdjustStock = z.output<typeof AdjustStockSchema>;
