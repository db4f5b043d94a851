import { expect, it } from "vitest";
import { allRoutes, type Route } from "../../src/core/http/registry.ts";
import { createSite } from "../../src/content/sites/service.ts";
import { eventTypes } from "../../src/core/events/catalogue.ts";
import { verdictOn } from "../../src/platform/api-keys/service/simulate.ts";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";
import { knock } from "./support/let-through.ts";
import { Random } from "./support/random.ts";
import { makeRandomKey, type RandomKey } from "./support/random-keys.ts";
import { methodOf } from "./support/routes.ts";

const KEYS = 50;
/** Calls of each route that are really made. */
const SAMPLES = 2;
const HOUR = 3_600_000;
const clock = new TestClock();

interface World {
  random: Random;
  workspace: Workspace;
  sites: Record<"live" | "sandbox", string[]>;
  slugs: string[];
  /** Other workspaces: of the same account, of the same account without API access, of somebody else. */
  others: number[];
  /** Events: of a key, of a website. */
  events: string[];
  keys: RandomKey[];
}

/** Fifty random keys of a workspace with five sites. */
async function makeWorld(seed: number): Promise<World> {
  const workspace = await makeWorkspace(clock);
  const { headers } = await workspace.key({ accountAccess: true });
  const world: World = {
    ...{ random: new Random(seed), workspace, sites: { live: [], sandbox: [] } },
    ...{ slugs: [], others: [], events: [], keys: [] },
  };
  const { random, sites, slugs, others, keys } = world;
  for (const tier of ["pro", "trial"]) {
    const body = { name: tier, tier };
    others.push((await call("POST", "/api/v1/workspaces", { headers, body })).body.data.id);
  }
  others.push((await makeWorkspace(clock)).id);
  for (const environment of ["live", "live", "live", "sandbox", "sandbox"] as const) {
    const ctx = workspace.context(environment);
    const site = await createSite({ ctx, input: { name: `Bakery ${slugs.length}` } as never });
    await ctx.unit.commit();
    sites[environment].push(site.id);
    slugs.push(site.slug);
  }
  for (let n = 0; n < KEYS; n += 1) keys.push(await makeRandomKey(workspace, random, { sites, nth: n }));
  for (const type of ["api_key.created", "site.created"]) {
    const feed = await call("GET", `/api/v1/events?type=${type}`, { headers });
    world.events.push(feed.body.data[0].id);
  }
  // Those that expire have.
  clock.advance(2 * HOUR);
  return world;
}

const anySite = ({ random, sites }: World): string => random.pick([...sites.live, ...sites.sandbox, "site_none"]);

/** What stands in a path for a parameter: own things, others' and none. */
function parameter(name: string, world: World, key: RandomKey): string {
  const { random, keys, others, events, workspace } = world;
  const site = anySite(world);
  const values: Record<string, (string | number)[]> = {
    siteId: [site],
    keyId: [
      key.id,
      ...random
        .some(keys)
        .slice(0, 4)
        .map(({ id }) => id),
      1,
      "x",
    ],
    workspaceId: [workspace.id, ...others, 1],
    event: [random.pick(eventTypes()), "no.event"],
    eventId: [...events, "evt_none"],
    uri: [`sites/${site}`, `sites/${site}/pages/page_1`, "sites%2Fsite_none", "nothing"],
  };
  return String(random.pick(values[name] ?? [1]));
}

const TABLES = ["pages", "menu", "settings", "blog_articles", "s_products", "s_orders", "s_coupons", "none", ""];

/** A query that says whose things are meant, or asks for more than the route itself shows. */
function queryOf(route: Route, world: World): string {
  const { random, slugs } = world;
  const query = new URLSearchParams();
  if (route.endpoint.path === "/backend/item") query.set("table", random.pick(TABLES));
  if (route.surface.name === "delivery" && random.chance(0.7))
    query.set("site", random.pick([anySite(world), ...slugs, ""]));
  if (random.chance(0.3)) query.set("type", random.pick([...eventTypes(), "no.event"]));
  if (random.chance(0.3)) query.set("include", random.pick(["author", "id,author", "nothing"]));
  return query.size > 0 ? `?${query}` : "";
}

type Simulated = Parameters<typeof verdictOn>[2];

