import { or } from "drizzle-orm";
import { invalid } from "../../errors.ts";
import type { Database } from "../../storage/database.ts";
import { isListed, scoped, type Tenanted } from "../../storage/scoped.ts";
import { sites } from "./table.ts";

/** What a call names a website by, wherever it does. */
export const SITE_NAMES = ["site", "siteId", "site_id"] as const;

/** The ids of those websites of the caller's that are named, by the names: their ids and their slugs. */
export async function siteIdsByName(
  ctx: Tenanted & { db: Database },
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (names.length === 0) return new Map();
  const isNamed = or(isListed(sites.id, names), isListed(sites.slug, names));
  const found = await ctx.db
    .select({ id: sites.id, slug: sites.slug })
    .from(sites)
    .where(scoped(ctx, sites, isNamed));
  return new Map(found.flatMap(({ id, slug }) => [[slug, id] as const, [id, id] as const]));
}

const namedIn = (part: unknown): [name: string, value: unknown][] => {
  if (typeof part !== "object" || part === null) return [];
  return SITE_NAMES.flatMap((name) => {
    const value = (part as Record<string, unknown>)[name];
    return value === undefined ? [] : [[name, value] as [string, unknown]];
  });
};

/**
 * Refuses a call that names one website to be let in by and another to write to: whatever names one in its path, query
 * and body must be the same website's id or slug; `null` is no website's. Throws a validation error that names the field.
 */
export async function requireOneSite(
  ctx: Tenanted & { db: Database },
  { params, query, body }: { params: unknown; query: unknown; body: unknown },
): Promise<void> {
  const [first, ...more] = [params, query, body].flatMap(namedIn);
  const others = more.filter(([, value]) => value !== first?.[1]);
  if (!first || others.length === 0) return;
  const names = [first, ...others].map(([, value]) => value).filter((value) => typeof value === "string");
  const ids = await siteIdsByName(ctx, names);
  const meant = ids.get(first[1] as string);
  const other = others.find(([, value]) => meant === undefined || ids.get(value as string) !== meant);
  if (other) throw invalid(other[0], `is not the website that ${first[0]} names`);
}
