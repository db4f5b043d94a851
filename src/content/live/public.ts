import { and, eq, gt, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { collectionCounts } from "../../core/storage/counts.ts";
import { databaseOf } from "../../core/storage/database.ts";
import type { Tenanted } from "../../core/storage/scoped.ts";
import { sites } from "../../core/tenancy/sites/table.ts";
import { workspaces } from "../../core/tenancy/workspaces/table.ts";
import type { Env } from "../../env.ts";
import { deployments } from "../deployments/table.ts";
import { SHOWN_COUNT } from "../shop/products/shown.ts";
import { livePointer } from "./cache.ts";
import { asShown, type Live } from "./site.ts";

/** A live website as anybody may see it, without a key. */
export interface VisitedSite extends Live {
  /** Whose it is. */
  tenant: Tenanted["caller"];
  /** Whether anything is sold on it. */
  hasShop: boolean;
  /** Where it begins: `/s/{slug}`, or nothing under its own domain. */
  base: string;
}

/** What a website is asked for by. */
export type SiteName = { slug: string } | { domain: string } | { id: string };

const { scope, name: counter, n: counted } = collectionCounts;

/** Whether a site has a product that is shown: what is sold is so at once, published or not. */
export const sellsAnything = sql<number>`EXISTS (SELECT 1 FROM ${collectionCounts}
  WHERE ${and(eq(scope, sites.id), eq(counter, SHOWN_COUNT), gt(counted, 0))})`;

/** What it is kept in memory by. */
export const nameOf = (named: SiteName): string => JSON.stringify(named);

/** No slug, no domain and no id is longer. */
const MAX_NAME_LENGTH = 253;

/** The published site of a slug, a domain or an id; `null` when there is none. Sandbox sites have no visitors. */
export async function publicSite(env: Env, named: SiteName): Promise<VisitedSite | null> {
  const [name] = Object.values(named) as [string];
  if (name.length > MAX_NAME_LENGTH) return null;
  return livePointer(nameOf(named), () => findPublic(env, named));
}

function isNamed(named: SiteName): SQL | undefined {
  if ("slug" in named) return eq(sites.slug, named.slug);
  if ("id" in named) return eq(sites.id, named.id);
  return and(eq(sites.domain, named.domain), isNotNull(sites.domainVerifiedAt));
}

async function findPublic(env: Env, named: SiteName): Promise<VisitedSite | null> {
  const isVisited = and(eq(sites.environment, "live"), eq(sites.status, "published"), isNotNull(deployments.number));
  const [row] = await databaseOf(env, 0)
    .select({ row: sites, number: deployments.number, published: deployments.site, sells: sellsAnything })
    .from(sites)
    .innerJoin(deployments, eq(deployments.id, sites.liveDeploymentId))
    .innerJoin(workspaces, and(eq(workspaces.id, sites.workspaceId), isNull(workspaces.deletedAt)))
    .where(and(isNamed(named), isVisited));
  if (!row) return null;
  const site = asShown(row.row, row.published);
  const base = "domain" in named ? "" : `/s/${row.row.slug}`;
  const { id: siteId, workspaceId, environment } = row.row;
  const tenant = { workspaceId, environment };
  return { siteId, number: row.number as number, site, base, tenant, hasShop: row.sells === 1 };
}
