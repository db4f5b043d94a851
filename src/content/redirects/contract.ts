import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../core/contract.ts";
import { text } from "../../core/fields.ts";
import { HTTPS_URL_OR_PATH, SITE_PATH } from "../../core/patterns.ts";
import { listQuery, SearchSchema } from "../list-query.ts";
import { itemSchema } from "../resource/contract.ts";
import { pathKey } from "./path.ts";
import { REDIRECT_STATUSES } from "./table.ts";
import { pathParams } from "../../core/http/path-params.ts";

/** Redirects a website can have. */
export const MAX_REDIRECTS = 10_000;

/** Rows of one import. */
export const MAX_ROWS = 5_000;

const FromSchema = text(500).regex(new RegExp(SITE_PATH), "must be a path such as /old-page").transform(pathKey).meta({
  type: "string",
  maxLength: 500,
  pattern: SITE_PATH,
  example: "/old-page",
  description: "A path of the website, below its address; a query is overlooked, as is a slash at the end",
});

const ToSchema = text(2_000)
  .regex(new RegExp(HTTPS_URL_OR_PATH), "must be a path such as /new-page, or an https address")
  .meta({
    pattern: HTTPS_URL_OR_PATH,
    example: "/new-page",
    description:
      "A path of the website, or an `https` address elsewhere; the visitor's query is kept unless it has one",
  });

const StatusSchema = z
  .literal(REDIRECT_STATUSES, `must be one of ${REDIRECT_STATUSES.join(", ")}`)
  .meta({ type: "integer", enum: [...REDIRECT_STATUSES], description: "301 and 308 are for good, 302 for now" });

const fields = { from: FromSchema, to: ToSchema, status: StatusSchema };

export const RedirectSchema = itemSchema("Redirect", "redir_01KAGW6PSZ0000000000000000", {
  from: z.string().meta({ example: "/old-page", description: "The path that visitors come by" }),
  to: ToSchema,
  status: z.int().meta({ example: 301, description: "301 and 308 are for good, 302 for now" }),
});

export const RedirectBodies = bodiesOf({
  label: "Redirect",
  fields,
  defaults: { status: 301 },
  examples: { create: { from: "/old-page", to: "/new-page" }, update: { to: "/newer-page" } },
});

/** A row of an import: checked by itself, so that a bad one takes none of the others with it. */
export const RowSchema = z.strictObject({ ...fields, status: StatusSchema.default(301) });
export type Row = z.output<typeof RowSchema>;

const SentRow = z
  .strictObject({
    from: z.string().meta({ example: "/old-page", description: "The path that visitors come by" }),
    to: z.string().meta({ example: "/new-page", description: "Where it leads" }),
    status: z.int().optional().register(z.globalRegistry, { description: "301 when it is left out", example: 301 }),
  })
  .openapi("RedirectRow");

export const ImportSchema = z
  .strictObject({
    rows: z.array(SentRow).max(MAX_ROWS, `must have at most ${MAX_ROWS} rows`).optional().register(z.globalRegistry, {
      description: "The redirects, checked one by one; this or `csv`",
    }),
    csv: z.string().optional().register(z.globalRegistry, {
      description: "Lines of `from,to,status`, with or without these names on top; this or `rows`",
    }),
  })
  .refine(({ rows, csv }) => (rows === undefined) !== (csv === undefined), "needs either rows or csv")
  .openapi("ImportRedirects", {
    allOf: [{ oneOf: [{ required: ["rows"] }, { required: ["csv"] }] }],
    example: { rows: [{ from: "/old-page", to: "/new-page", status: 301 }] },
  });

export const ImportedSchema = z
  .object({
    created: z.int().meta({ description: "Rows that became new redirects" }),
    updated: z.int().meta({ description: "Rows that changed a redirect of the same `from`" }),
    unchanged: z.int().meta({ description: "Rows that say what is there already" }),
    failed: z.int().meta({ description: "Rows that were left out" }),
    errors: z
      .array(
        z
          .object({
            row: z.int().meta({ description: "Which row, from 1; of a CSV the line it begins on" }),
            field: z.string().meta({ description: "Which field of it", example: "to" }),
            message: z.string(),
          })
          .openapi("RedirectRowError"),
      )
      .meta({ description: "What is wrong with rows that were left out; at most 500" }),
  })
  .openapi("ImportedRedirects");

export const SiteParams = pathParams("siteId");

export const ListRedirectsQuery = listQuery(["createdAt", "updatedAt"], {
  status: z.enum(["301", "302", "308"], "must be 301, 302 or 308").optional(),
  search: SearchSchema.optional(),
});
