import { z } from "@hono/zod-openapi";
import { openEnum } from "../../core/fields.ts";
import { BLOCK_CATEGORIES } from "../../rendering/catalogue/declared.ts";

export const CategorySchema = z.enum(BLOCK_CATEGORIES, `must be one of ${BLOCK_CATEGORIES.join(", ")}`);

export const BlockTypeSchema = z
  .object({
    type: z.string().meta({ description: "What `type` of a block says", example: "AlertBarSection" }),
    label: z.string().meta({ description: "What people call it", example: "Notice" }),
    category: openEnum(BLOCK_CATEGORIES).meta({ description: "What it is found among", example: "text" }),
    description: z.string().meta({ description: "What it shows", example: "A line that stands out" }),
    schema: z.record(z.string(), z.unknown()).meta({
      description:
        "JSON Schema (2020-12) of `props`. `x-kind` says how a value is shown and checked, `x-also` by which further names it is read",
      example: { type: "object", properties: { message: { type: "string" } }, required: ["message"] },
    }),
    example: z.record(z.string(), z.unknown()).meta({
      description: "`props` that show what each of them does",
      example: { message: "Closed on Easter Monday" },
    }),
  })
  .openapi("BlockType", { description: "A type of block that pages are made of" });

export const ListBlockTypesQuery = z.strictObject({
  category: CategorySchema.optional().register(z.globalRegistry, { description: "Only those of this category" }),
});

export const BlockTypeParams = z.object({
  blockType: z.string().meta({ description: "The type, such as `HeroSection`" }),
});
