import { z } from "@hono/zod-openapi";
import { changeSchema } from "../../core/contract.ts";
import { EmailSchema, line, openEnum, text } from "../../core/fields.ts";
import { FIELD_TYPES } from "../../rendering/forms/definition.ts";
import { listQuery } from "../list-query.ts";
import { itemSchema } from "../resource/contract.ts";
import { MAX_KEPT_DAYS } from "./table.ts";

/** People a form tells of its submissions, at most. */
const MAX_TOLD = 5;

const limit = z.union([z.number(), z.string()]).optional();

export const FieldSchema = z
  .object({
    name: z.string().meta({ example: "email", description: "What its answers are stored under" }),
    type: openEnum(FIELD_TYPES).meta({ description: "What it asks for" }),
    label: z.string().meta({ example: "E-mail address", description: "What it is called" }),
    required: z.boolean().meta({ description: "Whether it must be filled in" }),
    help: z.string().optional().register(z.globalRegistry, { description: "Said below its label" }),
    options: z
      .array(z.object({ value: z.string(), label: z.string() }))
      .optional()
      .register(z.globalRegistry, { description: "The answers it offers" }),
    min: limit.meta({ description: "The least a number may be, or the first day of a date" }),
    max: limit.meta({ description: "The most a number may be, or the last day of a date" }),
    maxLength: z.int().optional().register(z.globalRegistry, { description: "Characters of a text, at most" }),
    accept: z.array(z.string()).optional().register(z.globalRegistry, { description: "Endings of the files it takes" }),
    maxBytes: z.int().optional().register(z.globalRegistry, { description: "Bytes of a file, at most" }),
    value: z.string().optional().register(z.globalRegistry, { description: "What a hidden field holds" }),
  })
  .openapi("FormField", { description: "A field of a form, as it was published" });

const AutoReplySchema = z
  .strictObject({
    subject: line(200).meta({ example: "We have your message" }),
    text: text(5_000).min(1, "must not be empty").meta({ example: "Thank you. We answer within a day." }),
  })
  .nullable()
  .register(z.globalRegistry, {
    description: "Sent to the address a visitor gives, with nothing in it that he has written; null for nothing",
  });

const settings = {
  notifyTo: z
    .array(EmailSchema)
    .max(MAX_TOLD, `must have at most ${MAX_TOLD} entries`)
    .meta({ example: ["orders@example.com"], description: "Who is told of new submissions by mail" }),
  autoReply: AutoReplySchema,
  keptDays: z
    .int("must be a whole number")
    .min(1, "must be at least 1")
    .max(MAX_KEPT_DAYS, `must be at most ${MAX_KEPT_DAYS}`)
    .meta({ example: 365, description: "Days after which submissions are deleted, those there are as well" }),
};

export const FormSchema = itemSchema("Form", "form_01KAGW6PSZ0000000000000000", {
  key: z.string().meta({ example: "contact", description: "What its block calls it, in addresses" }),
  name: z.string().meta({ example: "Write to us", description: "What it is headed by" }),
  published: z.boolean().meta({ description: "Whether it is on the live website" }),
  pageId: z.string().meta({ description: "The page it stands on; of several the first" }),
  fields: z.array(FieldSchema).meta({ description: "Its fields, as they were published last" }),
  ...settings,
});

export const UpdateFormSchema = changeSchema("UpdateForm", settings, {
  notifyTo: ["orders@example.com"],
  keptDays: 180,
});

export const ListFormsQuery = listQuery(["createdAt", "updatedAt"], {
  published: z.enum(["true", "false"], "must be true or false").optional().register(z.globalRegistry, {
    description: "Only forms of the live website, or only those that are there no more",
  }),
});
