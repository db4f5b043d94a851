import { and, eq, isNotNull, lte } from "drizzle-orm";
import { ConcurrentChange } from "../../core/errors.ts";
import { RUNTIME, type Runtime } from "../../core/runtime.ts";
import { databaseOf } from "../../core/storage/database.ts";
import { sites } from "../../core/tenancy/sites/table.ts";
import type { Ctx } from "../../core/work/context.ts";
import { jobContext } from "../../core/work/job-context.ts";
import { stageChange } from "../../core/work/versioned.ts";
import type { Env } from "../../env.ts";
import { forgetPointers } from "../live/cache.ts";
import { toSite } from "./contract.ts";
import { proofRecord } from "./domain-claim.ts";
import { SITE_EVENTS } from "./events.ts";
import { txtRecords } from "./txt-records.ts";

type SiteRow = typeof sites.$inferSelect;
type Network = Pick<Runtime, "fetch" | "deadline">;

/** Domains looked up in one run. */
const BATCH = 50;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const WEEK_MS = 7 * DAY_MS;
/** A domain whose record was not seen for this long is no longer proven: zones are changed, and have bad days. */
const PROOF_MS = WEEK_MS + 3 * DAY_MS;

/** Looks for the records of domains that are pending or due again. One that fails does not keep the others waiting. */
export async function verifyDomains(env: Env, now: number, network: Network = RUNTIME): Promise<void> {
  if (env.DNS_RESOLVER === "") return;
  const due = await databaseOf(env, 0)
    .select()
    .from(sites)
    .where(and(isNotNull(sites.domainCheckAt), lte(sites.domainCheckAt, now)))
    .orderBy(sites.domainCheckAt)
    .limit(BATCH);
  const done = await Promise.allSettled(due.map((site) => verifyDomain(env, site, now, network)));
  // What somebody has changed just now is still due.
  for (const it of done) if (it.status === "rejected" && !(it.reason instanceof ConcurrentChange)) throw it.reason;
}

async function verifyDomain(env: Env, site: SiteRow, now: number, network: Network): Promise<void> {
  const domain = site.domain as string;
  const records = await txtRecords(env.DNS_RESOLVER, proofRecord(domain, site.id).name, network);
  const isProven = ({ id }: SiteRow) => records?.includes(proofRecord(domain, id).value) === true;
  const seenAt = site.domainVerifiedAt;
  const isOver = records !== null && seenAt !== null && now - seenAt > PROOF_MS;
  if (isProven(site) && seenAt !== null)
    await note(env, site, { domainVerifiedAt: now, domainCheckAt: now + WEEK_MS }, now);
  else if (isProven(site)) await take(env, site, isProven, now);
  else if (isOver) await change(env, site, lost(now), "site.domain_lost", now);
  else await note(env, site, { domainCheckAt: nextCheck(site, now) }, now);
}

/** When a domain without its record is looked at again: the longer it is pending, the later; a proven one each day. */
function nextCheck({ domainClaimedAt, domainVerifiedAt }: SiteRow, now: number): number {
  const age = now - (domainClaimedAt ?? now);
  return now + (domainVerifiedAt === null ? Math.min(Math.max(Math.round(age / 8), MINUTE_MS), DAY_MS) : DAY_MS);
}

const lost = (now: number): Partial<SiteRow> => ({
  domainVerifiedAt: null,
  domainClaimedAt: now,
  domainCheckAt: now + MINUTE_MS,
});

/** Makes a domain the site's. Who had it before and has a record no longer gives it up; who still has one keeps it. */
async function take(env: Env, site: SiteRow, isProven: (site: SiteRow) => boolean, now: number): Promise<void> {
  const { environment, domain, domainVerifiedAt } = sites;
  const isSame = and(eq(environment, site.environment), eq(domain, site.domain as string), isNotNull(domainVerifiedAt));
  const [holder] = await databaseOf(env, 0).select().from(sites).where(isSame);
  if (holder && isProven(holder)) return note(env, site, { domainCheckAt: nextCheck(site, now) }, now);
  if (holder) await change(env, holder, lost(now), "site.domain_lost", now);
  await change(env, site, { domainVerifiedAt: now, domainCheckAt: now + WEEK_MS }, "site.domain_verified", now);
}

const contextOf = (env: Env, site: SiteRow, now: number): Ctx => jobContext(env, site, "job:verify-domains", now);

/** Writes down what nobody is shown. */
async function note(env: Env, site: SiteRow, changes: Partial<SiteRow>, now: number): Promise<void> {
  const { db } = contextOf(env, site, now);
  const isIt = and(eq(sites.id, site.id), eq(sites.domain, site.domain as string));
  await db.update(sites).set(changes).where(isIt);
}

/** Changes what the site shows of its domain, and announces it. */
async function change(env: Env, site: SiteRow, changes: Partial<SiteRow>, action: string, now: number): Promise<void> {
  const ctx = contextOf(env, site, now);
  const row = stageChange(ctx, sites, site, changes);
  ctx.unit.onDuplicate([sites.environment, sites.domain], new ConcurrentChange());
  ctx.unit.emit(SITE_EVENTS.updated, toSite(row), site.id);
  ctx.unit.audit(action, { type: "site", id: site.id, before: toSite(site), after: toSite(row) });
  await ctx.unit.commit();
  forgetPointers(site.id);
}
