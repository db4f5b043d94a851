import { beforeAll, describe, expect, it } from "vitest";
import { env } from "cloudflare:workers";
import { z } from "@hono/zod-openapi";
import { SCOPES } from "../../src/core/keys/scopes.ts";
import { allRoutes } from "../../src/core/http/registry.ts";
import { operationOf } from "../../src/mcp/tool.ts";
import { parametersOf } from "../../src/mcp/parameters.ts";
import { MCP_SERVERS } from "../../src/mcp/servers.ts";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";

const clock = new TestClock();
const TOOLS = MCP_SERVERS.flatMap(({ tools }) => tools);
let workspace: Workspace;
let headers: Record<string, string>;
let siteId: string;
let pageId: string;

const callTool = (tool: string, args: unknown, as = headers, more: Record<string, string> = {}) =>
  call("POST", "/api/v1/mcp/tools/call", {
    headers: { ...as, ...more },
    body: { server: "optimocms", tool, arguments: args },
  });

const read = (path: string, as = headers) => call("GET", `/api/v1/mcp${path}`, { headers: as });

async function makeSite(as = headers): Promise<{ siteId: string; pageId: string }> {
  const site = await call("POST", "/v1/sites", { headers: as, body: { name: "Bakery", locales: ["en", "de"] } });
  const id = site.body.data.id;
  const page = await call("POST", `/v1/sites/${id}/pages`, { headers: as, body: { title: "Contact" } });
  return { siteId: id, pageId: page.body.data.id };
}

const eventsOf = async (id: string) =>
  (
    await env.DB.prepare("SELECT type FROM events WHERE json_extract(data, '$.id') = ? ORDER BY seq")
      .bind(id)
      .all<{ type: string }>()
  ).results.map(({ type }) => type);

beforeAll(async () => {
  workspace = await makeWorkspace(clock);
  headers = (await workspace.key()).headers;
  ({ siteId, pageId } = await makeSite());
});

describe("the tool registry", () => {
  it.each(TOOLS.map((tool) => [tool.name, tool] as const))(
    "the tool %s keeps the rules of the contract",
    (name, tool) => {
      expect(name).toMatch(/^[a-z]+(_[a-z]+)+$/);
      expect(tool.description.length).toBeGreaterThan(20);
      if (tool.scope !== null) expect(SCOPES).toContain(tool.scope);
      expect(tool.input).toBeInstanceOf(z.ZodObject);
      expect(tool.input.safeParse({ surprise: 1 }).error?.issues.some((it) => it.code === "unrecognized_keys")).toBe(
        true,
      );
      for (const [parameter, { type, description, required }] of Object.entries(parametersOf(tool))) {
        expect(type, parameter).toMatch(/^(string|integer|number|boolean|array|object)$/);
        expect(description, parameter).toBeTruthy();
        expect(typeof required, parameter).toBe("boolean");
      }
    },
  );

  it("the tool registry has each name once, and the tools that are promised", () => {
    const names = TOOLS.map((tool) => tool.name);
    expect(new Set(names).size).toBe(names.length);
    const promised =
      "list_sites get_site list_pages get_page create_page update_page delete_page list_page_versions restore_page_version preview_page publish_site rollback_site get_usage list_block_types list_custom_blocks" +
      " generate_page translate_page assist_content get_job cancel_job search_media import_media" +
      " list_products get_product create_product update_product adjust_product_stock list_categories create_category update_category list_orders get_order update_order refund_order list_coupons create_coupon" +
      " list_reviews moderate_review list_forms list_form_submissions list_members get_member_status earn_points list_rewards redeem_reward get_analytics" +
      " list_booking_services get_available_slots list_bookings create_booking get_available_tables create_reservation list_campaigns create_campaign";
    expect(names.sort()).toEqual(promised.split(" ").sort());
  });

  it("a tool is named after the REST operation it stands for, and asks for the same scope", () => {
    for (const tool of TOOLS) {
      const operation = allRoutes().find(({ endpoint }) => endpoint.operationId === operationOf(tool));
      expect(operation?.endpoint.scope, tool.name).toBe(tool.scope);
    }
  });

  it("the tool registry writes down the scope of every tool that is not about the key itself, or about jobs, which ask for their kind's", () => {
    expect(TOOLS.filter((tool) => tool.scope === null).map((tool) => tool.name)).toEqual([
      "get_job",
      "cancel_job",
      "get_usage",
      "list_block_types",
    ]);
  });
});

