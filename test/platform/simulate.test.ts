import { exports } from "cloudflare:workers";
import { beforeAll, expect, it } from "vitest";
import { call, makeWorkspace, requestOf, TestClock, type Workspace } from "../support/fixtures.ts";

const clock = new TestClock();
let workspace: Workspace;
let headers: Record<string, string>;
const sites: { id: string; slug: string }[] = [];

beforeAll(async () => {
  workspace = await makeWorkspace(clock);
  headers = (await workspace.key({ accountAccess: true })).headers;
  for (const name of ["One", "Two"]) {
    const made = await call("POST", "/v1/sites", { headers, body: { name } });
    sites.push(made.body.data);
  }
});

const simulate = (id: number, method: string, path: string) =>
  call("POST", `/api/v1/api-keys/${id}/simulate`, { headers, body: { method, path } });

it("simulate knows the site that a call of /api names, by id and by slug, as the call does", async () => {
  const key = await workspace.key({ siteIds: [sites[0]?.id as string] });
  const names = [...sites.flatMap(({ id, slug }) => [id, slug]), "site_none"];
  const paths = ["/api/pages", "/api/menu", "/api/settings", "/api/backend/item?table=s_orders"];
  const seen: unknown[] = [];
  for (const path of paths) {
    for (const name of names) {
      const named = `${path}${path.includes("?") ? "&" : "?"}site=${name}`;
      const { allowed, status, cause } = (await simulate(key.id, "GET", named)).body.data;
      const real = await call("GET", named, { headers: key.headers });
      const isRefused = real.status === 401;
      expect([named, allowed, allowed ? null : status]).toEqual([named, !isRefused, isRefused ? 401 : null]);
      if (isRefused) seen.push([path, name, cause]);
    }
  }
  const [, other] = sites;
  expect(seen).toEqual(paths.flatMap((path) => [other?.id, other?.slug].map((name) => [path, name, "site"])));
});

it("simulate looks from the address and the workspace that it is told, else from where it is asked", async () => {
  const key = await workspace.key({ allowedIps: ["192.0.2.7"] });
  const ask = async (body: object, from = "192.0.2.9") => {
    const more = { ...headers, "CF-Connecting-IP": from };
    const answer = await call("POST", `/api/v1/api-keys/${key.id}/simulate`, {
      headers: more,
      body: { method: "GET", path: "/api/v1/posts", ...body },
    });
    return answer.body.data ? [answer.body.data.status, answer.body.data.cause] : answer.status;
  };
  expect(await ask({})).toEqual([403, "ip_not_allowed"]);
  expect(await ask({}, "192.0.2.7")).toEqual([200, null]);
  expect(await ask({ ip: "192.0.2.7" })).toEqual([200, null]);
  expect(await ask({ ip: "192.0.2.8" }, "192.0.2.7")).toEqual([403, "ip_not_allowed"]);
  expect(await ask({ ip: "here" })).toBe(422);
  const stranger = await makeWorkspace(clock);
  expect(await ask({ ip: "192.0.2.7", workspace_id: stranger.id })).toEqual([403, "account_access"]);
  expect(await ask({ ip: "192.0.2.7", workspace_id: workspace.id })).toEqual([200, null]);
});

it("simulate reads a path as the router does", async () => {
  const key = await workspace.key();
  for (const path of ["/v1/m%65", "/v1/%6D%65", "/api/v1/mcp/servers/optim%6Fcms", "/v1/me%2F", "/v1/%zz"]) {
    const { allowed, status } = (await simulate(key.id, "GET", path)).body.data;
    // Not `call`: the description names no such path.
    const { status: real } = await exports.default.fetch(requestOf("GET", path, { headers: key.headers }));
    expect([path, allowed, status]).toEqual([path, real === 200, real]);
  }
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
  expect(await verdict(key.id, "HEAD", "/v1/me?")).toEqual([true, 200]);
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

it("simulate says of a query that is not taken what the call says of it", async () => {
  const key = await workspace.key();
  const id = sites[0]?.id;
  const paths = [
    ...[`/v1/sites/${id}/pages?limit=-5`, `/v1/sites/${id}/pages?include=nothing&limit=0`, "/v1/sites?limit=1&limit=2"],
    ...["/api/v1/posts?sort=nothing", "/api/v1/entitlements/check", `/api/backend/item?table=none&site=${id}`],
  ];
  for (const path of paths) {
    const { allowed, status, reason } = (await simulate(key.id, "GET", path)).body.data;
    // Not `call`: the description knows no such query.
    const real = await exports.default.fetch(requestOf("GET", path, { headers: key.headers }));
    const { error, message = error.message } = await real.json<{ error: { message: string }; message?: string }>();
    expect([path, allowed, status, reason]).toEqual([path, true, real.status, message]);
    expect([400, 422]).toContain(real.status);
  }
});
