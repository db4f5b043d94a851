import { and, eq, gt, isNotNull, isNull, sql } from "drizzle-orm";
import { SHOWN_COUNT } from "../content/shop/products/shown.ts";
import { collectionCounts } from "../core/storage/counts.ts";
import { livePointer } from "../content/live/cache.ts";
import { deployments } from "../content/deployments/table.ts";
import { sites } from "../core/tenancy/sites/table.ts";
import { asShown, type Live } from "../content/live/site.ts";
import { workspaces } from "../core/tenancy/workspaces/table.ts";
import { type Pending, pendingPages } from "../content/deployments/pending.ts";
import { databaseOf, type ReadDatabase } from "../core/storage/database.ts";
import type { Tenanted } from "../core/storage/scoped.ts";
import type { Env } from "../env.ts";
import type { Given } from "../rendering/document.ts";
import type { PreviewNote } from "../rendering/page/preview.ts";

/** A live website as anybody may see it. */
export interface PublicSite extends Live {
  /** Whose it is. */
  tenant: Tenanted["caller"];
  /** Whether anything is sold on it. */
  hasShop: boolean;
  /** Where it begins: `/s/{slug}`, or nothing under its own domain. */
  base: string;
  /** Set of one that is shown as its next publish would show it. */
  draft?: Draft;
}

/** What there is to know of a preview beside the site. */
export interface Draft {
  pending: Pending;
  /** Looks up what rendering documents of it needs beside them. */
  given(documents: readonly string[]): Promise<Given>;
  /** Where the published site begins. */
  publicBase: string;
  note: PreviewNote;
}

/** What shows a site: of a preview, as its next publish would leave it. */
export function shownIn(env: Env, { draft }: PublicSite): ReadDatabase {
  const db = databaseOf(env, 0);
  return draft ? pendingPages(db, draft.pending) : db;
}

/** The site where it is published: what is the same in a preview, such as the addresses for search engines, is made of it. */
export const whereItIsPublished = (site: PublicSite): PublicSite =>
  site.draft ? { ...site, base: site.draft.publicBase } : site;

/** What a website is asked for by. */
export type SiteName = { slug: string } | { domain: string };

const { scope, name: counter, n: counted } = collectionCounts;

/** Whether a site has a product that is shown: what is sold is so at once, published or not. */
export const sellsAnything = sql<number>`EXISTS (SELECT 1 FROM ${collectionCounts}
  WHERE ${and(eq(scope, sites.id), eq(counter, SHOWN_COUNT), gt(counted, 0))})`;

/** What it is kept in memory by. */
export const nameOf = (named: SiteName): string => JSON.stringify(named);

/** No slug and no domain is longer. */
const MAX_NAME_LENGTH = 253;

/** The published site of a slug or a domain; `null` when there is none. Sandbox sites have no visitors. */
export async function publicSite(env: Env, named: SiteName): Promise<PublicSite | null> {
  const [name] = Object.values(named) as [string];
  if (name.length > MAX_NAME_LENGTH) return null;
  return livePointer(nameOf(named), () => findPublic(env, named));
}

async function findPublic(env: Env, named: SiteName): Promise<PublicSite | null> {
  const isNamed =
    "slug" in named
      ? eq(sites.slug, named.slug)
      : and(eq(sites.domain, named.domain), isNotNull(sites.domainVerifiedAt));
  const [row] = await databaseOf(env, 0)
    .select({ row: sites, number: deployments.number, published: deployments.site, sells: sellsAnything })
    .from(sites)
    .innerJoin(deployments, eq(deployments.id, sites.liveDeploymentId))
    .innerJoin(workspaces, and(eq(workspaces.id, sites.workspaceId), isNull(workspaces.deletedAt)))
    .where(and(isNamed, eq(sites.environment, "live"), eq(sites.status, "published"), isNotNull(deployments.number)));
  if (!row) return null;
  const site = asShown(row.row, row.published);
  const base = "slug" in named ? `/s/${row.row.slug}` : "";
  const { id: siteId, workspaceId, environment } = row.row;
  const tenant = { workspaceId, environment };
  return { siteId, number: row.number as number, site, base, tenant, hasShop: row.sells === 1 };
}
