import { eq, inArray, or, type SQL, sql, and } from "drizzle-orm";
import type { z } from "@hono/zod-openapi";
import { requireAsStored } from "../../core/contract.ts";
import type { Ctx } from "../../core/work/context.ts";
import { ConcurrentChange, conflict, invalid, notFound } from "../../core/errors.ts";
import type { DeclaredEvent } from "../../core/events/define.ts";
import { idTail, newId } from "../../core/ids.ts";
import { requireRoom } from "../../core/limits/room.ts";
import { contains, sortKey, withMade } from "../../core/storage/folded.ts";
import { counter, tenantScope } from "../../core/storage/counter.ts";
import { listByCursor } from "../../core/storage/list.ts";
import { ofSites, ownedBy, scoped } from "../../core/storage/scoped.ts";
import { freeSlug, slugFrom } from "../../core/storage/slug.ts";
import { pages } from "../pages/table.ts";
import { posts } from "../posts/table.ts";
import { stageUses } from "../media/places.ts";
import { stageCallOff } from "../deployments/service/row.ts";
import { checkSettings } from "./settings.ts";
import { claimAfter, newClaim } from "./domain-claim.ts";
import { isOwnHost } from "./own-hosts.ts";
import {
  type CreateSite,
  type ListSitesQuery,
  type Site,
  SiteBodies,
  toSite,
  type UpdateSite,
  wholeSite,
} from "./contract.ts";
import { sites } from "../../core/tenancy/sites/table.ts";
import { SITE_EVENTS } from "./events.ts";
import { PUBLICATION_STATUSES } from "../../core/publication.ts";
import { stageChange } from "../../core/work/versioned.ts";
import type { ExpectedVersions } from "../../core/storage/version.ts";

export type SiteRow = typeof sites.$inferSelect;

const SLUG_INDEX = [sites.environment, sites.slug];
const DOMAIN_INDEX = [sites.environment, sites.domain];

/** The caller's site as stored; throws `not_found`. */
export async function findSite(ctx: Ctx, siteId: string): Promise<SiteRow> {
  const [row] = await ctx.db
    .select()
    .from(sites)
    .where(scoped(ctx, sites, eq(sites.id, siteId)));
  if (!row) throw notFound("Site");
  return row;
}

const SITES = counter("sites", PUBLICATION_STATUSES);

export async function listSites({ ctx, input }: { ctx: Ctx; input: z.output<typeof ListSitesQuery> }) {
  const { siteIds, workspaceId, environment } = ctx.caller;
  const { status, search } = input;
  const searched: SQL | undefined = search
    ? or(...[sites.name, sites.slug, sites.domain].map((it) => contains(it, search)))
    : undefined;
  const allowed = ofSites(sites.id, siteIds);
  const where = scoped(ctx, sites, status ? eq(sites.status, status) : undefined, searched, allowed);
  const orders = { createdAt: sites.createdAt, updatedAt: sites.updatedAt, name: sortKey(sites.name) };
  const source = {
    name: `sites:${workspaceId}:${environment}`,
    table: sites,
    id: sites.id,
    where,
    orders,
    counted: searched || allowed ? undefined : SITES.count(tenantScope(ctx.caller), status && [status]),
  };
  const { rows, pagination } = await listByCursor(ctx, source, input);
  return { items: rows.map(toSite), pagination };
}

export const getSite = async ({ ctx, input }: { ctx: Ctx; input: { siteId: string } }): Promise<Site> =>
  toSite(await findSite(ctx, input.siteId));

/** Creates a site. A slug made from the name gives way to a taken one; a slug that was asked for does not. */
export async function createSite({ ctx, input }: { ctx: Ctx; input: CreateSite }): Promise<Site> {
  const id = newId("site", ctx.now);
  const whole = wholeSite(input);
  const row = withMade(sites, {
    seq: 0,
    id,
    ...ownedBy(ctx),
    ...whole,
    slug: whole.slug ?? (await unusedSlug(ctx, await slugFrom(whole.name, idTail(id)), id)),
    ...newClaim(ctx.env, whole.domain, ctx.now),
    liveDeploymentId: null,
    version: 1,
    createdAt: ctx.now,
    updatedAt: ctx.now,
    publishedAt: null,
  });
  checkLocales(row);
  checkDomain(ctx, row);
  checkSettings(ctx, row);
  const { seq: _, ...values } = row;
  requireRoom(ctx, "sites");
  ctx.unit.stage(ctx.db.insert(sites).values(values));
  expectUnique(ctx, row, input.slug !== undefined);
  return announce(ctx, SITE_EVENTS.created, row);
}

