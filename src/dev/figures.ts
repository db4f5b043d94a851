import { and, eq } from "drizzle-orm";
import { PartWriter } from "../analytics/facts/part.ts";
import { type VisitorEvent, visitsOf } from "../analytics/facts/visit.ts";
import { analyticsOf } from "../analytics/object/client.ts";
import { writeParts } from "../analytics/object/roll-up.ts";
import { stageOrigin } from "../analytics/order-origin.ts";
import { originOf } from "../analytics/origin.ts";
import { analyticsDays, orderOrigins } from "../analytics/table.ts";
import type { About } from "../analytics/tracked-event.ts";
import { orders } from "../content/shop/orders/table.ts";
import { scoped } from "../core/storage/scoped.ts";
import type { Env } from "../env.ts";
import { type Tenant, tenantContext } from "./tenant.ts";

const DAY_MS = 86_400_000;
const DAYS = 21;

/** Where visitors of the demo come from: the page's query, and the page before. */
const WAYS: readonly [query: string, referrer: string | null][] = [
  ["", null],
  ["", "https://www.google.com/"],
  ["", "https://www.google.com/"],
  ["", "https://www.instagram.com/"],
  ["", "https://berlin-eats.example/best-bread"],
  ["?utm_source=newsletter&utm_medium=email&utm_campaign=autumn", null],
];
const KINDS: readonly Pick<About, "device" | "browser" | "os">[] = [
  { device: "mobile", browser: "safari", os: "ios" },
  { device: "mobile", browser: "chrome", os: "android" },
  { device: "desktop", browser: "firefox", os: "windows" },
  { device: "desktop", browser: "chrome", os: "macos" },
];
const COUNTRIES = ["DE", "DE", "DE", "NL", "FR", "unknown"];

/** Numbers that look like chance and are the same each time (Park and Miller). */
function chanceFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const pick = <Value>(chance: (below: number) => number, values: readonly Value[]): Value =>
  values[chance(values.length)] as Value;

interface Visited {
  siteId: string;
  /** Paths of the site, the likeliest one first. */
  paths: readonly string[];
  /** Visitors of a day, about. */
  visitors: number;
}

const aboutOf = (chance: (below: number) => number): About => {
  const [query, referrer] = pick(chance, WAYS);
  const origin = originOf(new URL(`https://demo.example/${query}`), referrer);
  return { ...origin, ...pick(chance, KINDS), country: pick(chance, COUNTRIES) };
};

/** What one visitor does from a moment on: a page or some, and now and then more than looking. */
function eventsOf(chance: (below: number) => number, at: number, paths: readonly string[]): VisitorEvent[] {
  const about = aboutOf(chance);
  const pages = 1 + chance(4);
  return Array.from({ length: pages }, (_, nth) => ({
    id: `demo-${at}-${nth}`,
    session: null,
    at: at + nth * (20 + chance(200)) * 1000,
    type: nth > 1 && chance(3) === 0 ? "newsletter" : "pageview",
    page: paths[chance(nth === 0 ? 2 : paths.length) % paths.length] as string,
    about,
  }));
}

/** Three weeks of visits, rolled up as theirs would be, and some of today, which the site's object has. */
export async function ensureFigures(env: Env, tenant: Tenant, visited: Visited, now: number): Promise<void> {
  const { siteId, paths, visitors } = visited;
  const ctx = tenantContext(env, tenant, now);
  const isIts = scoped(ctx, analyticsDays, eq(analyticsDays.siteId, siteId));
  const [found] = await ctx.db.select({ day: analyticsDays.day }).from(analyticsDays).where(isIts).limit(1);
  if (found) return;
  const midnight = now - (now % DAY_MS);
  const parts = Array.from({ length: DAYS }, (_, index) => {
    const begin = midnight - (DAYS - index) * DAY_MS;
    const day = new Date(begin).toISOString().slice(0, 10);
    const chance = chanceFrom(index + 1);
    const writer = new PartWriter(day);
    let eventCount = 0;
    for (let visitor = visitors + chance(visitors); visitor > 0; visitor -= 1) {
      const events = eventsOf(chance, begin + (6 * 3_600 + chance(15 * 3_600)) * 1000, paths);
      eventCount += events.length;
      writer.add(visitsOf(String(visitor), events));
    }
    return { siteId, day, part: 0, eventCount, facts: writer.text() };
  });
  await writeParts(env, siteId, parts);
  const day = new Date(now).toISOString().slice(0, 10);
  const chance = chanceFrom(now % 1_000 || 1);
  for (let visitor = 0; visitor < 4; visitor += 1) {
    for (const event of eventsOf(chance, Math.max(midnight, now - 240_000), paths))
      await analyticsOf(env, siteId).take({ ...event, at: Math.min(event.at, now), day, visitor: `demo-${visitor}` });
  }
}

/** Says of the orders of the demo's shop where their visits came from, as far as it is not said yet. */
export async function ensureOrigins(env: Env, tenant: Tenant, siteId: string, now: number): Promise<void> {
  const ctx = tenantContext(env, tenant, now);
  const isTold = and(eq(orderOrigins.siteId, orders.siteId), eq(orderOrigins.orderId, orders.id));
  const all = await ctx.db
    .select({ orderId: orders.id, told: orderOrigins.orderId })
    .from(orders)
    .leftJoin(orderOrigins, isTold)
    .where(scoped(ctx, orders, eq(orders.siteId, siteId)));
  for (const [index, { orderId, told }] of all.entries()) {
    if (told === null)
      stageOrigin(ctx, { siteId, orderId, origin: { ...aboutOf(chanceFrom(index + 5)), entryPage: "/" } });
  }
  await ctx.unit.commit();
}
