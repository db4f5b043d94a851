import { desc, eq, or } from "drizzle-orm";
import { siteNotAllowed } from "../../core/access/all-sites.ts";
import type { Ctx } from "../../core/work/context.ts";
import { invalid, notFound } from "../../core/errors.ts";
import { ofSites, scoped } from "../../core/storage/scoped.ts";
import { livePointer } from "./cache.ts";
import { deployments } from "../deployments/table.ts";
import { type FrozenSite, toSite } from "../sites/contract.ts";
import { sites } from "../../core/tenancy/sites/table.ts";

type SiteRow = typeof sites.$inferSelect;

/** The site a call is about: the one it names by id or slug, or the only one its key can mean (docs/contract.md §6). */
export async function siteOfCall(ctx: Ctx, named: string | undefined): Promise<SiteRow> {
  const { siteIds } = ctx.caller;
  const isNamed = named === undefined ? undefined : or(eq(sites.id, named), eq(sites.slug, named));
  const isAllowed = named === undefined ? ofSites(sites.id, siteIds) : undefined;
  const rows = await ctx.db
    .select()
    .from(sites)
    .where(scoped(ctx, sites, isNamed, isAllowed))
    .orderBy(desc(sites.seq))
    .limit(2);
  const [row, another] = rows;
  if (named === undefined && another) throw invalid("site", "is required: the key can use more than one website");
  if (!row) throw notFound("Site");
  if (siteIds === null || siteIds.includes(row.id)) return row;
  throw siteNotAllowed();
}

/** Refuses a key limited to certain sites another one that its call names with `?site=`, before the input is read. */
export async function authoriseSite(ctx: Ctx, _: unknown, query: () => URLSearchParams): Promise<void> {
  const { workspaceId, environment, siteIds } = ctx.caller;
  if (siteIds === null) return;
  for (const named of query().getAll("site")) {
    if (named === "" || siteIds.includes(named)) continue;
    // By its slug, perhaps: remembered for a moment, so that a read from memory stays one.
    const name = JSON.stringify(["named", workspaceId, environment, siteIds, named]);
    await livePointer(name, async () => ({ siteId: (await siteOfCall(ctx, named)).id }));
  }
}

/** What visitors of a site see: the live deployment's number and the site as it was published. */
export interface Live {
  siteId: string;
  number: number;
  site: FrozenSite;
}

/** A site as it was published; its names in addresses are the present ones, since no other leads to it. */
export const asShown = (row: SiteRow, published: Live["site"] | null): Live["site"] => ({
  ...(published ?? toSite(row)),
  slug: row.slug,
  domain: row.domainVerifiedAt === null ? null : row.domain,
});

/** The live deployment of the call's site; `not_found` while nothing is published. */
export async function liveSite(ctx: Ctx, named: string | undefined): Promise<Live> {
  const { workspaceId, environment, siteIds } = ctx.caller;
  const name = JSON.stringify([workspaceId, environment, siteIds, named]);
  return (await livePointer(name, () => findLive(ctx, named))) as Live;
}

async function findLive(ctx: Ctx, named: string | undefined): Promise<Live> {
  const row = await siteOfCall(ctx, named);
  const [live] = await ctx.db
    .select({ number: deployments.number, site: deployments.site })
    .from(deployments)
    .where(scoped(ctx, deployments, eq(deployments.id, row.liveDeploymentId ?? "")));
  // Taken back by its owner, a site is live no more, here as for its visitors.
  if (live?.number == null || row.status !== "published") throw notFound("Published website");
  return { siteId: row.id, number: live.number, site: asShown(row, live.site) };
}
