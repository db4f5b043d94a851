import { beforeAll, expect, it } from "vitest";
import type { Right } from "../../src/core/keys/rights.ts";
import type { Route } from "../../src/core/http/registry.ts";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";
import { COMBINATIONS } from "./support/powers.ts";
import { Random } from "./support/random.ts";
import { keyedRoutes, methodOf, pathOf, tryRoute } from "./support/routes.ts";

const clock = new TestClock();
const ROUTES = keyedRoutes();
let workspace: Workspace;
let headers: Record<string, string>;
const siteIds: string[] = [];

beforeAll(async () => {
  workspace = await makeWorkspace(clock);
  headers = (await workspace.key({ accountAccess: true })).headers;
  for (const name of ["One", "Two"]) {
    const made = await call("POST", "/v1/sites", { headers, body: { name } });
    siteIds.push(made.body.data.id);
  }
});

const simulate = (id: number, method: string, path: string) =>
  call("POST", `/api/v1/api-keys/${id}/simulate`, { headers, body: { method, path } });

/** A key of random powers, its sites being real ones. */
function randomKey(random: Random) {
  const { scopes, rights, siteIds: limited, ...rest } = random.pick(COMBINATIONS);
  const routed: Right[] = random.some(ROUTES).map(({ template }) => ({ endpoint: template, methods: ["*"] }));
  return workspace.key({
    ...rest,
    ...(random.chance(0.3) ? { scopes: null, rights: routed } : { scopes, rights }),
    siteIds: limited && [siteIds[0] as string],
    monthlyCap: null,
    allowedIps: null,
    isActive: random.chance(0.9),
  } as never);
}

/** Creating a site is refused to keys limited to sites by the verb itself, past what a route can tell. */
const isToldLater = (route: Route): boolean => methodOf(route) === "POST" && route.template === "/v1/sites";

it("simulate says of random keys and routes what a real call says about the key", async () => {
  const random = new Random(8);
  const wrong: string[] = [];
  for (let n = 0; n < 40; n += 1) {
    const key = await randomKey(random);
    clock.advance(1_000);
    for (const route of random.some(ROUTES).slice(0, 10)) {
      if (isToldLater(route)) continue;
      const path = pathOf(route, { siteId: random.pick([...siteIds, "site_none"]), keyId: "1" });
      const { allowed, status, endpoint } = (await simulate(key.id, methodOf(route), path)).body.data;
      const real = await tryRoute(route, key.headers, path);
      const isAuth = real.status === 401 || real.status === 403;
      const what = `${methodOf(route)} ${path}: simulated ${status}, really ${real.status} ${real.text.slice(0, 200)}`;
      if (isAuth ? status !== real.status || allowed : !allowed && status !== real.status) wrong.push(what);
      if (endpoint !== route.template) wrong.push(`${path} leads to ${endpoint}`);
    }
  }
  expect(wrong).toEqual([]);
});

it("simulate knows what becomes of a key that has ended, a method that is none and a path that leads nowhere", async () => {
  const verdict = async (id: number, method = "GET", path = "/v1/me") => {
    const { allowed, status } = (await simulate(id, method, path)).body.data;
    return [allowed, status];
  };
  const key = await workspace.key({ expiresAt: clock.time + 60_000 });
  expect(await verdict(key.id)).toEqual([true, 200]);
  expect(await verdict(key.id, "DELETE")).toEqual([false, 405]);
  expect((await call("DELETE", "/v1/me", { headers: key.headers })).status).toBe(405);
  for (const path of ["/v1/nowhere", "/", "//v1/me", "/v1/me/"])
    expect(await verdict(key.id, "GET", path)).toEqual([false, 404]);
  expect(await verdict(key.id, "HEAD", "/v1/me?x=1")).toEqual([true, 200]);
  await call("POST", `/api/v1/api-keys/${key.id}/rotate`, { headers, body: { grace_period_hours: 0 } });
  expect(await verdict(key.id)).toEqual([false, 401]);
  const inactive = await workspace.key({ isActive: false });
  expect(await verdict(inactive.id)).toEqual([false, 401]);
  const trial = await workspace.key({ rateLimitTier: "trial" });
  expect(await verdict(trial.id)).toEqual([false, 403]);
  expect((await call("GET", "/v1/me", { headers: trial.headers })).status).toBe(403);
  clock.advance(60_000);
  const soon = await workspace.key({ expiresAt: clock.time + 1 });
  clock.advance(1);
  expect(await verdict(soon.id)).toEqual([false, 401]);
  expect((await call("GET", "/v1/me", { headers: soon.headers })).status).toBe(401);
  await call("DELETE", `/api/v1/api-keys/${soon.id}`, { headers });
  expect((await simulate(soon.id, "GET", "/v1/me")).status).toBe(404);
});

it("simulate makes no call: nothing is counted or written for the key", async () => {
  const key = await workspace.key();
  await simulate(key.id, "POST", "/api/v1/posts");
  expect((await call("GET", `/api/v1/api-keys/${key.id}`, { headers })).body.data.last_used_at).toBeNull();
  expect((await call("GET", "/api/v1/posts", { headers })).body.meta.total).toBe(0);
});
