import type { Head } from "../../../content/versions/find.ts";
import type { PlatformQuery } from "../../../core/http/numbered-query.ts";

/** One numbered page of versions that are all at hand: there are fifty at most. */
export function shownPage(
  heads: readonly Head[],
  { page, per_page: perPage, sort, ...window }: PlatformQuery,
): { shown: Head[]; total: number; page: number; perPage: number } {
  const { created_after, created_before, updated_after, updated_before } = window;
  const after = Math.max(created_after ?? -Infinity, updated_after ?? -Infinity);
  const before = Math.min(created_before ?? Infinity, updated_before ?? Infinity);
  const wanted = heads.filter(({ changedAt }) => changedAt > after && changedAt <= before);
  if (sort[0]?.direction === "asc") wanted.reverse();
  return { shown: wanted.slice((page - 1) * perPage, page * perPage), total: wanted.length, page, perPage };
}
