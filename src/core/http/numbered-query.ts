import { z } from "@hono/zod-openapi";

/** What one list allows its callers to name. */
export interface ListNames {
  sorts: string[];
  fields: string[];
  includes: string[];
  statuses: string[];
  isSearchable: boolean;
}

export interface PlatformQuery {
  page: number;
  per_page: number;
  sort: { name: string; direction: "asc" | "desc" }[];
  fields: string[] | null;
  include: string[];
  status?: string;
  search?: string;
  created_after?: number;
  created_before?: number;
  updated_after?: number;
  updated_before?: number;
}

/** No page is out of reach: `links.last` and every `next` on the way lead somewhere, however long the list. */
const MAX_PAGE = 9_999_999;

const whole = (max: number) =>
  z
    .string()
    .regex(/^\d{1,7}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.int().min(1, "must be at least 1").max(max, `must be at most ${max}`));

/** An ISO 8601 date or date and time; a date means midnight UTC. */
const Moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], "must be an ISO 8601 date")
  .transform((text) => Date.parse(text));

const allowed = (names: string[]): string => (names.length > 0 ? `use ${names.join(", ")}` : "there are none");

/** Comma-separated names, each of which the list must know. */
const nameList = (names: string[], what: string) =>
  z
    .string()
    .max(1_000)
    .transform((text) => [...new Set(text.split(",").map((name) => name.trim()))])
    .superRefine((given, issue) => {
      for (const name of given) {
        if (!names.includes(name))
          issue.addIssue(`${name.slice(0, 60) || "(nothing)"} is not a known ${what}; ${allowed(names)}`);
      }
    });

const sortList = (names: string[]) =>
  nameList([...names, ...names.map((name) => `-${name}`)], "sort field").transform((given) =>
    given.map((name) => ({
      name: name.replace(/^-/, ""),
      direction: name.startsWith("-") ? ("desc" as const) : ("asc" as const),
    })),
  );

/** The query parameters of every Platform API list (document 002, "Common Parameters"). Unknown names: 422. */
export function platformQuery(names: ListNames): z.ZodType<PlatformQuery> {
  const { sorts, fields, includes, statuses, isSearchable } = names;
  return z
    .strictObject({
      page: whole(MAX_PAGE).default(1).openapi({ type: "integer", example: 1 }),
      per_page: whole(100).default(25).openapi({ type: "integer", example: 25 }),
      sort: sortList(sorts)
        .default([])
        .openapi({ type: "string", example: `-${sorts[0]}` }),
      fields: nameList(fields, "field")
        .nullable()
        .default(null)
        .openapi({ type: "string", example: fields.slice(0, 2).join(",") }),
      include: nameList(includes, "include")
        .default([])
        .openapi({ type: "string", ...(includes[0] && { example: includes[0] }) }),
      ...(statuses.length > 0 && {
        status: z.enum(statuses as [string, ...string[]], `must be one of ${statuses.join(", ")}`).optional(),
      }),
      ...(isSearchable && { search: z.string().trim().min(1, "must not be empty").max(200).optional() }),
      created_after: Moment.optional().openapi({ type: "string", format: "date-time" }),
      created_before: Moment.optional().openapi({ type: "string", format: "date-time" }),
      updated_after: Moment.optional().openapi({ type: "string", format: "date-time" }),
      updated_before: Moment.optional().openapi({ type: "string", format: "date-time" }),
    })
    .transform((query) => query as PlatformQuery) as unknown as z.ZodType<PlatformQuery>;
}
