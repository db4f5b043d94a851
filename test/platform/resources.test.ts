import { beforeEach, describe, expect, it } from "vitest";
import { addUser } from "../../src/platform/users/service.ts";
import { call, makeWorkspace, START, TestClock, type Workspace } from "../support/fixtures.ts";

const clock = new TestClock();
let workspace: Workspace;
let headers: Record<string, string>;
let authorId: number;

beforeEach(async () => {
  clock.time = START;
  workspace = await makeWorkspace(clock, "free");
  headers = (await workspace.key()).headers;
  const ctx = workspace.context();
  authorId = addUser({ ctx, input: { name: "Ada Baker", email: "Ada@example.com", role: "owner" } }).id;
  await ctx.unit.commit();
});

describe("posts", () => {
  it("posts are created, changed, listed with their author, and deleted", async () => {
    const made = await call("POST", "/api/v1/posts", { headers, body: { title: "Hello", author_id: authorId } });
    expect(made.status, made.text).toBe(201);
    const { id } = made.body.data;
    const changed = await call("PATCH", `/api/v1/posts/${id}`, { headers, body: { status: "published" } });
    expect(changed.body.data.published_at).toBe("2026-11-20T12:00:00Z");
    const list = await call("GET", "/api/v1/posts?status=published&include=author&fields=id,title&search=hell", {
      headers,
    });
    expect(list.body.data, list.text).toEqual([
      { id, title: "Hello", author: expect.objectContaining({ name: "Ada Baker", email: "ada@example.com" }) },
    ]);
    expect((await call("DELETE", `/api/v1/posts/${id}`, { headers })).status).toBe(204);
    expect((await call("GET", `/api/v1/posts/${id}`, { headers })).status).toBe(404);
    const feed = await call("GET", "/api/v1/events?type=post.deleted", { headers });
    expect(feed.body.data[0]).toMatchObject({ type: "post.deleted", data: { id, title: "Hello" } });
    const log = await call("GET", "/api/v1/audit-log?search=post.&sort=created_at", { headers });
    expect(log.body.data.map((entry: { action: string }) => entry.action)).toEqual([
      "post.created",
      "post.updated",
      "post.deleted",
    ]);
  });

  it("posts stop at the plan's limit, however many are created at once", async () => {
    const bodies = Array.from({ length: 99 }, (_, n) => ({ title: `Post ${n}` }));
    for (const body of bodies) {
      clock.advance(1_000);
      expect((await call("POST", "/api/v1/posts", { headers, body })).status).toBe(201);
    }
    clock.advance(60_000);
    const both = await Promise.all(
      [1, 2, 3].map((n) => call("POST", "/api/v1/posts", { headers, body: { title: `Last ${n}` } })),
    );
    expect(both.map((answer) => answer.status).sort()).toEqual([201, 403, 403]);
    const refused = both.find((answer) => answer.status === 403);
    expect(refused?.body).toMatchObject({
      error: "feature_limit_reached",
      message: "You have reached your limit for this feature.",
      feature: "posts",
    });
    const check = await call("GET", "/api/v1/entitlements/check?feature=posts", { headers });
    expect(check.body).toMatchObject({
      allowed: false,
      feature: "posts",
      reason: "LIMIT_EXCEEDED",
      message: "Post limit exceeded. Used: 100, Limit: 100",
      current_usage: 100,
      limit: 100,
      available: 0,
    });
  });
});

describe("entitlements", () => {
  it("entitlements count what is recorded, once per Idempotency-Key", async () => {
    const body = { feature: "api_calls", quantity: 7, metadata: { endpoint: "/api/v1/posts" } };
    const before = await call("GET", "/api/v1/entitlements/summary", { headers });
    const first = await call("POST", "/api/v1/entitlements/usage", {
      headers: { ...headers, "Idempotency-Key": "u1" },
      body,
    });
    expect(first.status, first.text).toBe(200);
    const again = await call("POST", "/api/v1/entitlements/usage", {
      headers: { ...headers, "Idempotency-Key": "u1" },
      body,
    });
    expect(again.text).toBe(first.text);
    const after = await call("GET", "/api/v1/entitlements/summary", { headers });
    const used = (answer: typeof after) => answer.body.data.entitlements.api_calls.used;
    // Seven recorded, and three calls of our own.
    expect(used(after) - used(before)).toBe(7 + 3);
    const custom = await call("POST", "/api/v1/entitlements/usage", {
      headers,
      body: { feature: "exports", quantity: 2 },
    });
    expect(custom.body).toEqual({ recorded: true, feature: "exports", current_usage: 2, limit: null });
  });
});

describe("SEO reports", () => {
  it("SEO reports are stored with their issues, which replace earlier ones on the same address", async () => {
    const body = {
      url: "https://example.com/page",
      scores: { performance: 85, accessibility: 92, best_practices: 88, seo: 95 },
      issues: [{ type: "missing_alt", severity: "warning", element: "img.hero-image" }],
    };
    for (let n = 0; n < 2; n += 1)
      expect((await call("POST", "/api/v1/seo/report", { headers, body })).status).toBe(201);
    const issues = await call("GET", `/api/v1/seo/issues/${workspace.id}`, { headers });
    expect(issues.body.data, issues.text).toEqual([
      {
        id: expect.any(Number),
        url: "https://example.com/page",
        issue_type: "missing_alt",
        severity: "warning",
        details: { element: "img.hero-image" },
        created_at: expect.any(String),
      },
    ]);
  });
});

describe("keys of access type integrations", () => {
  it("keys of access type integrations reach only the published endpoints and never see a hidden attribute", async () => {
    const partner = await workspace.key({ accessType: "integrations", attributes: ["name"] });
    const users = await call("GET", "/api/v1/users", { headers: partner.headers });
    expect(users.status, users.text).toBe(200);
    expect(users.text).not.toContain("ada@example.com");
    expect(users.body.data[0].name).toBe("Ada Baker");
    expect((await call("GET", "/api/v1/users?search=example.com", { headers: partner.headers })).body.data).toEqual([]);
    const refused = await call("GET", "/api/v1/audit-log", { headers: partner.headers });
    expect(refused.status).toBe(403);
    const types = await call("GET", "/api/v1/access-types", { headers: partner.headers });
    expect(types.body.data[1].endpoints).toContainEqual({ method: "GET", endpoint: "/api/v1/users" });
  });
});
