import { expect } from "vitest";

/** What document 002's examples show, as types: an integer id, a time to the second in UTC, a text. */
export const anId = expect.any(Number);
export const aText = expect.any(String);
export const aTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/);

/** `meta` and `links` of a list with one page. */
export const onePage = (total: number, perPage = 25) => ({
  meta: {
    current_page: 1,
    from: total > 0 ? 1 : null,
    last_page: 1,
    per_page: perPage,
    to: total > 0 ? total : null,
    total,
  },
  links: { first: expect.stringContaining("page=1"), last: expect.stringContaining("page=1"), prev: null, next: null },
});
