import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { jobContext } from "../../src/core/work/job-context.ts";
import { createKey } from "../../src/platform/api-keys/service/create.ts";
import { foundWorkspace } from "../../src/platform/workspaces/service/found.ts";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";

const clock = new TestClock();
let workspace: Workspace;
let headers: Record<string, string>;

beforeEach(async () => {
  workspace = await makeWorkspace(clock, "enterprise");
  headers = (await workspace.key({ accountAccess: true })).headers;
});

const workspaces = (method: string, path: string, body?: unknown, as = headers) =>
  call(method, `/api/v1/workspaces${path}`, { headers: as, ...(body !== undefined && { body }) });

async function newWorkspace(body: Record<string, unknown> = {}, as = headers): Promise<number> {
  const made = await workspaces("POST", "", { name: "Another", tier: "pro", ...body }, as);
  expect(made.status, made.text).toBe(201);
  return made.body.data.id;
}

describe("the contract", () => {
  it("the account's contract bounds the tier of every workspace of the account: above it is 403 with the way to upgrade", async () => {
    const slug = `contract-${crypto.randomUUID().slice(0, 8)}`;
    const input = { name: "Small", slug, tier: "free", contractTier: "pro" };
    const founded = await foundWorkspace(env, input, clock.time);
    const tenant = { workspaceId: founded.caller.workspaceId, environment: "live" as const };
    const ctx = jobContext(env, tenant, "test", clock.time);
    const { key } = await createKey({ ctx, input: { name: "Owner", scopes: ["*"], accountAccess: true } });
    await ctx.unit.commit();
    const as = { "X-Api-Key": key };
    for (const [method, path, body] of [
      ["POST", "", { name: "Big", tier: "agency" }],
      ["PATCH", `/${tenant.workspaceId}`, { tier: "enterprise" }],
    ] as const) {
      const refused = await workspaces(method, path, body, as);
      expect(refused.status).toBe(403);
      expect(refused.body).toMatchObject({
        error: "feature_limit_reached",
        message: "You have reached your limit for this feature.",
        feature: "tier",
        upgrade_url: expect.stringMatching(/^https:/),
      });
    }
    expect((await workspaces("PATCH", `/${tenant.workspaceId}`, { tier: "pro" }, as)).status).toBe(200);
    expect((await workspaces("POST", "", { name: "Tierless" }, as)).body.data.tier).toBe("free");
  });

  it("a new workspace is of no tier above that of the key that makes it, so that the key can make keys in it", async () => {
    const slug = `own-tier-${crypto.randomUUID().slice(0, 8)}`;
    const founded = await foundWorkspace(
      env,
      { name: "Mine", slug, tier: "pro", contractTier: "enterprise" },
      clock.time,
    );
    const tenant = { workspaceId: founded.caller.workspaceId, environment: "live" as const };
    const ctx = jobContext(env, tenant, "test", clock.time);
    const { key } = await createKey({ ctx, input: { name: "Owner", scopes: ["*"], accountAccess: true } });
    await ctx.unit.commit();
    const as = { "X-Api-Key": key };
    const refused = await workspaces("POST", "", { name: "Big", tier: "enterprise" }, as);
    expect([refused.status, refused.body.errors]).toEqual([
      422,
      { tier: ["may not be above the tier of the key that makes the workspace, which is pro"] },
    ]);
    const id = await newWorkspace({ tier: "pro" }, as);
    const inIt = { ...as, "X-Workspace-ID": String(id) };
    expect((await call("POST", "/api/v1/api-keys", { headers: inIt, body: { name: "Default" } })).status).toBe(201);
  });

  it("the account's contract holds a lowered tier on the very next call of every warm key", async () => {
    const id = await newWorkspace({ tier: "pro" });
    const inside = { ...headers, "X-Workspace-ID": String(id) };
    const keys: { "X-Api-Key": string }[] = [];
    for (const environment of ["live", "live", "live", "sandbox"]) {
      const made = await call("POST", "/api/v1/api-keys", { headers: inside, body: { name: "Warm", environment } });
      keys.push({ "X-Api-Key": made.body.data.key });
    }
    const limits = async (path: string) =>
      Promise.all(
        keys.map(async (key) => (await call("GET", path, { headers: key })).headers.get("X-RateLimit-Limit")),
      );
    for (let round = 0; round < 3; round += 1) await limits("/v1/me");
    expect(await limits("/v1/me")).toEqual(["600", "600", "600", "600"]);
    expect((await workspaces("PATCH", `/${id}`, { tier: "starter" })).status).toBe(200);
    expect(await limits("/v1/me")).toEqual(["10", "10", "10", "10"]);
    expect(await limits("/api/v1/posts")).toEqual(["1000", "1000", "1000", "1000"]);
    expect((await workspaces("PATCH", `/${id}`, { tier: "trial" })).status).toBe(200);
    const refused = await Promise.all(keys.map((key) => call("GET", "/v1/me", { headers: key })));
    expect(refused.map((it) => it.status)).toEqual([403, 403, 403, 403]);
  });
});