describe("servers and tools as document 002 writes them", () => {
  it("MCP as document 002 writes it lists the servers with the names of their tools", async () => {
    const list = await read("/servers");
    expect(list.status, list.text).toBe(200);
    expect(list.body.data).toEqual([
      { id: "optimocms", name: "OptimoCMS", description: expect.any(String), tools: TOOLS.map((it) => it.name) },
    ]);
    expect(list.body.meta).toMatchObject({ current_page: 1, per_page: 25, total: 1 });
    const one = await read("/servers/optimocms");
    expect(one.body.data).toEqual(list.body.data[0]);
  });

  it("MCP as document 002 writes it lists a server's tools with their parameters", async () => {
    const list = await read("/servers/optimocms/tools?per_page=2&page=2");
    expect(list.status, list.text).toBe(200);
    expect(list.body.data.map((it: { name: string }) => it.name)).toEqual(["list_pages", "get_page"]);
    expect(list.body.data[1]).toEqual({
      name: "get_page",
      description: expect.any(String),
      required_scope: "pages:read",
      parameters: {
        siteId: expect.objectContaining({ type: "string", description: expect.any(String), required: true }),
        pageId: expect.objectContaining({ type: "string", description: expect.any(String), required: true }),
      },
    });
    expect(list.body.data[0].parameters.limit).toMatchObject({ type: "integer", required: false, maximum: 100 });
    const all = await read("/servers/optimocms/tools");
    const create = all.body.data.find((it: { name: string }) => it.name === "create_page").parameters;
    expect(create.title).toMatchObject({ type: "string", required: true });
    expect(create.parentId).toMatchObject({ type: "string", nullable: true, required: false });
    expect(create.blocks).toMatchObject({ type: "array", required: false });
  });

  it("MCP as document 002 writes it answers 404 to servers and tools there are not", async () => {
    for (const path of ["/servers/filesystem", "/servers/filesystem/tools", "/servers/__proto__"]) {
      expect((await read(path)).status, path).toBe(404);
    }
    const body = { server: "filesystem", tool: "read_file", arguments: { path: "/path/to/file.txt" } };
    const unknown = await call("POST", "/api/v1/mcp/tools/call", { headers, body });
    expect(unknown.status).toBe(404);
    expect(unknown.body).toMatchObject({ error: "not_found", message: "Resource not found." });
    for (const tool of ["read_file", "constructor", "GET_SITE"]) {
      expect((await callTool(tool, {})).status).toBe(404);
    }
  });
});

