import { z } from "@hono/zod-openapi";
import { changeSchema } from "../../../core/contract.ts";
import { MomentSchema, text, TimestampSchema } from "../../../core/fields.ts";
import { listQuery, SearchSchema } from "../../list-query.ts";
import { itemSchema } from "../../resource/contract.ts";
import { SUBMISSION_STATUSES } from "./table.ts";

const StatusSchema = z
  .enum(SUBMISSION_STATUSES, `must be one of ${SUBMISSION_STATUSES.join(", ")}`)
  .meta({ description: "Whether somebody has read it, or it is spam" });

const NoteSchema = text(2_000)
  .nullable()
  .register(z.globalRegistry, { description: "A note of the owner's, such as who looks after it; null for none" });

export const AnswersSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]));

const FileSchema = z
  .object({
    id: z.string().meta({ example: "ffil_01KAGW6PSZ0000000000000000" }),
    field: z.string().meta({ example: "sketch", description: "The field it was chosen in" }),
    filename: z.string().meta({ example: "cake.pdf", description: "What its sender has called it" }),
    contentType: z.string().meta({ example: "application/pdf", description: "As its bytes say" }),
    size: z.int().meta({ example: 48_213, description: "Bytes" }),
  })
  .openapi("SubmittedFile", { description: "A file that came with a submission" });

/** A submission as its GET shows it: all that its sender has written is personal. */
export const SubmissionSchema = itemSchema("Submission", "fsub_01KAGW6PSZ0000000000000000", {
  formId: z.string().meta({ example: "form_01KAGW6PSZ0000000000000000", description: "The form it is of" }),
  status: StatusSchema,
  data: AnswersSchema.optional().register(z.globalRegistry, {
    description: "What was answered, by the names of the fields",
    example: { name: "Ada Baker", email: "ada@example.com", message: "Do you bake without nuts?" },
  }),
  files: z.array(FileSchema).optional().register(z.globalRegistry, { description: "Files that came with it" }),
  pageId: z
    .string()
    .nullable()
    .register(z.globalRegistry, { description: "The page it was sent from; null for the API" }),
  locale: z
    .string()
    .nullable()
    .register(z.globalRegistry, { description: "The language it was sent in; null for the API" }),
  note: NoteSchema,
  expiresAt: TimestampSchema.meta({ description: "When it is deleted" }),
});

export type Submission = z.output<typeof SubmissionSchema>;

export const UpdateSubmissionSchema = changeSchema(
  "UpdateSubmission",
  { status: StatusSchema, note: NoteSchema },
  { status: "read", note: "Ada looks after it" },
);

const during = {
  from: MomentSchema.optional().register(z.globalRegistry, {
    description: "Only what was sent at or after this moment",
  }),
  to: MomentSchema.optional().register(z.globalRegistry, { description: "Only what was sent before this moment" }),
};

export const ListSubmissionsQuery = listQuery(["createdAt", "updatedAt"], {
  status: z
    .enum(["all", ...SUBMISSION_STATUSES], `must be one of all, ${SUBMISSION_STATUSES.join(", ")}`)
    .default("all")
    .register(z.globalRegistry, { description: "Where they stand" }),
  ...during,
  search: SearchSchema.optional().register(z.globalRegistry, { description: "Occurs in what was answered" }),
});

export const ExportSubmissionsQuery = z.strictObject({
  ...during,
  status: z
    .enum(["all", ...SUBMISSION_STATUSES], `must be one of all, ${SUBMISSION_STATUSES.join(", ")}`)
    .optional()
    .register(z.globalRegistry, { description: "Only those that stand so; all but spam where it is left out" }),
  bom: z
    .enum(["true", "false"], "must be true or false")
    .optional()
    .register(z.globalRegistry, { description: "Begins with a byte order mark, by which Excel tells UTF-8" }),
});

export const FileLinkSchema = z
  .object({
    url: z.url().meta({ description: "Opens the file to whoever has it; needs no key" }),
    expiresAt: TimestampSchema,
  })
  .openapi("SubmittedFileLink", { description: "A signed address of a file, good for a while" });
