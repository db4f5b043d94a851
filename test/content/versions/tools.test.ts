import { beforeAll, describe, expect, it } from "vitest";
import type { Caller } from "../../../src/core/work/context.ts";
import { visibleFields } from "../../../src/core/keys/attributes.ts";
import { Client, makeSite, type TestSite } from "../../support/client.ts";
import { TestClock } from "../../support/fixtures.ts";

const clock = new TestClock();
let at: TestSite;

beforeAll(async () => {
  at = await makeSite(clock);
});

const tool = async (name: string, args: object, settings: object = {}) => {
  const { headers } = await at.workspace.key(settings);
  const api = new Client(clock, headers, "/api/v1");
  return api.post("/mcp/tools/call", { server: "optimocms", tool: name, arguments: { siteId: at.siteId, ...args } });
};

describe("the tools for versions", () => {
  it("a model lists a page's versions and restores one, which can be undone in turn", async () => {
    const page = await at.site.create("/pages", { title: "Written by hand" });
    await at.site.patch(`/pages/${page.id}`, { title: "Rewritten by a model" });
    const listed = await tool("list_page_versions", { pageId: page.id });
    expect(listed.status, listed.text).toBe(200);
    expect(listed.text).toContain('"changedFields"');
    const restored = await tool("restore_page_version", { pageId: page.id, version: 1, expectedVersion: 2 });
    expect(restored.status, restored.text).toBe(200);
    expect((await at.site.get(`/pages/${page.id}`)).body.data).toMatchObject({ title: "Written by hand", version: 3 });
    const late = await tool("restore_page_version", { pageId: page.id, version: 2, expectedVersion: 2 });
    expect(late.status).toBe(412);
    await tool("restore_page_version", { pageId: page.id, version: 2 });
    expect((await at.site.get(`/pages/${page.id}`)).body.data.title).toBe("Rewritten by a model");
  });

  it("a key that may only read restores nothing", async () => {
    const page = await at.site.create("/pages", { title: "Kept" });
    const scopes = ["mcp:write", "mcp:read", "pages:read"];
    expect((await tool("list_page_versions", { pageId: page.id }, { scopes })).status).toBe(200);
    expect((await tool("restore_page_version", { pageId: page.id, version: 1 }, { scopes })).status).toBe(403);
  });
});

describe("the fields that a version is said to have changed", () => {
  it("a key that may not see a personal field is not told that it was changed", () => {
    const limited = {
      kind: "key",
      policy: { accessType: "integrations", attributes: ["customerName"] },
    } as unknown as Caller;
    const fields = ["customerName", "customerEmail", "status"];
    expect(visibleFields(limited, "order", fields)).toEqual(["customerName", "status"]);
    expect(visibleFields({ kind: "job" }, "order", fields)).toEqual(fields);
  });
});
