import type { Ctx } from "../../core/work/context.ts";
import type { ArchivedRow, Kind } from "./kind.ts";
import { isSite } from "./place.ts";
import { withFreeSlugs, withoutTakenDomains } from "./taken.ts";

/** Fields of which an import may change what the source says. */
const CHANGED: Record<string, (before: unknown, after: unknown) => string> = {
  slug: (before, after) => `slug: "${before}" is taken here; it becomes "${after}"`,
  domain: (before) => `domain: ${before} is shown by another website; this one comes without`,
  authorId: () => "author: is not a member of this workspace; it comes without",
};

/** Rows as they can stand here: with slugs that are free, domains nobody else has, authors that there are. */
export async function fittedRows(ctx: Ctx, kind: Kind, rows: readonly ArchivedRow[]): Promise<ArchivedRow[]> {
  const placed = isSite(kind) ? await withoutTakenDomains(ctx, rows) : [...rows];
  const known = kind.complete ? await kind.complete(ctx, placed) : placed;
  return withFreeSlugs(ctx, kind, known);
}

/** What is different about a row that was fitted, in words. */
export const changesOf = (before: ArchivedRow, after: ArchivedRow): string[] =>
  Object.entries(CHANGED)
    .filter(([field]) => before[field] !== after[field])
    .map(([field, say]) => say(before[field], after[field]));
