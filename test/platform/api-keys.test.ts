import { beforeEach, describe, expect, it } from "vitest";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";

const clock = new TestClock();
let workspace: Workspace;
let headers: Record<string, string>;

beforeEach(async () => {
  workspace = await makeWorkspace(clock, "pro");
  headers = (await workspace.key({ accountAccess: true })).headers;
});

const create = (body: object, as = headers) => call("POST", "/api/v1/api-keys", { headers: as, body });

describe("API keys as document 002 writes them", () => {
  it("document 002's API creates a key whose value works and is shown once", async () => {
    const made = await create({
      name: "Mobile App Key",
      scopes: ["posts:read", "users:read"],
      rate_limit_tier: "pro",
      expires_at: "2027-01-01T00:00:00Z",
    });
    expect(made.status, made.text).toBe(201);
    expect(made.body.message).toBe("API key created successfully.");
    expect(made.body.data).toMatchObject({
      name: "Mobile App Key",
      scopes: ["posts:read", "users:read"],
      rate_limit_tier: "pro",
      expires_at: "2027-01-01T00:00:00Z",
      created_at: "2026-11-20T12:00:00Z",
    });
    const me = await call("GET", "/v1/me", { headers: { Authorization: `Bearer ${made.body.data.key}` } });
    expect(me.status).toBe(200);
    const got = await call("GET", `/api/v1/api-keys/${made.body.data.id}`, { headers });
    expect(got.status).toBe(200);
    expect(got.text).not.toContain(made.body.data.key);
  });

  it("document 002's API lists keys with numbered pages and links that keep the other parameters", async () => {
    await create({ name: "Second" });
    const list = await call("GET", "/api/v1/api-keys?per_page=1&sort=-created_at,name&fields=id,name", { headers });
    expect(list.status, list.text).toBe(200);
    expect(list.body.meta).toMatchObject({ current_page: 1, per_page: 1, from: 1, to: 1, total: 2, last_page: 2 });
    expect(Object.keys(list.body.data[0])).toEqual(["id", "name"]);
    expect(list.body.links.next).toContain("per_page=1");
    const next = await call("GET", list.body.links.next.replace("https://api.example.com", ""), { headers });
    expect(next.body.meta.current_page).toBe(2);
    const wrong = await call("GET", "/api/v1/api-keys?sort=colour&fields=hash&include=owner", { headers });
    expect(wrong.status).toBe(422);
    expect(Object.keys(wrong.body.errors).sort()).toEqual(["fields", "include", "sort"]);
  });

  it("document 002's API rotates, revokes and simulates keys", async () => {
    const made = (await create({ name: "CI", scopes: ["pages:write"] })).body.data;
    const rotated = await call("POST", `/api/v1/api-keys/${made.id}/rotate`, {
      headers,
      body: { grace_period_hours: 24 },
    });
    expect(rotated.status, rotated.text).toBe(200);
    expect(rotated.body.data.grace_period_ends_at).toBe("2026-11-21T12:00:00Z");
    const simulated = await call("POST", `/api/v1/api-keys/${rotated.body.data.id}/simulate`, {
      headers,
      body: { method: "GET", path: "/v1/sites" },
    });
    expect(simulated.body.data).toMatchObject({ allowed: false, status: 403, required_scope: "sites:read" });
    expect((await call("DELETE", `/api/v1/api-keys/${rotated.body.data.id}`, { headers })).status).toBe(204);
    const after = await call("GET", "/v1/me", { headers: { "X-Api-Key": rotated.body.data.key } });
    expect(after.status).toBe(401);
  });

  it("document 002's API creates, changes and deletes workspaces, whose keys stop at once", async () => {
    const made = await call("POST", "/api/v1/workspaces", { headers, body: { name: "New Workspace", tier: "pro" } });
    expect(made.status, made.text).toBe(201);
    const id = made.body.data.id;
    const inside = { ...headers, "X-Workspace-ID": String(id) };
    const key = await create({ name: "Inside", scopes: ["*"] }, inside);
    expect(key.status, key.text).toBe(201);
    const as = { "X-Api-Key": key.body.data.key };
    expect((await call("GET", "/v1/me", { headers: as })).body.data.workspace.id).toBe(id);
    const lowered = await call("PATCH", `/api/v1/workspaces/${id}`, { headers, body: { tier: "starter" } });
    expect(lowered.status, lowered.text).toBe(200);
    expect((await call("GET", "/v1/me", { headers: as })).headers.get("X-RateLimit-Limit")).toBe("10");
    expect((await call("DELETE", `/api/v1/workspaces/${id}`, { headers })).status).toBe(204);
    expect((await call("GET", "/v1/me", { headers: as })).status).toBe(401);
    const progress = await call("GET", `/api/v1/workspaces/${id}/deletion`, { headers });
    expect(progress.body.data, progress.text).toMatchObject({ workspace_id: id, status: "running" });
  });
});
