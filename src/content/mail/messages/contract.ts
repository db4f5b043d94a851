import { z } from "@hono/zod-openapi";
import { EmailSchema, text, TimestampSchema } from "../../../core/fields.ts";
import { MAIL_STATUSES } from "../../../mail/table.ts";
import { listQuery, SearchSchema } from "../../list-query.ts";
import { itemSchema } from "../../resource/contract.ts";
import { ChannelSchema, HtmlSchema, SubjectSchema, TextSchema, VariablesSchema } from "../templates/contract.ts";

const StatusSchema = z.enum(MAIL_STATUSES, `must be one of ${MAIL_STATUSES.join(", ")}`);

export const MessageSchema = itemSchema("Message", "msg_01KAGW6PSZ0000000000000000", {
  channel: ChannelSchema,
  to: z.string().optional().register(z.globalRegistry, { example: "ada@example.com", description: "Whom it is for" }),
  subject: z
    .string()
    .optional()
    .register(z.globalRegistry, { example: "Your table is ready, Ada", description: "The subject" }),
  templateId: z
    .string()
    .nullable()
    .register(z.globalRegistry, { description: "The template it was made of; null without one" }),
  status: StatusSchema.meta({
    description: "`sent` once the provider has it; `suppressed` for a sandbox's, and where nobody wants any",
  }),
  reason: z
    .string()
    .nullable()
    .register(z.globalRegistry, { description: "Why it was not sent, a word for machines; null for nothing" }),
  attempts: z.int().meta({ description: "How often sending it was begun" }),
  finishedAt: TimestampSchema.nullable().register(z.globalRegistry, {
    description: "When it was sent, or given up; null for not yet",
  }),
});

export const SendMessageSchema = z
  .strictObject({
    channel: ChannelSchema.default("email"),
    to: EmailSchema.meta({ description: "The address it goes to" }),
    templateId: text(64)
      .optional()
      .register(z.globalRegistry, { description: "A template, instead of `subject` and `text`" }),
    subject: SubjectSchema.optional(),
    text: TextSchema.optional(),
    html: HtmlSchema.optional(),
    variables: VariablesSchema.default({}),
  })
  .openapi("SendMessage", {
    example: { to: "ada@example.com", subject: "Your table is ready", text: "We are waiting for you." },
  });

export type SendMessage = z.output<typeof SendMessageSchema>;

export const ListMessagesQuery = listQuery(["createdAt", "updatedAt"], {
  status: StatusSchema.optional(),
  search: SearchSchema.optional(),
});