describe("slugs", () => {
  it("slugs of workspaces are made from the name, and give way to a taken one", async () => {
    const name = `Çafé & Söhne ${crypto.randomUUID().slice(0, 8)}`;
    const [first, second] = await Promise.all([1, 2].map(() => workspaces("POST", "", { name })));
    expect([first?.status, second?.status]).toEqual([201, 201]);
    const slugs = [first?.body.data.slug, second?.body.data.slug].sort();
    expect(slugs[0]).toMatch(/^cafe-and-soehne-[0-9a-f]{8}$/);
    expect(slugs[1]).toMatch(new RegExp(`^${slugs[0]}-\\d+$`));
    expect((await workspaces("POST", "", { name: "🎉" })).body.data.slug).toMatch(/^workspace-\d+$/);
  });

  it("slugs of workspaces that were asked for and are taken are 409, malformed ones 422", async () => {
    const slug = `wanted-${crypto.randomUUID().slice(0, 8)}`;
    const id = await newWorkspace({ slug });
    const taken = await workspaces("POST", "", { name: "Late", slug });
    expect([taken.status, taken.body.error, Object.keys(taken.body.errors)]).toEqual([409, "conflict", ["slug"]]);
    expect((await workspaces("PATCH", `/${workspace.id}`, { slug })).status).toBe(409);
    for (const wrong of ["", "Upper", "a b", "-a", "a--b", "a".repeat(101), "deleted:1"])
      expect((await workspaces("POST", "", { name: "Wrong", slug: wrong })).status, wrong).toBe(422);
    // A deleted workspace frees its slug at once, and nobody can stand in the way of a deletion.
    const next = await newWorkspace({ slug: `deleted-${id}` });
    expect((await workspaces("DELETE", `/${id}`)).status).toBe(204);
    expect((await workspaces("POST", "", { name: "Heir", slug })).status).toBe(201);
    expect((await workspaces("GET", `/${next}`)).body.data.slug).toBe(`deleted-${id}`);
  });
});

describe("X-Workspace-ID", () => {
  const inWorkspace = (id: string, as = headers) =>
    call("GET", "/api/v1/posts", { headers: { ...as, "X-Workspace-ID": id } });

  it("X-Workspace-ID selects another workspace of the same account, and only there the call takes place", async () => {
    const id = await newWorkspace();
    const inside = { ...headers, "X-Workspace-ID": String(id) };
    const made = await call("POST", "/api/v1/posts", { headers: inside, body: { title: "Over there" } });
    expect(made.status, made.text).toBe(201);
    expect((await inWorkspace(String(id))).body.meta.total).toBe(1);
    expect((await inWorkspace(String(workspace.id))).body.meta.total).toBe(0);
    expect((await call("GET", `/api/v1/posts/${made.body.data.id}`, { headers })).status).toBe(404);
    const summary = await call("GET", "/api/v1/entitlements/summary", { headers: inside });
    expect(summary.body.data).toMatchObject({ workspace_id: id, tier: "pro" });
  });

  it("X-Workspace-ID answers 404 for another account's workspace and a deleted one, as for one that does not exist", async () => {
    const foreign = await makeWorkspace(clock);
    const deleted = await newWorkspace();
    await workspaces("DELETE", `/${deleted}`);
    const bodies = [];
    for (const id of [foreign.id, deleted, 1]) {
      const { status, body } = await inWorkspace(String(id));
      bodies.push([status, { ...body, request_id: "" }]);
    }
    expect(bodies[0]).toEqual([404, { error: "not_found", message: "Resource not found.", request_id: "" }]);
    expect(bodies[1]).toEqual(bodies[0]);
    expect(bodies[2]).toEqual(bodies[0]);
  });

  it("X-Workspace-ID is refused for keys limited to sites, and as junk", async () => {
    const id = await newWorkspace();
    const limited = await workspace.key({ siteIds: ["site_01AAAAAAAAAAAAAAAAAAAAAAAA"] });
    expect((await inWorkspace(String(id), limited.headers)).status).toBe(403);
    expect((await inWorkspace(String(workspace.id), limited.headers)).status).toBe(200);
    const elsewhere = await call("GET", `/api/v1/seo/issues/${id}`, { headers: limited.headers });
    expect(elsewhere.status).toBe(403);
    for (const junk of ["", "abc", "-1", "0", "1.5", "1e3", "1 OR 1=1", "9".repeat(17)]) {
      const answer = await inWorkspace(junk);
      expect([answer.status, Object.keys(answer.body.errors ?? {})], junk).toEqual([422, ["X-Workspace-ID"]]);
    }
  });

  it("X-Workspace-ID makes another call of the same Idempotency-Key: 422, not the first workspace's answer", async () => {
    const id = await newWorkspace();
    const as = { ...headers, "Idempotency-Key": "one-for-two-workspaces" };
    const body = { title: "Where am I?" };
    const here = await call("POST", "/api/v1/posts", { headers: as, body });
    const there = await call("POST", "/api/v1/posts", { headers: { ...as, "X-Workspace-ID": String(id) }, body });
    expect([here.status, there.status, there.body.error]).toEqual([201, 422, "idempotency_key_reused"]);
  });

  it("X-Workspace-ID does not lift a key's own bounds", async () => {
    const id = await newWorkspace({ tier: "pro" });
    const reader = await workspace.key({
      scopes: ["posts:read", "api-keys:write"],
      accountAccess: true,
      rateLimitTier: "starter",
    });
    const as = { ...reader.headers, "X-Workspace-ID": String(id) };
    expect((await call("POST", "/api/v1/posts", { headers: as, body: { title: "No" } })).status).toBe(403);
    const make = (body: object) => call("POST", "/api/v1/api-keys", { headers: as, body: { name: "Child", ...body } });
    expect((await make({ scopes: ["*"] })).status).toBe(403);
    expect((await make({ scopes: ["posts:read"], rate_limit_tier: null })).status).toBe(403);
    const child = await make({ scopes: ["posts:read"] });
    expect(child.status, child.text).toBe(201);
    expect(child.body.data.rate_limit_tier).toBe("starter");
    const sandbox = await workspace.key({ environment: "sandbox", accountAccess: true });
    const live = await call("POST", "/api/v1/api-keys", {
      headers: { ...sandbox.headers, "X-Workspace-ID": String(id) },
      body: { name: "Live", environment: "live" },
    });
    expect(live.status).toBe(403);
  });
});
