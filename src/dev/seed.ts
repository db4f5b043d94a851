import { and, desc, eq, isNull } from "drizzle-orm";
import { ConcurrentChange } from "../core/errors.ts";
import { databaseOf } from "../core/storage/database.ts";
import { auditLog } from "../core/storage/tables.ts";
import type { Env } from "../env.ts";
import { foundWorkspace, type NewWorkspace } from "../platform/workspaces/service/found.ts";
import { workspaces } from "../core/tenancy/workspaces/table.ts";
import { BAKERY, BIKE_SHOP, DEMO_WORKSPACE, FLORIST, SAMPLE, STARTER_WORKSPACE } from "./content.ts";
import { ensureSubmissions } from "./forms.ts";
import { ensureBooking } from "./booking.ts";
import { ensureFigures, ensureOrigins } from "./figures.ts";
import { ensureHistory } from "./history.ts";
import { ensureJob } from "./jobs.ts";
import { type DemoKeys, ensureKeys } from "./keys.ts";
import { ensureMail } from "./mail.ts";
import { ensureOwner } from "./members.ts";
import { ensureRedirects } from "./redirects.ts";
import { ensureCustomBlocks } from "./custom-blocks.ts";
import { ensurePreview } from "./previews.ts";
import { ensurePush } from "./push.ts";
import { ensureShop } from "./shop/shop.ts";
import { type Tenant, tenantContext } from "./tenant.ts";
import { ensureSite } from "./sites.ts";
import { ensureVisits } from "./visits.ts";

export type { DemoKeys } from "./keys.ts";

/** The ids a first call needs. */
interface DemoIds {
  workspaceId: number;
  starterWorkspaceId: number;
  siteId: string;
  otherSiteId: string;
  pageId: string;
}

/** What `.dev/demo.json` holds, but for the address. */
export interface Demo extends Omit<DemoIds, "starterWorkspaceId"> {
  keys: DemoKeys;
}

const SEEDED = "demo.seeded";

/**
 * Makes sure the demo data is there, and a usable key of each kind. Every step looks before it writes, so a run that was
 * killed is continued by the next; once all of it was there, content is left alone, whatever its owner did to it.
 */
export async function seedDemo(env: Env, keys: Partial<DemoKeys>, now: number): Promise<Demo> {
  const { starterWorkspaceId, ...ids } = (await findSeeded(env)) ?? (await seedWhole(env, now));
  const { workspaceId, siteId } = ids;
  return { ...ids, keys: await ensureKeys(env, { workspaceId, starterWorkspaceId, siteId }, keys, now) };
}

/** The ids an earlier run left in the audit log when it had finished. */
async function findSeeded(env: Env): Promise<DemoIds | null> {
  const [entry] = await databaseOf(env, 0)
    .select({ after: auditLog.after })
    .from(auditLog)
    .innerJoin(workspaces, eq(workspaces.id, auditLog.workspaceId))
    .where(and(eq(auditLog.action, SEEDED), eq(workspaces.slug, DEMO_WORKSPACE.slug), isNull(workspaces.deletedAt)))
    .orderBy(desc(auditLog.seq))
    .limit(1);
  return (entry?.after as DemoIds | undefined) ?? null;
}

/** How often the seeding goes on where the minute's work came between a step's read and its commit. */
const ATTEMPTS = 5;

async function seedWhole(env: Env, now: number): Promise<DemoIds> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await seedContent(env, now);
    } catch (error) {
      if (!(error instanceof ConcurrentChange) || attempt === ATTEMPTS) throw error;
    }
  }
}

async function seedContent(env: Env, now: number): Promise<DemoIds> {
  const workspaceId = await ensureWorkspace(env, DEMO_WORKSPACE, now);
  const starterWorkspaceId = await ensureWorkspace(env, STARTER_WORKSPACE, now);
  const live: Tenant = { workspaceId, environment: "live" };
  await ensureOwner(env, live, now);
  const { siteId, pageIds, urls } = await ensureSite(env, live, BAKERY, now);
  await ensureShop(env, live, { siteId, urls }, now);
  await ensureVisits({ env, tenant: live, siteId, now });
  await ensureMail(env, live, siteId, now);
  await ensureRedirects(env, live, siteId, now);
  await ensurePush(env, live, siteId, now);
  await ensureCustomBlocks(env, live, siteId, now);
  await ensureHistory(env, live, siteId, now);
  await ensureSubmissions(env, live, siteId, now);
  await ensurePreview(env, live, { siteId, pageId: pageIds.get("christmas-orders") as string }, now);
  await ensureJob(env, live, { siteId, pageId: pageIds.get("christmas-orders") as string }, now);
  const { siteId: otherSiteId } = await ensureSite(env, live, BIKE_SHOP, now);
  await ensureBooking({ env, tenant: live, siteId: otherSiteId, now });
  const sandbox: Tenant = { workspaceId, environment: "sandbox" };
  const { siteId: sampleSiteId, pageIds: samplePages } = await ensureSite(env, sandbox, SAMPLE, now);
  await ensurePush(env, sandbox, sampleSiteId, now);
  const figures = { siteId, paths: pathsOf(pageIds), visitors: 25 };
  await ensureFigures(env, live, figures, now);
  await ensureOrigins(env, live, siteId, now);
  await ensureFigures(env, sandbox, { siteId: sampleSiteId, paths: pathsOf(samplePages), visitors: 5 }, now);
  await ensureSite(env, { workspaceId: starterWorkspaceId, environment: "live" }, FLORIST, now);
  const ids = { workspaceId, starterWorkspaceId, siteId, otherSiteId, pageId: pageIds.get("home") as string };
  const ctx = tenantContext(env, live, now);
  ctx.unit.audit(SEEDED, { type: "workspace", id: workspaceId, after: ids });
  await ctx.unit.commit();
  return ids;
}

async function ensureWorkspace(env: Env, input: NewWorkspace, now: number): Promise<number> {
  const [found] = await databaseOf(env, 0)
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(and(eq(workspaces.slug, input.slug), isNull(workspaces.deletedAt)));
  return found?.id ?? (await foundWorkspace(env, input, now)).caller.workspaceId;
}

/** Where the pages of a site are, of those of its own language. */
const pathsOf = (pageIds: ReadonlyMap<string, string>): string[] =>
  [...pageIds.keys()].map((slug) => (slug === "home" ? "/" : `/${slug}`));
