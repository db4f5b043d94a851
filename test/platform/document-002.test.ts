import { beforeEach, describe, expect, it } from "vitest";
import { call, makeWorkspace, START, TestClock, type Workspace } from "../support/fixtures.ts";
import { emptyStorage } from "../support/storage.ts";
import { anId, aText, aTime, onePage } from "./support/shapes.ts";

/** Every example of document 002 as it is written; ids, host and key are replaced. */
const clock = new TestClock();
let workspace: Workspace;
let headers: Record<string, string>;
let ids: Record<string, number>;

interface Example {
  name: string;
  /** The examples that take place before, by name. */
  after?: string[];
  /** `{name}` in a path stands for an id one of those has left. */
  request: [method: string, path: string, body?: unknown];
  status: number;
  body?: unknown;
  /** Remembers the id of the answer under this name. */
  keeps?: string;
}

const WORKSPACE = { id: anId, name: aText, slug: aText, tier: aText, created_at: aTime, updated_at: aTime };
const KEY = {
  id: anId,
  name: "Mobile App Key",
  prefix: expect.stringMatching(/^optimo_live_[0-9A-Za-z]{6}$/),
  scopes: ["posts:read", "users:read"],
  rate_limit_tier: "professional",
  last_used_at: null,
  expires_at: "2027-01-01T00:00:00Z",
  created_at: aTime,
};
const A_KEY = expect.stringMatching(/^optimo_live_[0-9A-Za-z]{36}$/);
const UPGRADE_URL = expect.stringMatching(/^https:\/\//);

const EXAMPLES: Example[] = [
  {
    name: "Create Workspace",
    request: ["POST", "/workspaces", { name: "New Workspace", slug: "new-workspace", tier: "pro" }],
    status: 201,
    body: {
      message: "Workspace created successfully.",
      data: { id: anId, name: "New Workspace", slug: "new-workspace", tier: "pro", created_at: aTime },
    },
    keeps: "workspace",
  },
  {
    name: "List Workspaces",
    after: ["Create Workspace"],
    request: ["GET", "/workspaces?page=1&per_page=25"],
    status: 200,
    body: { data: [WORKSPACE, WORKSPACE], ...onePage(2) },
  },
  {
    name: "Update Workspace",
    after: ["Create Workspace"],
    request: ["PATCH", "/workspaces/{workspace}", { name: "Updated Name", settings: { timezone: "Europe/London" } }],
    status: 200,
    body: { message: aText, data: { ...WORKSPACE, name: "Updated Name", settings: { timezone: "Europe/London" } } },
  },
  {
    name: "Update Workspace, a second setting beside the first",
    after: ["Create Workspace", "Update Workspace"],
    request: ["PATCH", "/workspaces/{workspace}", { settings: { locale: "en_GB" } }],
    status: 200,
    body: { data: { settings: { timezone: "Europe/London", locale: "en_GB" } } },
  },
  {
    name: "Get Workspace",
    after: ["Create Workspace", "Update Workspace", "Update Workspace, a second setting beside the first"],
    request: ["GET", "/workspaces/{workspace}"],
    status: 200,
    body: { data: { ...WORKSPACE, settings: { timezone: "Europe/London", locale: "en_GB" } } },
  },
  {
    name: "Get Workspace, not found",
    request: ["GET", "/workspaces/1"],
    status: 404,
    body: { error: "not_found", message: "Resource not found." },
  },
  {
    name: "Create Workspace, invalid",
    request: ["POST", "/workspaces", {}],
    status: 422,
    body: {
      error: "validation_failed",
      message: "The given data was invalid.",
      errors: { name: ["The name field is required."] },
    },
  },
  {
    name: "Delete Workspace",
    after: ["Create Workspace"],
    request: ["DELETE", "/workspaces/{workspace}"],
    status: 204,
  },
  {
    name: "Create API Key",
    request: [
      "POST",
      "/api-keys",
      {
        name: "Mobile App Key",
        scopes: ["posts:read", "users:read"],
        rate_limit_tier: "professional",
        expires_at: "2027-01-01T00:00:00Z",
      },
    ],
    status: 201,
    body: { message: "API key created successfully.", data: { ...KEY, key: A_KEY } },
    keeps: "key",
  },
  {
    name: "Get API Key",
    after: ["Create API Key"],
    request: ["GET", "/api-keys/{key}"],
    status: 200,
    body: { data: { ...KEY, id: anId } },
  },
  {
    name: "List API Keys",
    after: ["Create API Key"],
    request: ["GET", "/api-keys?sort=-created_at,name"],
    status: 200,
    body: { data: expect.arrayContaining([expect.objectContaining(KEY)]), ...onePage(2) },
  },
  {
    name: "Create API Key with the documented defaults",
    request: ["POST", "/api-keys", { name: "Plain" }],
    status: 201,
    body: { data: { scopes: ["read", "write"], rate_limit_tier: "professional", expires_at: null } },
  },
  {
    name: "Create API Key, invalid",
    request: ["POST", "/api-keys", { contact_email: "nobody" }],
    status: 422,
    body: {
      error: "validation_failed",
      message: "The given data was invalid.",
      errors: {
        name: ["The name field is required."],
        contact_email: ["The contact_email must be a valid email address."],
      },
    },
  },
  {
    name: "Rotate API Key",
    after: ["Create API Key"],
    request: ["POST", "/api-keys/{key}/rotate", { grace_period_hours: 24 }],
    status: 200,
    body: {
      message: "API key rotated successfully.",
      data: {
        id: anId,
        name: "Mobile App Key",
        key: A_KEY,
        scopes: ["posts:read", "users:read"],
        grace_period_ends_at: "2026-11-21T12:00:00Z",
      },
    },
    keeps: "rotated",
  },
  {
    name: "Revoke API Key",
    after: ["Create API Key", "Rotate API Key"],
    request: ["DELETE", "/api-keys/{rotated}"],
    status: 204,
  },
  {
    name: "Check Feature Access",
    request: ["GET", "/entitlements/check?feature=posts&quantity=1"],
    status: 200,
    body: { allowed: true, feature: "posts", current_usage: 0, limit: 1000, available: 1000 },
  },
  {
    name: "Check Feature Access, limit exceeded",
    request: ["GET", "/entitlements/check?feature=posts&quantity=1001"],
    status: 200,
    body: {
      allowed: false,
      feature: "posts",
      reason: "LIMIT_EXCEEDED",
      message: "Post limit exceeded. Used: 0, Limit: 1000",
      current_usage: 0,
      limit: 1000,
      available: 1000,
      upgrade_url: UPGRADE_URL,
    },
  },
  {
    name: "Record Usage",
    request: [
      "POST",
      "/entitlements/usage",
      { feature: "api_calls", quantity: 1, metadata: { endpoint: "/api/v1/posts" } },
    ],
    status: 200,
    body: { recorded: true, feature: "api_calls", current_usage: anId, limit: 5000 },
  },
  {
    name: "Get Usage Summary",
    request: ["GET", "/entitlements/summary"],
    status: 200,
    body: {
      data: {
        workspace_id: anId,
        tier: "professional",
        entitlements: {
          posts: { used: 0, limit: 1000, available: 1000, percentage: 0 },
          api_calls: { used: anId, limit: 5000, available: anId, percentage: anId, reset_at: "2026-12-01T00:00:00Z" },
          storage: { used: 0, limit: 5368709120, available: 5368709120, percentage: 0, unit: "bytes" },
        },
      },
    },
  },
  {
    name: "Submit SEO Report",
    request: [
      "POST",
      "/seo/report",
      {
        url: "https://example.com/page",
        scores: { performance: 85, accessibility: 92, best_practices: 88, seo: 95 },
        issues: [{ type: "missing_alt", severity: "warning", element: "img.hero-image" }],
      },
    ],
    status: 201,
  },
  {
    name: "Get SEO Issues",
    after: ["Submit SEO Report"],
    request: ["GET", "/seo/issues/{own}"],
    status: 200,
    body: {
      data: [
        {
          id: anId,
          url: "https://example.com/page",
          issue_type: "missing_alt",
          severity: "warning",
          details: { element: "img.hero-image" },
          created_at: aTime,
        },
      ],
      ...onePage(1),
    },
  },
];

const run = (method: string, path: string, body?: unknown, as = headers) =>
  call(method, `/api/v1${path.replace(/\{(\w+)\}/g, (_, name) => String(ids[name]))}`, {
    headers: as,
    ...(body !== undefined && { body }),
  });

/** Begins with a workspace of a tier, and a key that manages the workspaces of its account. */
async function begin(tier: string): Promise<void> {
  workspace = await makeWorkspace(clock, tier);
  ids = { own: workspace.id };
  // As the document sends it.
  const { key } = await workspace.key({ accountAccess: true });
  headers = { Authorization: `Bearer ${key}`, Accept: "application/json" };
}

beforeEach(async () => {
  await emptyStorage();
  clock.time = START;
  await begin("professional");
});

async function works({ request: [method, path, body], status, body: shown, keeps }: Example): Promise<void> {
  const answer = await run(method, path, body);
  expect(answer.status, answer.text).toBe(status);
  if (shown) expect(answer.body).toMatchObject(shown);
  if (status === 204) expect(answer.text).toBe("");
  if (keeps) ids[keeps] = answer.body.data.id;
  expect(answer.headers.get("X-Request-ID")).toMatch(/^req_/);
  for (const name of ["Limit", "Remaining", "Reset"])
    expect(answer.headers.get(`X-RateLimit-${name}`), name).toMatch(/^\d+$/);
}

describe("document 002, endpoint by endpoint", () => {
  it.each(EXAMPLES)("document 002: $name works as written", async (example) => {
    // The document makes one of tier pro, which is not above the key that makes it.
    if (example.request[1].startsWith("/workspaces")) await begin("pro");
    for (const name of example.after ?? []) await works(EXAMPLES.find((it) => it.name === name) as Example);
    await works(example);
  });

  it("document 002's API never returns a key's value after its creation", async () => {
    const made = (await run("POST", "/api-keys", { name: "Once" })).body.data;
    const later = [await run("GET", `/api-keys/${made.id}`), await run("GET", "/api-keys?per_page=100")];
    later.push(await run("GET", "/events?type=api_key.created&limit=100"), await run("GET", "/audit-log?per_page=100"));
    for (const answer of later) {
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain(made.key);
      expect(answer.text).not.toMatch(/"(key|hash)":/);
    }
  });
});

describe("document 002's common parameters", () => {
  it("document 002's pages start at 1 with 25 items, at most 100 on request", async () => {
    for (let n = 0; n < 30; n += 1) await run("POST", "/posts", { title: `Post ${n}` });
    const first = await run("GET", "/posts");
    expect(first.body.meta).toEqual({ current_page: 1, from: 1, last_page: 2, per_page: 25, to: 25, total: 30 });
    const { links } = first.body;
    expect(links).toEqual({
      first: "https://api.example.com/api/v1/posts?page=1",
      last: "https://api.example.com/api/v1/posts?page=2",
      prev: null,
      next: "https://api.example.com/api/v1/posts?page=2",
    });
    const second = await run("GET", "/posts?page=2");
    expect(second.body.meta).toEqual({ current_page: 2, from: 26, last_page: 2, per_page: 25, to: 30, total: 30 });
    expect((await run("GET", "/posts?per_page=100")).body.data).toHaveLength(30);
    expect((await run("GET", "/posts?per_page=101")).body.errors).toEqual({ per_page: ["must be at most 100"] });
  });

  it("document 002's lists refuse unknown sort, field, include and status names by naming the known ones", async () => {
    const answer = await run("GET", "/posts?sort=colour&fields=id,colour&include=colour&status=colour");
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual({
      sort: [expect.stringContaining("use created_at, title, published_at, updated_at")],
      fields: [expect.stringContaining("use id, title, slug")],
      include: ["colour is not a known include; use author, site"],
      status: ["must be one of draft, published, archived"],
    });
    expect((await run("GET", "/users?include=owner")).body.errors).toEqual({
      include: ["owner is not a known include; there are none"],
    });
    expect((await run("GET", "/workspaces?include=owner")).body.data[0]).toHaveProperty("owner");
  });
});

describe("document 002's error bodies", () => {
  it("document 002's error bodies: 401: a missing and an unknown key, word for word alike", async () => {
    const { key } = await workspace.key();
    const unknown = `${key.slice(0, -10)}0000000000`;
    for (const as of [{}, { Authorization: "Bearer sk_live_abc123def456" }, { Authorization: `Bearer ${unknown}` }]) {
      const answer = await run("GET", "/posts", undefined, as as Record<string, string>);
      expect(answer.status).toBe(401);
      expect(answer.body).toMatchObject({ error: "unauthorized", message: "Invalid or missing API key." });
    }
  });

  it("document 002's error bodies: 403: the missing scope by its name", async () => {
    const reader = await workspace.key({ scopes: ["posts:read"] });
    const answer = await run("POST", "/posts", { title: "Hello" }, reader.headers);
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({
      error: "access_denied",
      message: "Insufficient permissions. Required scope: posts:write",
    });
  });

  it("document 002's error bodies: 403: a used-up feature with the way to upgrade", async () => {
    const small = await makeWorkspace(clock, "professional");
    const as = (await small.key()).headers;
    const counter = "INSERT INTO collection_counts VALUES (?, 'posts:draft', 1000)";
    await small.ctx.env.DB.prepare(counter).bind(`${small.id}:live`).run();
    const answer = await run("POST", "/posts", { title: "One too many" }, as);
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({
      error: "feature_limit_reached",
      message: "You have reached your limit for this feature.",
      feature: "posts",
      upgrade_url: UPGRADE_URL,
    });
  });
});

describe("document 002's idempotency", () => {
  const send = (key: string, body: unknown, as = headers) =>
    call("POST", "/api/v1/posts", { headers: { ...as, "Idempotency-Key": key }, body });

  it("document 002's Idempotency-Key repeats the status and body within 24 hours and creates nothing twice", async () => {
    const uuid = "550e8400-e29b-41d4-a716-446655440000";
    const total = async () => (await run("GET", "/posts?per_page=1")).body.meta.total;
    const before = await total();
    const first = await send(uuid, { title: "Only once" });
    expect(first.status).toBe(201);
    clock.advance(24 * 3_600_000 - 1);
    const again = await send(uuid, { title: "Only once" });
    expect([again.status, again.text]).toEqual([first.status, first.text]);
    expect(again.headers.get("Idempotency-Replayed")).toBe("true");
    expect(await total()).toBe(before + 1);
    expect((await send(uuid, { title: "Something else" })).status).toBe(422);
    clock.advance(1);
    const anew = await send(uuid, { title: "Only once" });
    expect(anew.status, anew.text).toBe(201);
    expect(anew.body.data.id).not.toBe(first.body.data.id);
  });

  it("document 002's Idempotency-Key keeps one caller's key from answering another caller", async () => {
    const other = await workspace.key();
    const mine = await send("shared", { title: "Mine" });
    const theirs = await send("shared", { title: "Mine" }, other.headers);
    expect(theirs.status).toBe(201);
    expect(theirs.body.data.id).not.toBe(mine.body.data.id);
  });

  it.each(["PATCH", "DELETE"])("document 002's Idempotency-Key holds for %s too", async (method) => {
    const { id } = (await run("POST", "/posts", { title: `For ${method}` })).body.data;
    const as = { ...headers, "Idempotency-Key": `for-${method}` };
    const change = () =>
      call(method, `/api/v1/posts/${id}`, {
        headers: as,
        ...(method === "PATCH" && { body: { title: "Changed" } }),
      });
    const [first, again] = [await change(), await change()];
    expect(first.status).toBe(method === "PATCH" ? 200 : 204);
    expect([again.status, again.text]).toEqual([first.status, first.text]);
  });
});
