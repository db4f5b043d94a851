import { z } from "@hono/zod-openapi";
import { text } from "../../core/fields.ts";

/** Operations a batch has at most (document 001). */
const MAX_OPERATIONS = 50;

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** What stands in the line of a request: no space, no control character, nothing that programs read differently. */
const PATH = /^\/[^\s\p{C}\\#]*$/u;

const IfMatchSchema = z
  .string()
  .regex(/^[\x20-\x7e]{1,1000}$/, "must be an ETag")
  .meta({ description: "The write is refused once the resource is no longer at this ETag", example: '"v1"' });

const HeadersSchema = z
  .strictObject({ "If-Match": IfMatchSchema })
  .partial()
  .openapi("BatchHeaders", { description: "Headers of its own" });

const OperationSchema = z
  .strictObject({
    method: z.enum(METHODS, `must be one of ${METHODS.join(", ")}`).meta({ description: "The method of the call" }),
    path: text(2_000, "must be a path").regex(PATH, "must be a path that begins with / and holds no spaces").meta({
      pattern: "^/[!-\\[\\]-~]*$",
      description: "A path below the website, such as `/pages`, or a whole one that begins with `/v1/`; with its query",
      example: "/pages",
    }),
    body: z
      .record(z.string(), z.unknown())
      .optional()
      .register(z.globalRegistry, { description: "The body of the call, where it has one" }),
    headers: HeadersSchema.optional(),
  })
  .refine(({ method, body }) => method !== "GET" || body === undefined, {
    path: ["body"],
    message: "is not read by GET",
  })
  .openapi("BatchOperation", { description: "One call of a batch" });

export const BatchSchema = z
  .strictObject({
    operations: z
      .array(OperationSchema, "must be a list of operations")
      .min(1, "must have at least 1 operation")
      .max(MAX_OPERATIONS, `must have at most ${MAX_OPERATIONS} operations`)
      .meta({ description: "Calls, carried out one after the other" }),
  })
  .openapi("Batch", {
    description: "Calls that are sent together",
    example: {
      operations: [
        { method: "POST", path: "/pages", body: { title: "Opening hours" } },
        { method: "GET", path: "/pages?limit=1" },
      ],
    },
  });

const ResultSchema = z
  .object({
    index: z.int().meta({ description: "The place of the operation in the batch, from 0" }),
    method: z.string().meta({ description: "The method of the operation" }),
    path: z.string().meta({ description: "Its path, as it was sent" }),
    status: z.int().meta({ description: "What it was answered", example: 201 }),
    headers: z.record(z.string(), z.string()).meta({
      description:
        "Of the headers of its answer those that say more than the body: `ETag`, `Location`, `Retry-After` and, of a 429, the figures of the limit",
      example: { Location: "/v1/sites/site_01KAGW6PSZ0000000000000000/pages/page_01KAGW6PSZ0000000000000000" },
    }),
    body: z.record(z.string(), z.unknown()).nullable().register(z.globalRegistry, {
      description: "The body of its answer; null where it has none. One that is no JSON, such as CSV, stands in `text`",
    }),
  })
  .openapi("BatchResult", { description: "What became of one operation" });

export const BatchAnswerSchema = z
  .object({
    results: z.array(ResultSchema).meta({ description: "What became of each operation, in their order" }),
    summary: z
      .object({
        total: z.int().meta({ description: "How many operations there were", example: 2 }),
        succeeded: z.int().meta({ description: "How many were answered with a status below 400", example: 2 }),
        failed: z.int().meta({ description: "How many were not", example: 0 }),
      })
      .openapi("BatchSummary", { description: "How many operations came to what" }),
  })
  .openapi("BatchAnswer", { description: "What became of a batch" });

export type BatchOperation = z.output<typeof OperationSchema>;
export type BatchResult = z.output<typeof ResultSchema>;
