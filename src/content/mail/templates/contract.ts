import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../../core/contract.ts";
import { line, text } from "../../../core/fields.ts";
import { listQuery, SearchSchema } from "../../list-query.ts";
import { itemSchema } from "../../resource/contract.ts";
import { MESSAGE_CHANNELS } from "./table.ts";

export const ChannelSchema = z
  .enum(MESSAGE_CHANNELS, `must be one of ${MESSAGE_CHANNELS.join(", ")}`)
  .meta({ description: "How it is sent" });

export const SubjectSchema = line(200).meta({
  example: "Your table is ready, {{name}}",
  description: "The subject of the mail",
});
export const TextSchema = text(20_000)
  .min(1, "must not be empty")
  .meta({ example: "Hello {{name}}, we are waiting for you.", description: "The text" });
export const HtmlSchema = text(200_000)
  .nullable()
  .register(z.globalRegistry, { description: "The mail as HTML, beside the text" });

const fields = {
  name: line(100).meta({ example: "Table ready", description: "What it is called; no two of a website are alike" }),
  channel: ChannelSchema,
  subject: SubjectSchema,
  text: TextSchema,
  html: HtmlSchema,
};

export const TemplateSchema = itemSchema("MessageTemplate", "mtpl_01KAGW6PSZ0000000000000000", {
  ...fields,
  variables: z
    .array(z.string())
    .meta({ example: ["name"], description: "The names in it, `{{name}}`: each needs a value when it is sent" }),
});

export const TemplateBodies = bodiesOf({
  label: "MessageTemplate",
  fields,
  defaults: { channel: "email", html: null },
  examples: {
    create: { name: "Table ready", subject: "Your table is ready, {{name}}", text: "Hello {{name}}, we are waiting." },
    update: { text: "Hello {{name}}, your table is waiting." },
  },
});

export const ListTemplatesQuery = listQuery(["createdAt", "updatedAt", "name"], { search: SearchSchema.optional() });

/** What `{{…}}` can name. */
const VARIABLE_NAME = "^[A-Za-z][A-Za-z0-9_]{0,49}$";

/** Values by name: texts, of so many characters each. */
export const VariablesSchema = z
  .record(z.string().regex(new RegExp(VARIABLE_NAME)), text(10_000))
  .refine((values) => Object.keys(values).length <= 100, "must have at most 100 entries")
  .meta({
    propertyNames: { pattern: VARIABLE_NAME },
    example: { name: "Ada" },
    description: "What stands for the variables, by their names",
  });

export const PreviewTemplateSchema = z
  .strictObject({ variables: VariablesSchema.default({}) })
  .openapi("PreviewMessageTemplate", { example: { variables: { name: "Ada" } } });

export const PreviewedSchema = z
  .object({
    subject: z.string().meta({ description: "The subject, filled in" }),
    text: z.string().meta({ description: "The text, filled in" }),
    html: z.string().nullable().register(z.globalRegistry, { description: "The HTML, filled in and escaped" }),
  })
  .openapi("PreviewedMessage");
