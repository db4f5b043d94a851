import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { callerOf } from "../../src/core/access/caller.ts";
import { loadPolicy } from "../../src/core/access/key-rows.ts";
import type { KeyPolicy } from "../../src/core/keys/policy.ts";
import { databaseOf } from "../../src/core/storage/database.ts";
import { callTool } from "../../src/mcp/call.ts";
import { readResource } from "../../src/mcp/resources.ts";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";

const clock = new TestClock();
let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace(clock);
  const { headers } = await workspace.key();
  expect((await call("POST", "/v1/sites", { headers, body: { name: "Bakery" } })).status).toBe(201);
});

const ITEM = "/api/backend/item";
const TABLES = ["pages", "menu", "settings", "blog_articles", "s_products", "s_orders", "s_coupons"];
const METHODS = ["GET", "POST", "PATCH", "DELETE"];

const ask = (method: string, path: string, headers: Record<string, string>) =>
  call(method, path, { headers, ...(["POST", "PATCH"].includes(method) && { body: {} }) });

describe("every door", () => {
  it("every door: the connection test answers every valid key, whatever its access type, scopes and rights", async () => {
    for (const settings of [
      { accessType: "integrations" as const, scopes: ["posts:read"] },
      { accessType: "integrations" as const, scopes: null, rights: [{ endpoint: ITEM, methods: ["GET" as const] }] },
      { scopes: null, rights: [{ endpoint: ITEM, methods: ["GET" as const], query: { table: "s_orders" } }] },
      { scopes: ["webhooks:write"] },
    ]) {
      const { headers } = await workspace.key(settings);
      const answer = await call("GET", "/v1/me", { headers });
      expect(answer.status, JSON.stringify(settings) + answer.text).toBe(200);
    }
    const { headers } = await workspace.key({ isActive: false });
    expect((await call("GET", "/v1/me", { headers })).status).toBe(401);
  });

  it("every door: a table of items is open to integrations keys where the other surfaces are, and nowhere else", async () => {
    const { headers } = await workspace.key({ accessType: "integrations" });
    const closed: string[] = [];
    for (const table of TABLES) {
      for (const method of METHODS) {
        const { status } = await ask(method, `${ITEM}?table=${table}`, headers);
        if (status === 401) closed.push(`${method} ${table}`);
      }
    }
    const content = ["pages", "menu", "settings"].flatMap((table) => METHODS.map((method) => `${method} ${table}`));
    expect(closed).toEqual([...content, "DELETE blog_articles"]);
  });

  it("every door: a simulation says of every table what the call says, by scope and by access type", async () => {
    const { headers } = await workspace.key({ accessType: "transactional" });
    const keys = [
      await workspace.key({ accessType: "integrations" }),
      await workspace.key({ scopes: ["ecommerce:read", "pages:write"] }),
      await workspace.key({ scopes: ["posts:read", "sites:write"], accessType: "integrations" }),
    ];
    for (const key of keys) {
      for (const table of [...TABLES, "none"]) {
        for (const method of METHODS) {
          const path = `${ITEM}?table=${table}`;
          const simulated = await call("POST", `/api/v1/api-keys/${key.id}/simulate`, {
            headers,
            body: { method, path },
          });
          const { status } = await ask(method, path, key.headers);
          expect([method, path, simulated.body.data.allowed]).toEqual([method, path, status !== 401]);
        }
      }
    }
  });

  it("every door: a tool asks for the access type of the call it stands for", async () => {
    const { id } = await workspace.key({ accessType: "integrations" });
    const policy = (await loadPolicy(databaseOf(env, workspace.id), id)) as KeyPolicy;
    const ctx = { ...workspace.context(), caller: callerOf(policy) };
    const tool = { server: "optimocms", tool: "list_pages", arguments: { siteId: "site_none" } };
    await expect(callTool({ ctx, input: tool })).rejects.toMatchObject({ details: { reason: "access_type" } });
    const read = readResource({ ctx, input: { uri: "sites/site_none/pages/page_none" } });
    await expect(read).rejects.toMatchObject({ details: { reason: "access_type" } });
  });
});
