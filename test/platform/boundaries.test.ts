import { beforeAll, describe, expect, it } from "vitest";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";

const clock = new TestClock();
let workspace: Workspace;
let headers: Record<string, string>;
let siteId: string;

beforeAll(async () => {
  workspace = await makeWorkspace(clock);
  headers = (await workspace.key()).headers;
  siteId = (await call("POST", "/v1/sites", { headers, body: { name: "Bakery" } })).body.data.id;
});

describe("a sandbox key", () => {
  it("a sandbox key neither makes nor changes nor deletes a workspace", async () => {
    const sandbox = (await workspace.key({ environment: "sandbox" })).headers;
    const path = `/api/v1/workspaces/${workspace.id}`;
    const attempts = [
      await call("POST", "/api/v1/workspaces", { headers: sandbox, body: { name: "New" } }),
      await call("PATCH", path, { headers: sandbox, body: { tier: "starter" } }),
      await call("DELETE", path, { headers: sandbox }),
    ];
    expect(attempts.map((answer) => answer.status)).toEqual([403, 403, 403]);
    expect((await call("GET", path, { headers: sandbox })).status).toBe(200);
  });
});

describe("X-Workspace-ID", () => {
  it("X-Workspace-ID is refused by name where it is not read, unless it names the key's own workspace", async () => {
    const of = (id: string) => call("GET", "/v1/sites", { headers: { ...headers, "X-Workspace-ID": id } });
    expect((await of(String(workspace.id))).status).toBe(200);
    const other = await of("12345");
    expect(other.status).toBe(400);
    expect(other.body.error.details.fields).toHaveProperty("X-Workspace-ID");
  });
});

describe("a tool", () => {
  it("a tool needs the right its REST operation needs, where the key has rights", async () => {
    const rights = [
      { endpoint: "*", methods: ["GET" as const] },
      { endpoint: "/api/v1/mcp/tools/call", methods: ["POST" as const] },
    ];
    const limited = (await workspace.key({ scopes: ["*"], rights })).headers;
    const tool = (name: string, args: object) =>
      call("POST", "/api/v1/mcp/tools/call", {
        headers: limited,
        body: { server: "optimocms", tool: name, arguments: args },
      });
    expect((await tool("list_pages", { siteId })).status).toBe(200);
    const refused = await tool("create_page", { siteId, title: "No" });
    expect(refused.status, refused.text).toBe(403);
    expect(refused.body.reason).toBe("right");
  });
});

describe("names and sizes", () => {
  it("a feature called constructor is a feature like any other", async () => {
    const check = await call("GET", "/api/v1/entitlements/check?feature=constructor", { headers });
    expect(check.body).toMatchObject({ allowed: true, current_usage: 0, limit: null });
    const body = { feature: "constructor", quantity: 2 };
    expect((await call("POST", "/api/v1/entitlements/usage", { headers, body })).body.current_usage).toBe(2);
  });

  it("settings do not grow beyond their limit by being patched piece by piece", async () => {
    const path = `/api/v1/workspaces/${workspace.id}`;
    const piece = (name: string) => ({ settings: { [name]: "x".repeat(150_000) } });
    expect((await call("PATCH", path, { headers, body: piece("a") })).status).toBe(200);
    const second = await call("PATCH", path, { headers, body: piece("b") });
    expect(second.status).toBe(422);
    expect(second.body.errors).toHaveProperty("settings");
  });

  it("a number too large to keep is refused rather than stored as nothing", async () => {
    const raw = '{"settings":{"a":1e400}}';
    const typed = { ...headers, "Content-Type": "application/json" };
    const answer = await call("PATCH", `/api/v1/workspaces/${workspace.id}`, { headers: typed, body: raw });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toHaveProperty(["settings.a"]);
  });

  it("an imported key's environment is the one its value names", async () => {
    const body = { name: "Old", key: `sk_live_${"a".repeat(32)}`, environment: "sandbox" };
    const answer = await call("POST", "/api/v1/api-keys/import", { headers, body });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toHaveProperty("environment");
  });

  it("addresses mapped into IPv6 are the IPv4 addresses they are", async () => {
    const six = await workspace.key({ allowedIps: ["::/0"] });
    const from = { ...six.headers, "CF-Connecting-IP": "2001:db8::1" };
    const body = { name: "four", allowed_ips: ["::ffff:0:0/96"] };
    expect((await call("POST", "/api/v1/api-keys", { headers: from, body })).status).toBe(403);
  });
});

describe("a rollback", () => {
  it("a rollback calls off a queued publish, which would bring back what it undoes", async () => {
    const publish = (body: object = {}) => call("POST", `/v1/sites/${siteId}/publish`, { headers, body });
    expect((await publish()).status).toBe(200);
    clock.advance(300_000);
    expect((await publish()).status).toBe(200);
    const queued = await publish({ ifCooldown: "queue" });
    expect(queued.status).toBe(202);
    const list = (status: string) => call("GET", `/v1/sites/${siteId}/deployments?status=${status}`, { headers });
    expect((await list("scheduled")).body.data).toHaveLength(1);
    expect((await call("POST", `/v1/sites/${siteId}/rollback`, { headers })).status).toBe(200);
    expect((await list("scheduled")).body.pagination.total).toBe(0);
    expect((await list("cancelled")).body.data[0].id).toBe(queued.body.data.id);
    expect((await list("live")).body.data[0].number).toBe(1);
    expect((await list("superseded")).body.data[0].number).toBe(2);
  });
});
