import { z } from "@hono/zod-openapi";
import { EmailSchema, line } from "../../../core/fields.ts";
import { SUPPRESSION_REASONS } from "../../../mail/table.ts";
import { listQuery, SearchSchema } from "../../list-query.ts";
import { itemSchema } from "../../resource/contract.ts";

const ReasonSchema = z.enum(SUPPRESSION_REASONS, `must be one of ${SUPPRESSION_REASONS.join(", ")}`);

const DetailSchema = line(500).nullable().register(z.globalRegistry, {
  description: "What the mail server has said, or a note",
  example: "Asked by telephone",
});

const SuppressedEmailSchema = EmailSchema.toLowerCase();

export const SuppressionSchema = itemSchema("MailSuppression", "supp_01KAGW6PSZ0000000000000000", {
  email: EmailSchema.optional(),
  reason: ReasonSchema.meta({
    description: "Why the site does not write there; with `unsubscribe` it sends no campaigns, and all else",
  }),
  detail: DetailSchema.optional(),
});

export const CreateSuppressionSchema = z
  .strictObject({ email: SuppressedEmailSchema, detail: DetailSchema.default(null) })
  .openapi("CreateMailSuppression", {
    example: { email: "ada@example.com", detail: "Asked by telephone" },
  });

export const ListSuppressionsQuery = listQuery(["createdAt", "updatedAt"], {
  reason: ReasonSchema.optional(),
  search: SearchSchema.optional(),
  email: SuppressedEmailSchema.optional().register(z.globalRegistry, {
    description: "Only the entry of this e-mail address",
  }),
});