describe("calling tools", () => {
  it("a tool reads what the Content API reads", async () => {
    const site = await callTool("get_site", { siteId });
    expect(site.status, site.text).toBe(200);
    expect(Object.keys(site.body)).toEqual(["result"]);
    expect(site.body.result).toEqual((await call("GET", `/v1/sites/${siteId}`, { headers })).body.data);
    const page = await callTool("get_page", { siteId, pageId });
    expect(page.body.result.title).toBe("Contact");
    const pages = await callTool("list_pages", { siteId, limit: 1, status: "all", search: "contact" });
    expect(pages.body.result).toMatchObject({ pages: [{ id: pageId }], pagination: { total: 1, limit: 1 } });
    expect((await callTool("list_pages", { siteId, status: "published" })).body.result.pages).toEqual([]);
    const sites = await callTool("list_sites", {});
    expect(sites.body.result.sites.map((it: { id: string }) => it.id)).toContain(siteId);
  });

  it("a tool pages through a list with the cursor it gave", async () => {
    await callTool("create_page", { siteId, title: "Second" });
    const first = await callTool("list_pages", { siteId, limit: 1 });
    const { nextCursor } = first.body.result.pagination;
    const second = await callTool("list_pages", { siteId, limit: 1, cursor: nextCursor });
    expect(second.body.result.pages[0].id).not.toBe(first.body.result.pages[0].id);
  });

  it("a tool writes with the events and the audit entry of the REST call, in the key's name", async () => {
    const key = await workspace.key();
    const made = await callTool("create_page", { siteId, title: "Opening hours", status: "published" }, key.headers);
    expect(made.status, made.text).toBe(200);
    const { id } = made.body.result;
    const changed = await callTool("update_page", { siteId, pageId: id, title: "Hours", expectedVersion: 1 });
    expect(changed.body.result).toMatchObject({ title: "Hours", slug: "opening-hours", version: 2 });
    const stale = await callTool("update_page", { siteId, pageId: id, title: "Late", expectedVersion: 1 });
    expect(stale.status).toBe(412);
    const gone = await callTool("delete_page", { siteId, pageId: id });
    expect(gone.body).toEqual({ result: { deleted: true, id } });
    expect((await callTool("get_page", { siteId, pageId: id })).status).toBe(404);
    expect(await eventsOf(id)).toEqual(["page.created", "page.updated", "page.deleted"]);
    const audit = await env.DB.prepare("SELECT actor, action FROM audit_log WHERE target_id = ? ORDER BY seq")
      .bind(id)
      .all();
    expect(audit.results[0]).toEqual({ actor: `key:${key.id}`, action: "page.created" });
  });

  it("a tool publishes and rolls back, and says which limit a second publish hits", async () => {
    const site = await makeSite();
    const first = await callTool("publish_site", { siteId: site.siteId });
    expect(first.body.result, first.text).toMatchObject({ status: "live", number: 1 });
    const cooling = await callTool("publish_site", { siteId: site.siteId });
    expect(cooling.status).toBe(429);
    expect(cooling.body).toMatchObject({ limit_name: "publish_cooldown", limit_scope: "site" });
    const again = await callTool("publish_site", { siteId: site.siteId });
    expect([again.status, again.body.limit_name, again.body.remaining]).toEqual([429, "publish_cooldown", 0]);
    clock.advance(5 * 60_000);
    expect((await callTool("publish_site", { siteId: site.siteId })).body.result.number).toBe(2);
    const back = await callTool("rollback_site", { siteId: site.siteId });
    expect(back.body.result, back.text).toMatchObject({ id: first.body.result.id, status: "live" });
  });

  it("a tool makes a link to a draft, that people can open before it is published", async () => {
    const made = await callTool("preview_page", { siteId, pageId, expiresIn: 600, label: "To look at" });
    expect(made.body.result, made.text).toMatchObject({ pageId, label: "To look at", status: "active" });
    const url = new URL(made.body.result.url);
    expect(url.origin).toBe("https://api.example.com");
    const shown = await call("GET", url.pathname, { headers: { "CF-Connecting-IP": "192.0.2.9" } });
    expect([shown.status, shown.text]).toEqual([200, expect.stringContaining("<h1>Contact</h1>")]);
  });

  it("a tool publishes nothing with a sandbox key", async () => {
    const sandbox = (await workspace.key({ environment: "sandbox" })).headers;
    const site = await makeSite(sandbox);
    expect((await callTool("publish_site", { siteId: site.siteId }, sandbox)).body.result.dryRun).toBe(true);
    expect((await callTool("get_site", { siteId }, sandbox)).status).toBe(404);
  });

  it("a tool does a call with an Idempotency-Key once", async () => {
    const once = { "Idempotency-Key": "make-about" };
    const first = await callTool("create_page", { siteId, title: "About" }, headers, once);
    const again = await callTool("create_page", { siteId, title: "About" }, headers, once);
    expect(again.headers.get("Idempotency-Replayed")).toBe("true");
    expect(again.text).toBe(first.text);
    expect(await eventsOf(first.body.result.id)).toEqual(["page.created"]);
    expect((await callTool("create_page", { siteId, title: "Other" }, headers, once)).status).toBe(422);
  });
});

