import { z } from "@hono/zod-openapi";

const whole = (max: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,5}$/, "must be a whole number of at least 1")
    .transform(Number)
    .pipe(z.int().max(max, `must be at most ${max}`));

/** Paging as on every list of the surface; servers and tools are few and fixed, so there is nothing to filter or sort. */
export const PagingQuery = z.strictObject({
  page: whole(10_000).default(1).openapi({ type: "integer", example: 1 }),
  per_page: whole(100).default(25).openapi({ type: "integer", example: 25 }),
});

/** One numbered page of a list that is held in memory. */
export const pageOf = <Item>(items: readonly Item[], { page, per_page }: z.output<typeof PagingQuery>) => ({
  page: {
    items: items.slice((page - 1) * per_page, page * per_page),
    pagination: { page, perPage: per_page, total: items.length },
  },
});
