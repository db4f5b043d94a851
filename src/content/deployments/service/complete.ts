import { eq, sql } from "drizzle-orm";
import type { Ctx } from "../../../core/work/context.ts";
import { ConcurrentChange } from "../../../core/errors.ts";
import type { Database } from "../../../core/storage/database.ts";
import { collectionCounts } from "../../../core/storage/counts.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import { stageChange } from "../../../core/work/versioned.ts";
import type { DeclaredEvent } from "../../../core/events/define.ts";
import { type FrozenSite, type Site, toSite } from "../../sites/contract.ts";
import type { SiteRow } from "../../sites/service.ts";
import { sites } from "../../../core/tenancy/sites/table.ts";
import { SITE_EVENTS } from "../../sites/events.ts";
import { type Deployment, toDeployment } from "../contract.ts";
import { doc, fromDocuments, type Selection } from "../documents.ts";
import { stageForms } from "../../forms/publish.ts";
import { forgetPointers } from "../../live/cache.ts";
import { deployments } from "../table.ts";
import { changesSince } from "./changes.ts";
import { stageCollection } from "./collect.ts";
import { requireTurn } from "./cooldown.ts";
import { picturesOfSettings } from "./given.ts";
import { stageFreeze } from "./freeze.ts";
import { stageUploaded } from "./render.ts";
import { type DeploymentRow, stageDeployment } from "./row.ts";
import { publishWarnings } from "./warnings.ts";

/** What a publish is built on: the revision of the site's content, and the numbers of its last and its live deployment. */
export interface State {
  rev: number;
  last: number;
  live: number;
}

/** Counts every change to what the site publishes (kept by triggers). */
const revisionOf = (siteId: string) => {
  const { scope, name, n } = collectionCounts;
  return sql`coalesce((SELECT ${n} FROM ${collectionCounts} WHERE ${scope} = ${siteId} AND ${name} = 'pages:rev'), 0)`;
};

/** The languages of what is published. */
const localesOf = async (ctx: Ctx, selection: Selection): Promise<string[]> => {
  const rows = await ctx.db.all<{ locale: string }>(sql`SELECT DISTINCT ${doc.locale} ${fromDocuments(selection)}`);
  return rows.map(({ locale }) => locale);
};

/**
 * The site as it is frozen. With pages that go live alone nothing else does: name, settings and design tokens stay those
 * of the live deployment, which only learns the languages its new pages are in.
 */
async function frozenSite(ctx: Ctx, site: SiteRow, selection: Selection): Promise<FrozenSite> {
  if (selection.only === null) return { ...toSite(site), pictures: await picturesOfSettings(ctx, site) };
  const isLive = scoped(ctx, deployments, eq(deployments.id, site.liveDeploymentId ?? ""));
  const [live] = await ctx.db.select({ site: deployments.site }).from(deployments).where(isLive);
  if (!live?.site) return toSite(site);
  return { ...live.site, locales: [...new Set([...live.site.locales, ...(await localesOf(ctx, selection))])] };
}

/** To be read before the documents are rendered: the commit fails if they have changed since. */
export async function deploymentState({ db }: { db: Database }, site: SiteRow): Promise<State> {
  const { number } = deployments;
  const [state] = await db.all<State>(sql`SELECT ${revisionOf(site.id)} AS rev,
    coalesce((SELECT max(${number}) FROM ${deployments} WHERE ${deployments.siteId} = ${site.id}), 0) AS last,
    coalesce((SELECT ${number} FROM ${deployments} WHERE ${deployments.id} = ${site.liveDeploymentId}), 0) AS live`);
  return state as State;
}

/** Stages a deployment whose documents are rendered, and makes it live; `before` is its row as it is stored. */
export async function completeDeployment(
  ctx: Ctx,
  site: SiteRow,
  row: DeploymentRow,
  before: DeploymentRow | null,
  { rev, last, live }: State,
): Promise<Deployment> {
  const selection = { siteId: site.id, only: row.onlyPages };
  const [{ pageCount, changes }, warnings, frozen] = await Promise.all([
    changesSince(ctx, selection, live),
    publishWarnings(ctx, site, selection, row.id),
    frozenSite(ctx, site, selection),
  ]);
  const isDryRun = ctx.caller.environment === "sandbox";
  const number = isDryRun ? null : last + 1;
  const completed: DeploymentRow = {
    ...row,
    number,
    status: isDryRun ? "dry_run" : "completed",
    pageCount,
    changes,
    warnings,
    site: isDryRun ? null : frozen,
    progress: null,
    publishedAt: ctx.now,
  };
  requireTurn(ctx, site.id, row.id);
  ctx.unit.require(sql`${revisionOf(site.id)} = ${rev}`);
  stageDeployment(ctx, completed, before);
  if (number !== null) {
    ctx.unit.onDuplicate([deployments.siteId, deployments.number], new ConcurrentChange());
    const { added, changed } = changes.counts;
    stageFreeze(ctx, selection, { id: row.id, number, live, changed: added + changed });
    stageForms(ctx, { siteId: site.id, locale: frozen.locale, number });
    stageUploaded(ctx, selection, row.id, before === null);
    stageLive(ctx, site, row.id, SITE_EVENTS.published);
  }
  stageCollection(ctx, site.id, number, live);
  ctx.unit.audit(isDryRun ? "site.publish_dry_run" : "site.published", {
    type: "site",
    id: site.id,
    after: { deploymentId: row.id },
  });
  return toDeployment(completed, isDryRun ? site.liveDeploymentId : row.id);
}

/** Flips the site's live pointer. */
export function stageLive(ctx: Ctx, site: SiteRow, deploymentId: string, event: DeclaredEvent<Site>): void {
  const changes = { liveDeploymentId: deploymentId, status: "published" as const, publishedAt: ctx.now };
  const after = stageChange(ctx, sites, site, changes);
  ctx.unit.emit(event, toSite(after), site.id);
  ctx.unit.onCommit({ after: async () => forgetPointers(site.id) });
}