describe("what a tool refuses", () => {
  it("a tool names wrong arguments as arguments.<field>, all at once", async () => {
    const cases: [string, unknown, string[]][] = [
      ["get_site", {}, ["arguments.siteId"]],
      ["get_page", { siteId: 7, page: "x" }, ["arguments.page", "arguments.pageId", "arguments.siteId"]],
      ["list_sites", { limit: 101, status: "paused" }, ["arguments.limit", "arguments.status"]],
      ["list_sites", { cursor: "made up" }, ["arguments.cursor"]],
      ["create_page", { siteId, title: "" }, ["arguments.title"]],
      ["create_page", { siteId, title: "X", locale: "fr" }, ["arguments.locale"]],
      ["create_page", { siteId, title: "X", blocks: [{ type: 1 }] }, ["arguments.blocks.0.type"]],
      ["update_page", { siteId, pageId }, ["arguments"]],
      ["rollback_site", { siteId, deploymentId: "dep_nobody" }, ["arguments.deploymentId"]],
      ["get_usage", { verbose: true }, ["arguments.verbose"]],
    ];
    for (const [tool, args, fields] of cases) {
      const answer = await callTool(tool, args);
      expect(answer.status, `${tool} ${answer.text}`).toBe(422);
      expect(Object.keys(answer.body.errors).sort(), tool).toEqual(fields);
    }
  });

  it("a tool refuses malformed and hostile calls", async () => {
    for (const body of [{}, { server: "optimocms" }, { server: "optimocms", tool: "get_usage", arguments: [] }]) {
      expect((await call("POST", "/api/v1/mcp/tools/call", { headers, body })).status).toBe(422);
    }
    const extra = { server: "optimocms", tool: "get_usage", scope: "*" };
    const refused = await call("POST", "/api/v1/mcp/tools/call", { headers, body: extra });
    expect(refused.body.errors).toHaveProperty("scope");
    expect((await callTool("get_site", { siteId: "' OR 1=1 --" })).status).toBe(404);
    expect((await callTool("get_site", { siteId: "../sites" })).status).toBe(404);
  });

  it("a tool does not need arguments where a tool has none", async () => {
    const body = { server: "optimocms", tool: "get_usage" };
    const answer = await call("POST", "/api/v1/mcp/tools/call", { headers, body });
    expect(answer.body.result, answer.text).toMatchObject({ period: "2026-11", tier: "enterprise" });
  });
});

