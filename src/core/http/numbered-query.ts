import { z } from "@hono/zod-openapi";
import { madeOnce } from "../fields.ts";
import { momentQuery, namesOf, SearchSchema, wholeQuery } from "./query-fields.ts";

/** What one list allows its callers to name. */
export interface ListNames {
  sorts: string[];
  fields: string[];
  includes: string[];
  statuses: string[];
  isSearchable: boolean;
  /** Query parameters of this list alone, which choose among its items. */
  filters?: z.ZodRawShape;
}

export interface PlatformQuery {
  page: number;
  per_page: number;
  sort: { name: string; direction: "asc" | "desc" }[];
  fields: string[] | null;
  include: string[];
  status?: string;
  search?: string;
  /** The list's own. */
  filters: Record<string, unknown>;
  created_after?: number;
  created_before?: number;
  updated_after?: number;
  updated_before?: number;
}

/** No page is out of reach: `links.last` and every `next` on the way lead somewhere, however long the list. */
const MAX_PAGE = 9_999_999;

const allowed = (names: string[]): string => (names.length > 0 ? `use ${names.join(", ")}` : "there are none");

/** The names in a text that joins them by commas, each once. */
export const namesIn = (text: string): string[] => [...new Set(text.split(",").map((name) => name.trim()))];

const NamesSchema = z.string().max(1_000);

/** Comma-separated names, each of which the list must know; made once for the same ones, as lists include the same. */
const nameList = madeOnce((names: string[], what: string) =>
  NamesSchema.transform((text, issue) => {
    const given = namesIn(text);
    for (const name of given) {
      if (!names.includes(name))
        issue.addIssue(`${name.slice(0, 60) || "(nothing)"} is not a known ${what}; ${allowed(names)}`);
    }
    return given;
  }).optional(),
);

const withSigns = (names: string[]): string[] => [...names, ...names.map((name) => `-${name}`)];

const sortOf = (name: string): PlatformQuery["sort"][number] => ({
  name: name.replace(/^-/, ""),
  direction: name.startsWith("-") ? "desc" : "asc",
});

/** The parameters that are the same for every list, made once: making schemas is most of what a start-up takes. */
const PAGING = {
  page: wholeQuery(1, MAX_PAGE).default(1).register(z.globalRegistry, { description: "Counts from 1" }),
  per_page: wholeQuery(1, 100).default(25).register(z.globalRegistry, { description: "How many items a page has" }),
};
const MOMENTS = {
  created_after: momentQuery.optional().register(z.globalRegistry, { description: "Made after this moment" }),
  created_before: momentQuery.optional().register(z.globalRegistry, { description: "Made at this moment or before" }),
  updated_after: momentQuery.optional().register(z.globalRegistry, { description: "Changed after this moment" }),
  updated_before: momentQuery
    .optional()
    .register(z.globalRegistry, { description: "Changed at this moment or before" }),
};
const OptionalSearchSchema = SearchSchema.optional();

/** The query parameters of every Platform API list (document 002, "Common Parameters"). Unknown names: 422. */
export function platformQuery(names: ListNames): z.ZodType<PlatformQuery> {
  const { sorts, fields, includes, statuses, isSearchable, filters = {} } = names;
  return z
    .strictObject({
      ...PAGING,
      sort: nameList(withSigns(sorts), "sort field").meta({
        ...namesOf(withSigns(sorts)),
        description: "In this order; `-` for the last first",
      }),
      fields: nameList(fields, "field").meta({
        ...namesOf(fields),
        description: "Only these fields; the answer leaves out the others",
      }),
      include: nameList(includes, "include").meta({
        ...(includes.length > 0 ? namesOf(includes) : { type: "string", "x-unused": true }),
        description: "What belongs to the items, shown within them",
      }),
      ...(statuses.length > 0 && {
        status: z.enum(statuses as [string, ...string[]], `must be one of ${statuses.join(", ")}`).optional(),
      }),
      ...(isSearchable && { search: OptionalSearchSchema }),
      ...MOMENTS,
      ...(filters as Record<never, z.ZodType>),
    })
    .transform(({ sort = [], fields: chosen = null, include = [], ...query }) => {
      const own = Object.entries(query).filter(([name]) => name in filters);
      return {
        ...query,
        sort: sort.map(sortOf),
        fields: chosen,
        include,
        filters: Object.fromEntries(own),
      } as PlatformQuery;
    }) as unknown as z.ZodType<PlatformQuery>;
}
