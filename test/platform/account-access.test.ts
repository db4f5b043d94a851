import { beforeEach, describe, expect, it } from "vitest";
import { addUser } from "../../src/platform/users/service.ts";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";

const clock = new TestClock();
let workspace: Workspace;
let owner: Record<string, string>;
let plain: Record<string, string>;
let ofSite: Record<string, string>;
let siteId: string;
let sibling: number;

const found = async (tier: string): Promise<number> => {
  const made = await call("POST", "/api/v1/workspaces", { headers: owner, body: { name: "Sibling", tier } });
  expect(made.status, made.text).toBe(201);
  return made.body.data.id;
};

beforeEach(async () => {
  workspace = await makeWorkspace(clock);
  owner = (await workspace.key({ accountAccess: true })).headers;
  plain = (await workspace.key()).headers;
  siteId = (await call("POST", "/v1/sites", { headers: owner, body: { name: "Bakery" } })).body.data.id;
  ofSite = (await workspace.key({ siteIds: [siteId] })).headers;
  sibling = await found("pro");
});

const inside = (headers: Record<string, string>, id: number, method = "GET", body?: unknown) =>
  call(method, "/api/v1/posts", { headers: { ...headers, "X-Workspace-ID": String(id) }, body });

describe("account access", () => {
  it("account access is needed to act in another workspace, whatever the id: without it nothing is learned", async () => {
    for (const headers of [plain, ofSite]) {
      for (const id of [sibling, 12_345]) {
        const answer = await inside(headers, id);
        expect([answer.status, answer.body.reason]).toEqual([403, "account_access"]);
      }
      expect((await inside(headers, workspace.id)).status).toBe(200);
    }
    expect((await inside(owner, sibling)).status).toBe(200);
  });

  it("account access is needed to see, make, change or delete another workspace", async () => {
    for (const headers of [plain, ofSite]) {
      const list = await call("GET", "/api/v1/workspaces", { headers });
      expect(list.body.data.map(({ id }: { id: number }) => id)).toEqual([workspace.id]);
      expect((await call("GET", `/api/v1/workspaces/${sibling}`, { headers })).status).toBe(404);
    }
    const path = `/api/v1/workspaces/${sibling}`;
    expect((await call("PATCH", path, { headers: plain, body: { name: "Mine" } })).status).toBe(404);
    expect((await call("DELETE", path, { headers: plain })).status).toBe(404);
    expect((await call("POST", "/api/v1/workspaces", { headers: plain, body: { name: "New" } })).status).toBe(403);
    const all = await call("GET", "/api/v1/workspaces", { headers: owner });
    expect(all.body.data.map(({ id }: { id: number }) => id).sort()).toEqual([workspace.id, sibling].sort());
  });

  it("account access is given only by a key that has it, stays with rotation, and is not handed on unasked", async () => {
    const make = (headers: Record<string, string>, settings: object) =>
      call("POST", "/api/v1/api-keys", { headers, body: { name: "Child", scopes: ["posts:read"], ...settings } });
    expect((await make(plain, { account_access: true })).status).toBe(403);
    expect((await make(owner, {})).body.data.account_access).toBe(false);
    const child = (await make(owner, { account_access: true })).body.data;
    expect(child.account_access).toBe(true);
    const path = `/api/v1/api-keys/${child.id}`;
    expect((await call("PATCH", path, { headers: plain, body: { name: "Taken" } })).status).toBe(403);
    expect((await call("POST", `${path}/rotate`, { headers: plain })).status).toBe(403);
    const rotated = await call("POST", `${path}/rotate`, { headers: owner });
    expect(rotated.body.data.account_access).toBe(true);
    const own = (await make(owner, {})).body.data.id;
    const raised = { headers: plain, body: { account_access: true } };
    expect((await call("PATCH", `/api/v1/api-keys/${own}`, raised)).status).toBe(403);
  });

  it("account access and a list of sites do not go together, in either order", async () => {
    const body = { name: "Both", site_ids: [siteId], account_access: true };
    const made = await call("POST", "/api/v1/api-keys", { headers: owner, body });
    expect([made.status, Object.keys(made.body.errors)]).toEqual([422, ["account_access"]]);
    const wide = await workspace.key({ accountAccess: true });
    const narrow = await workspace.key({ siteIds: [siteId] });
    for (const [id, change] of [
      [wide.id, { site_ids: [siteId] }],
      [narrow.id, { account_access: true }],
    ] as const) {
      const answer = await call("PATCH", `/api/v1/api-keys/${id}`, { headers: owner, body: change });
      expect([answer.status, Object.keys(answer.body.errors)]).toEqual([422, ["account_access"]]);
    }
  });

  it("a workspace without API access is closed to the account's other keys too", async () => {
    const trial = await found("trial");
    for (const [method, body] of [["GET"], ["POST", { title: "In trial" }]] as const) {
      const answer = await inside(owner, trial, method, body);
      expect([answer.status, answer.body.error]).toEqual([403, "feature_limit_reached"]);
    }
  });
});

describe("a key limited to sites", () => {
  it("a key limited to sites sees, of the keys, itself and those it could have made", async () => {
    const weaker = await workspace.key({ siteIds: [siteId], scopes: ["posts:read"] });
    const list = await call("GET", "/api/v1/api-keys?per_page=100", { headers: ofSite });
    const seen = list.body.data.map((key: { site_ids: string[] | null }) => key.site_ids);
    expect(seen.length).toBe(list.body.meta.total);
    expect(seen.every((sites: unknown) => JSON.stringify(sites) === JSON.stringify([siteId]))).toBe(true);
    expect((await call("GET", `/api/v1/api-keys/${weaker.id}`, { headers: ofSite })).status).toBe(200);
    const wide = await workspace.key();
    expect((await call("GET", `/api/v1/api-keys/${wide.id}`, { headers: ofSite })).status).toBe(403);
    const reader = (await workspace.key({ siteIds: [siteId], scopes: ["api-keys:read"] })).headers;
    const own = await call("GET", "/api/v1/api-keys", { headers: reader });
    expect(own.body.meta.total).toBe(1);
  });

  it("a key limited to sites sees, searches and sorts members without their e-mail", async () => {
    const ctx = workspace.context();
    const user = addUser({ ctx, input: { name: "Ada", email: "ada@hidden.example", role: "owner" } });
    await ctx.unit.commit();
    for (const path of ["/users", `/users/${user.id}`, "/users?search=hidden.example", "/users?sort=email"]) {
      const answer = await call("GET", `/api/v1${path}`, { headers: ofSite });
      expect([path, answer.status, answer.text.includes('hidden.example"')]).toEqual([path, 200, false]);
    }
    const searched = await call("GET", "/api/v1/users?search=hidden.example", { headers: ofSite });
    expect(searched.body.data).toEqual([]);
    expect((await call("GET", `/api/v1/users/${user.id}`, { headers: plain })).body.data.email).toBe(
      "ada@hidden.example",
    );
  });
});
