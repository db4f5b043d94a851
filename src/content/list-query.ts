import { z } from "@hono/zod-openapi";
import { madeOnce } from "../core/fields.ts";
import { wholeQuery } from "../core/http/query-fields.ts";

/** Beyond this many rows skipping costs more than it is worth: cursors read only what they show. */
const MAX_SKIPPED = 10_000;

interface Paging {
  limit: number;
  cursor?: string;
  page?: number;
  orderBy?: string;
  direction: "asc" | "desc";
}

type Outputs<Shape extends z.ZodRawShape> = { [Name in keyof Shape]: z.output<Shape[Name]> };

/** The parameters that are the same for every list, made once: making schemas is most of what a start-up takes. */
const COMMON = {
  limit: wholeQuery(1, 100).default(25).register(z.globalRegistry, { description: "How many items a page has" }),
  cursor: z
    .string()
    .min(1, "is not a cursor this API has given out")
    .max(2_000, "is not a cursor this API has given out")
    .optional()
    .register(z.globalRegistry, { description: "The `nextCursor` of the page before, of a list in the same order" }),
  page: wholeQuery(1, MAX_SKIPPED)
    .optional()
    .register(z.globalRegistry, {
      description: `Counts from 1; cursors are cheaper. Not beside \`cursor\`, and no further than ${MAX_SKIPPED} items`,
    }),
};
const DirectionSchema = z
  .enum(["asc", "desc"], "must be asc or desc")
  .default("desc")
  .register(z.globalRegistry, { description: "Newest, or last, first" });

const orderBy = madeOnce((...orders: [string, ...string[]]) =>
  z
    .enum(orders, `must be one of ${orders.join(", ")}`)
    .optional()
    .register(z.globalRegistry, { description: `\`${orders[0]}\` when left out` }),
);

/** What is wrong with the page that is asked for; `null` where nothing is. */
function pageProblem({ cursor, page, limit }: Pick<Paging, "cursor" | "page" | "limit">): string | null {
  if (cursor && page) return "cannot be combined with cursor";
  return ((page ?? 1) - 1) * limit > MAX_SKIPPED ? `reaches beyond ${MAX_SKIPPED} rows; use cursor` : null;
}

/** The query parameters of every Content API list (docs/contract.md §3), with a resource's own orders and filters. */
export function listQuery<Filters extends z.ZodRawShape>(
  orders: [string, ...string[]],
  filters: Filters,
): z.ZodType<Paging & Outputs<Filters>> {
  const schema = z.strictObject({
    ...COMMON,
    orderBy: orderBy(...orders),
    direction: DirectionSchema,
    ...(filters as Record<never, z.ZodType>),
  });
  return schema.superRefine(({ cursor, page, limit }, issue) => {
    const message = pageProblem({ cursor, page, limit });
    if (message) issue.addIssue({ code: "custom", path: ["page"], message });
  }) as unknown as z.ZodType<Paging & Outputs<Filters>>;
}

export { SearchSchema } from "../core/http/query-fields.ts";