describe("what a key may do through MCP", () => {
  it("MCP needs mcp:read and mcp:write, and the tool's own scope, each named", async () => {
    const none = (await workspace.key({ scopes: ["pages:*", "sites:*"] })).headers;
    expect((await read("/servers", none)).body.message).toBe("Insufficient permissions. Required scope: mcp:read");
    expect((await callTool("list_sites", {}, none)).body.message).toContain("Required scope: mcp:write");
    const bare = (await workspace.key({ scopes: ["mcp:*", "sites:read"] })).headers;
    expect((await callTool("get_site", { siteId }, bare)).status).toBe(200);
    for (const tool of TOOLS.filter((it) => it.scope !== null && it.scope !== "sites:read")) {
      const answer = await callTool(tool.name, { siteId, pageId, title: "X" }, bare);
      expect(answer.status, tool.name).toBe(403);
      expect(answer.body).toMatchObject({
        error: "access_denied",
        message: `Insufficient permissions. Required scope: ${tool.scope}`,
      });
    }
    expect((await callTool("get_usage", {}, bare)).status).toBe(200);
  });

  it("MCP keeps to the key's sites: 403 for another of the workspace, 404 for everybody else's", async () => {
    const other = await makeSite();
    const stranger = (await (await makeWorkspace(clock)).key()).headers;
    const theirs = await makeSite(stranger);
    const limited = (await workspace.key({ siteIds: [siteId] })).headers;
    expect((await callTool("get_page", { siteId, pageId }, limited)).status).toBe(200);
    for (const tool of ["get_site", "list_pages", "publish_site", "rollback_site"]) {
      expect((await callTool(tool, { siteId: other.siteId }, limited)).status, tool).toBe(403);
      const unknown = await callTool(tool, { siteId: "site_01KAGW6PSZ0000000000000000" }, limited);
      const foreign = await callTool(tool, { siteId: theirs.siteId }, limited);
      expect(foreign.status, tool).toBe(404);
      expect({ ...foreign.body, request_id: "" }).toEqual({ ...unknown.body, request_id: "" });
    }
    const listed = await callTool("list_sites", {}, limited);
    expect(listed.body.result.sites.map((it: { id: string }) => it.id)).toEqual([siteId]);
    const away = await callTool("get_page", { siteId, pageId: theirs.pageId });
    expect(away.status).toBe(404);
    expect((await callTool("delete_page", { siteId: theirs.siteId, pageId: theirs.pageId })).status).toBe(404);
    const kept = await call("GET", `/v1/sites/${theirs.siteId}/pages/${theirs.pageId}`, { headers: stranger });
    expect(kept.status).toBe(200);
  });

  it("MCP is not open to keys of access type integrations, nor without the route's own right", async () => {
    const integrations = (await workspace.key({ accessType: "integrations" })).headers;
    expect((await callTool("list_sites", {}, integrations)).status).toBe(403);
    const rights = [{ endpoint: "/api/v1/mcp/servers", methods: ["GET" as const] }];
    const narrow = (await workspace.key({ rights })).headers;
    expect((await read("/servers", narrow)).status).toBe(200);
    expect((await callTool("list_sites", {}, narrow)).status).toBe(403);
  });
});

describe("resources", () => {
  it("MCP resources are read by an address with slashes, encoded or not", async () => {
    const site = (await call("GET", `/v1/sites/${siteId}`, { headers })).body.data;
    const page = (await call("GET", `/v1/sites/${siteId}/pages/${pageId}`, { headers })).body.data;
    for (const path of [`sites/${siteId}`, `sites%2F${siteId}`, encodeURIComponent(`sites/${siteId}`)]) {
      const answer = await read(`/resources/${path}`);
      expect(answer.status, answer.text).toBe(200);
      expect(answer.body.data).toEqual({ uri: `sites/${siteId}`, mime_type: "application/json", content: site });
    }
    for (const path of [`sites/${siteId}/pages/${pageId}`, `sites%2F${siteId}%2Fpages%2F${pageId}`]) {
      expect((await read(`/resources/${path}`)).body.data.content, path).toEqual(page);
    }
  });

  it("MCP resources are 404 for every other address, hostile ones too", async () => {
    const paths = [
      "sites",
      "sites/",
      `sites/${siteId}/pages`,
      `sites/${siteId}/pages/`,
      `sites/${siteId}/pages/${pageId}/x`,
      `//sites/${siteId}`,
      `sites%2F..%2Fsites%2F${siteId}`,
      `sites%252F${siteId}`,
      "file%3A%2F%2F%2Fetc%2Fpasswd",
      "sites%2F%00",
      "%E0%A4%A",
    ];
    for (const path of paths) expect((await read(`/resources/${path}`)).status, path).toBe(404);
    expect((await read("/resources")).status).toBe(404);
  });

  it("MCP resources want the scope and the site that the REST call wants", async () => {
    const bare = (await workspace.key({ scopes: ["mcp:read", "sites:read"] })).headers;
    expect((await read(`/resources/sites/${siteId}`, bare)).status).toBe(200);
    const refused = await read(`/resources/sites/${siteId}/pages/${pageId}`, bare);
    expect(refused.status).toBe(403);
    expect(refused.body.message).toContain("pages:read");
    const other = await makeSite();
    const limited = (await workspace.key({ siteIds: [siteId] })).headers;
    expect((await read(`/resources/sites/${other.siteId}`, limited)).status).toBe(403);
    const stranger = (await (await makeWorkspace(clock)).key()).headers;
    const theirs = await read(`/resources/sites/${siteId}`, stranger);
    const unknown = await read("/resources/sites/site_01KAGW6PSZ0000000000000000", stranger);
    expect(theirs.status).toBe(404);
    expect({ ...theirs.body, request_id: "" }).toEqual({ ...unknown.body, request_id: "" });
  });

  it("MCP resources can be asked about before they are called", async () => {
    const key = await workspace.key({ scopes: ["posts:read"] });
    const simulated = await call("POST", `/api/v1/api-keys/${key.id}/simulate`, {
      headers,
      body: { method: "GET", path: `/api/v1/mcp/resources/sites/${siteId}/pages/${pageId}` },
    });
    expect(simulated.body.data, simulated.text).toMatchObject({
      allowed: false,
      endpoint: "/api/v1/mcp/resources/{uri}",
      required_scope: "mcp:read",
    });
  });
});