const unusedSlug = (ctx: Ctx, base: string, id: string): Promise<string> =>
  freeSlug(ctx, {
    base,
    id,
    isTaken: (slug) =>
      sql`SELECT 1 FROM ${sites} WHERE ${sites.environment} = ${ctx.caller.environment} AND ${sites.slug} = ${slug}`,
  });

function expectUnique(ctx: Ctx, row: SiteRow, isSlugGiven: boolean): void {
  const taken = conflict("slug", `The slug "${row.slug}" is already taken.`);
  ctx.unit.onDuplicate(SLUG_INDEX, isSlugGiven ? taken : new ConcurrentChange());
  ctx.unit.onDuplicate(DOMAIN_INDEX, conflict("domain", `The domain "${row.domain}" is already in use.`));
}

function checkDomain({ env }: Ctx, { domain }: SiteRow): void {
  if (domain !== null && isOwnHost(env, domain)) throw invalid("domain", "is a host of this service");
}

function checkLocales(row: SiteRow): void {
  if (!row.locales.includes(row.locale)) throw invalid("locales", `must contain the site's locale ${row.locale}`);
  if (new Set(row.locales).size !== row.locales.length) throw invalid("locales", "names a locale twice");
}

/** A locale pages or posts are written in cannot be taken from the site. */
function keepLocalesInUse(ctx: Ctx, before: SiteRow, after: SiteRow): void {
  const removed = before.locales.filter((locale) => !after.locales.includes(locale));
  if (removed.length === 0) return;
  for (const [what, table] of Object.entries({ pages, posts })) {
    const isUsed = and(eq(table.siteId, after.id), inArray(table.locale, removed));
    const error = conflict("locales", `There are ${what} in a locale that would be removed (${removed.join(", ")}).`);
    ctx.unit.require(sql`NOT EXISTS (SELECT 1 FROM ${table} WHERE ${isUsed})`, error);
  }
}

/** Where a language begins there can be no page of the site's own language (`requireReachable`). */
function keepPagesReachable(ctx: Ctx, before: SiteRow, { id, locale, locales }: SiteRow): void {
  if (before.locale === locale && locales.every((it) => before.locales.includes(it))) return;
  const others = locales.filter((it) => it !== locale);
  const isHidden = and(eq(pages.siteId, id), eq(pages.locale, locale), inArray(pages.slug, others));
  const error = conflict("locales", `A page in ${locale} is called like another language of the site.`);
  ctx.unit.require(sql`NOT EXISTS (SELECT 1 FROM ${pages} WHERE ${isHidden})`, error);
}

function announce(ctx: Ctx, event: DeclaredEvent<Site>, row: SiteRow, before?: Site): Site {
  const site = toSite(row);
  ctx.unit.emit(event, site, row.id);
  ctx.unit.audit(event.type, { type: "site", id: row.id, before, after: site });
  stageUses(ctx, { type: "site", id: row.id, siteId: row.id }, before ?? null, site);
  return site;
}

/** Changes the named fields. `expectedVersions` is If-Match. */
export async function updateSite({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { siteId: string; changes: UpdateSite; asStored?: object; expectedVersions?: ExpectedVersions };
}): Promise<Site> {
  const before = await findSite(ctx, input.siteId);
  requireAsStored(toSite(before), input.asStored ?? {});
  const claim = claimAfter(ctx.env, before, input.changes.domain, ctx.now);
  const row = stageChange(ctx, sites, before, { ...input.changes, ...claim }, input.expectedVersions);
  checkLocales(row);
  checkDomain(ctx, row);
  checkSettings(ctx, row, before.settings);
  keepLocalesInUse(ctx, before, row);
  keepPagesReachable(ctx, before, row);
  // What its owner takes away is not brought back by a publish asked for before.
  if (before.status === "published" && row.status !== "published") stageCallOff(ctx, row.id);
  expectUnique(ctx, row, true);
  return announce(ctx, SITE_EVENTS.updated, row, toSite(before));
}

/** What PUT means: fields that are left out get their defaults. The slug stays when it is left out, being the address. */
export const replaceSite = (ctx: Ctx, siteId: string, body: CreateSite, expectedVersions: ExpectedVersions) =>
  updateSite({
    ctx,
    input: { siteId, changes: wholeSite(body), asStored: SiteBodies.readOnly(body), expectedVersions },
  });
