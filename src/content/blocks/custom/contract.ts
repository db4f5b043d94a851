import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../../core/contract.ts";
import { line, storedWithin, text } from "../../../core/fields.ts";
import { PROPERTY_TYPES } from "../../../rendering/custom/block.ts";
import { listQuery, SearchSchema } from "../../list-query.ts";
import { PropsSchema } from "../../pages/parts.ts";
import { itemSchema } from "../../resource/contract.ts";

const MAX_BLOCKS = 20;
const MAX_PROPERTIES = 30;
const MAX_TEMPLATE_BYTES = 64_000;

const NameSchema = text(50)
  .regex(/^[A-Za-z][A-Za-z0-9_]*$/, "must begin with a letter and hold only letters, digits and _")
  .meta({ example: "headline" });

const TypeSchema = text(64)
  .regex(/^[A-Za-z][A-Za-z0-9]*$/, "must be a type of block that is built in, such as HeroSection")
  .meta({
    example: "CTABannerSection",
    description: "A type of block that is built in: `GET /v1/blocks` lists them",
  });

const TemplateBlockSchema = z
  .strictObject({
    type: TypeSchema,
    props: PropsSchema.default({}).register(z.globalRegistry, {
      description: "What the block is given. `{{name}}` in a text stands for a property of the custom block",
    }),
    when: NameSchema.optional().register(z.globalRegistry, {
      description: "A property: the block is shown only where that is true or not empty",
      example: "showButton",
    }),
  })
  .openapi("TemplateBlock", { description: "A block of a template" });

const TemplateSchema = z
  .strictObject({
    blocks: z
      .array(TemplateBlockSchema, "must be a list of blocks")
      .max(MAX_BLOCKS, `must have at most ${MAX_BLOCKS} blocks`)
      .default([])
      .register(z.globalRegistry, { description: "The blocks it is made of, from top to bottom" }),
  })
  .refine(...storedWithin(MAX_TEMPLATE_BYTES))
  .openapi("Template", { description: "What a custom block is made of" });

const PropertySchema = z
  .strictObject({
    name: NameSchema.meta({ description: "As placeholders and pages name it" }),
    type: z
      .enum(PROPERTY_TYPES, `must be one of ${PROPERTY_TYPES.join(", ")}`)
      .meta({ description: "What it holds; `text` is always shown as it is written, of `richText` the HTML" }),
    required: z.boolean("must be true or false").default(false).register(z.globalRegistry, {
      description: "A page that does not give it, where there is no default, is named by the publish",
    }),
    default: z
      .union([text(5_000), z.number(), z.boolean()], "must be a text, a number, true or false")
      .nullable()
      .default(null)
      .meta({ description: "What it is where a page does not give it; null for nothing" }),
  })
  .openapi("CustomProperty", { description: "What a page can give a custom block" });

const fields = {
  label: line(100).meta({ example: "Call to order", description: "What people call it" }),
  description: text(1_000).nullable().register(z.globalRegistry, { description: "What it is for; null for nothing" }),
  template: TemplateSchema,
  properties: z
    .array(PropertySchema, "must be a list of properties")
    .max(MAX_PROPERTIES, `must have at most ${MAX_PROPERTIES} properties`)
    .meta({ description: "What pages can give it" }),
};

export const CustomBlockSchema = itemSchema("CustomBlock", "block_01KAGW6PSZ0000000000000000", {
  ...fields,
  usageCount: z.int().meta({ description: "How many pages use it", example: 3 }),
  createdBy: z.string().meta({ description: "Who made it, as the audit log names it", example: "key:373248881069429" }),
});

export const CustomBlockBodies = bodiesOf({
  label: "CustomBlock",
  fields,
  defaults: { description: null, properties: [] },
  examples: {
    create: {
      label: "Call to order",
      template: {
        blocks: [
          {
            type: "CTABannerSection",
            props: { heading: "{{headline}}", ctaText: "Order now", ctaLink: "/order?what={{headline}}" },
          },
        ],
      },
      properties: [{ name: "headline", type: "text", required: true }],
    },
    update: { label: "Call to order cakes" },
  },
});

export const ListCustomBlocksQuery = listQuery(["createdAt", "updatedAt"], { search: SearchSchema.optional() });

export const RemoveCustomBlockQuery = z.strictObject({
  force: z.enum(["true", "false"], "must be true or false").optional().register(z.globalRegistry, {
    description: "`true` deletes it although pages use it: the next publish shows them without it",
  }),
});
