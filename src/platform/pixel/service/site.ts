import { and, eq, inArray, isNotNull, isNull, or, type SQL } from "drizzle-orm";
import { sites } from "../../../core/tenancy/sites/table.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { workspaces } from "../../../core/tenancy/workspaces/table.ts";

export type PixelSite = Pick<
  typeof sites.$inferSelect,
  "id" | "environment" | "domain" | "domainVerifiedAt" | "slug" | "status" | "settings"
>;

/** A page by its address: its host, and the slug when it is one of those we serve under `/s/{slug}` ourselves. */
interface Place {
  hosts: string[];
  slug: string | null;
}

/** With and without `www.`; a site that has exactly this host comes first. */
function placeOf(page: URL, ownHost: string): Place {
  const host = page.hostname.replace(/\.$/, "");
  const other = host.startsWith("www.") ? host.slice(4) : `www.${host}`;
  const slug = page.host === ownHost ? (/^\/s\/([a-z0-9-]{1,100})(?:\/|$)/.exec(page.pathname)?.[1] ?? null) : null;
  return { hosts: [host, other], slug };
}

/**
 * The live website at a page's address, and the one an id names, in one read. A visitor brings no key: this is the one
 * place that looks for a site without a tenant, and nothing but the pixel's own settings leaves it.
 */
export async function findPixelSites(
  ctx: Ctx,
  { page, ownHost, siteId }: { page: URL; ownHost: string; siteId?: string | undefined },
): Promise<{ atPage: PixelSite | null; byId: PixelSite | null }> {
  const { hosts, slug } = placeOf(page, ownHost);
  const wanted: (SQL | undefined)[] = [
    and(eq(sites.environment, "live"), inArray(sites.domain, hosts), isNotNull(sites.domainVerifiedAt)),
    slug ? and(eq(sites.environment, "live"), eq(sites.slug, slug)) : undefined,
    siteId ? eq(sites.id, siteId) : undefined,
  ];
  const { id, environment, domain, domainVerifiedAt, status, settings } = sites;
  const rows = await ctx.db
    .select({ id, environment, domain, domainVerifiedAt, slug: sites.slug, status, settings })
    .from(sites)
    .innerJoin(workspaces, and(eq(workspaces.id, sites.workspaceId), isNull(workspaces.deletedAt)))
    .where(or(...wanted));
  const live = rows.filter((row) => row.environment === "live");
  const bySlug = slug ? live.find((row) => row.slug === slug) : undefined;
  const byHost = hosts
    .map((host) => live.find((row) => row.domain === host && row.domainVerifiedAt !== null))
    .find((row) => row !== undefined);
  return { atPage: bySlug ?? byHost ?? null, byId: rows.find((row) => row.id === siteId) ?? null };
}