/** A call of a route with a key: from somewhere, perhaps naming a workspace. */
function callOf(route: Route, world: World, key: RandomKey): Simulated {
  const { random, workspace, others } = world;
  const path = route.template.replace(/\{(\w+)\}/g, (_, name) => parameter(name, world, key)) + queryOf(route, world);
  const method = methodOf(route) === "GET" && random.chance(0.1) ? "HEAD" : methodOf(route);
  const workspace_id = random.chance(0.15) ? random.pick([workspace.id, ...others, 1]) : undefined;
  return { method, path, ip: key.address(), workspace_id };
}

const headersOf = (key: RandomKey, { ip = "", workspace_id }: Simulated): Record<string, string> => ({
  ...key.headers,
  "CF-Connecting-IP": ip,
  ...(workspace_id !== undefined && { "X-Workspace-ID": String(workspace_id) }),
});

/** What is wrong with the simulation of one call; the causes of refusals are noted. */
async function compare(route: Route, world: World, key: RandomKey, causes: Set<string>): Promise<string[]> {
  const simulated = callOf(route, world, key);
  const { method, path } = simulated;
  const [verdict, real] = await Promise.all([
    verdictOn(world.workspace.context(), key.policy, simulated),
    knock(method, path, { headers: headersOf(key, simulated) }),
  ]);
  const message = real.body?.error?.message ?? real.body?.message ?? null;
  if (verdict.cause) causes.add(verdict.cause);
  const isRefused = [401, 403].includes(real.status);
  const isSame =
    real.status === 204
      ? verdict.allowed && verdict.status === route.endpoint.success.status && verdict.reason === null
      : verdict.allowed === !isRefused &&
        verdict.status === real.status &&
        (method === "HEAD" || verdict.reason === message);
  if (isSame && verdict.endpoint === route.template) return [];
  return [`${method} ${path}: simulated ${JSON.stringify(verdict)}, really ${real.status} ${message}`];
}

const inParts = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, nth) => items.slice(nth * size, (nth + 1) * size));

it("simulate says of every route and fifty random keys what the pipeline does: let through or not, status and message", async () => {
  const world = await makeWorld(11);
  const causes = new Set<string>();
  const wrong: string[] = [];
  for (const key of world.keys) {
    // No limit of a key is reached: it makes a hundred calls in a minute.
    for (const routes of inParts(allRoutes(), 100)) {
      clock.advance(60_000);
      wrong.push(...(await Promise.all(routes.map((route) => compare(route, world, key, causes)))).flat());
    }
  }
  expect(wrong).toEqual([]);
  // Whichever it has less of than the key that its call is about.
  expect([...causes].some((cause) => cause.startsWith("beyond_"))).toBe(true);
  expect([...causes]).toEqual(
    expect.arrayContaining([
      ...["scope", "right", "access_type", "site", "environment", "account_access"],
      ...["ip_not_allowed", "no_api_access", "api_key_invalid", "api_key_inactive", "api_key_expired"],
    ]),
  );
});

/** Calls of a route that are let through, each with another key. */
async function samplesOf(route: Route, world: World): Promise<[RandomKey, Simulated][]> {
  const { random, workspace, keys } = world;
  const found: [RandomKey, Simulated][] = [];
  for (const key of random.some(keys)) {
    const simulated = callOf(route, world, key);
    const isEnd = methodOf(route) === "DELETE" && simulated.path.endsWith(`/workspaces/${workspace.id}`);
    const { allowed } = await verdictOn(workspace.context(), key.policy, simulated);
    if (allowed && !isEnd) found.push([key, simulated]);
    if (found.length >= SAMPLES) break;
  }
  return found;
}

it("simulate says of a sample of every route's calls what the product does, handlers and all: who is let through gets no 401 or 403", async () => {
  const world = await makeWorld(12);
  const { headers } = await world.workspace.key({ accessType: "transactional", accountAccess: true });
  const wrong: string[] = [];
  for (const route of allRoutes()) {
    for (const [key, simulated] of await samplesOf(route, world)) {
      clock.advance(6_000);
      const { method, path } = simulated;
      const url = `/api/v1/api-keys/${key.id}/simulate`;
      const { status, body } = await call("POST", url, { headers, body: simulated });
      // A call before this one has ended it.
      if (status === 404) continue;
      const sent = ["POST", "PUT", "PATCH"].includes(method) && { body: {} };
      const real = await call(method, path, { headers: headersOf(key, simulated), ...sent });
      const isRefused = [401, 403].includes(real.status);
      const isSame = body.data.allowed === !isRefused && (!isRefused || body.data.status === real.status);
      if (!isSame) wrong.push(`${method} ${path}: ${JSON.stringify(body.data)}, really ${real.status} ${real.text}`);
    }
  }
  expect(wrong).toEqual([]);
});