describe("the monthly MCP allowance", () => {
  it("the monthly MCP allowance is the starter plan's 500 calls, shared by all keys of the workspace; the 501st is told so", async () => {
    const starter = await makeWorkspace(clock, "starter");
    const keys = [(await starter.key()).headers, (await starter.key()).headers];
    for (let i = 0; i < 500; i += 1) {
      const answer = await callTool("list_sites", {}, keys[i % 2]);
      expect(answer.status, `${i}: ${answer.text}`).toBe(200);
    }
    const usage = await call("GET", "/v1/usage", { headers: keys[0] });
    expect(usage.body.data.mcpCalls).toEqual({ used: 500, limit: 500, remaining: 0 });
    for (const key of keys) {
      const denied = await callTool("list_sites", {}, key);
      expect(denied.status).toBe(429);
      expect(denied.body).toMatchObject({
        error: "rate_limit_exceeded",
        limit_name: "monthly_mcp_calls",
        limit_scope: "workspace",
        limit: 500,
        remaining: 0,
      });
      // 2026-12-01 is when the month ends.
      const until = (Date.UTC(2026, 11, 1) - clock.time) / 1000;
      expect(Number(denied.headers.get("Retry-After"))).toBe(Math.ceil(until));
    }
    // Denied means nothing spent, and what is not MCP goes on.
    const after = await call("GET", "/v1/usage", { headers: keys[1] });
    expect(after.body.data.mcpCalls.used).toBe(500);
    expect(after.body.data.apiCalls.used).toBe(502);
    expect((await read("/servers", keys[0])).status).toBe(200);
  });

  it("the monthly MCP allowance is not spent by reading servers, tools and resources, or by a publish the cooldown denies", async () => {
    const mine = await makeWorkspace(clock, "professional");
    const as = (await mine.key()).headers;
    const site = await makeSite(as);
    await read("/servers", as);
    await read("/servers/optimocms/tools", as);
    await read(`/resources/sites/${site.siteId}`, as);
    await callTool("publish_site", { siteId: site.siteId }, as);
    expect((await callTool("publish_site", { siteId: site.siteId }, as)).status).toBe(429);
    const usage = await call("GET", "/v1/usage", { headers: as });
    expect(usage.body.data.mcpCalls).toMatchObject({ used: 1, limit: 2_500 });
  });
});
