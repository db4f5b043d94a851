import { z } from "@hono/zod-openapi";
import { wholeQuery } from "../../core/http/query-fields.ts";

/** Paging as on every list of the surface; servers and tools are few and fixed, so there is nothing to filter or sort. */
export const PagingQuery = z.strictObject({
  page: wholeQuery(1, 10_000).default(1).register(z.globalRegistry, { description: "Counts from 1" }),
  per_page: wholeQuery(1, 100).default(25).register(z.globalRegistry, { description: "How many items a page has" }),
});

/** One numbered page of a list that is held in memory. */
export const pageOf = <Item>(items: readonly Item[], { page, per_page }: z.output<typeof PagingQuery>) => ({
  page: {
    items: items.slice((page - 1) * per_page, page * per_page),
    pagination: { page, perPage: per_page, total: items.length },
  },
});
