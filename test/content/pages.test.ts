import { beforeAll, describe, expect, it } from "vitest";
import { call, makeWorkspace, TestClock } from "../support/fixtures.ts";

const clock = new TestClock();
let headers: Record<string, string>;
let siteId: string;

beforeAll(async () => {
  const workspace = await makeWorkspace(clock);
  headers = (await workspace.key()).headers;
  const site = await call("POST", "/v1/sites", { headers, body: { name: "Blue Door Bakery", locales: ["en", "de"] } });
  expect(site.status, site.text).toBe(201);
  siteId = site.body.data.id;
});

describe("pages", () => {
  it("creates a page and reads it back", async () => {
    const made = await call("POST", `/v1/sites/${siteId}/pages`, { headers, body: { title: "Contact" } });
    expect(made.status, made.text).toBe(201);
    const read = await call("GET", `/v1/sites/${siteId}/pages/${made.body.data.id}`, { headers });
    expect(read.body.data).toEqual(made.body.data);
    const list = await call("GET", `/v1/sites/${siteId}/pages?search=conta`, { headers });
    expect(list.body.pagination, list.text).toEqual({ total: 1, limit: 25, nextCursor: null });
    const published = await call("POST", `/v1/sites/${siteId}/publish`, { headers });
    expect(published.status, published.text).toBe(200);
    const again = await call("POST", `/v1/sites/${siteId}/publish`, { headers });
    expect(again.status).toBe(429);
    const me = await call("GET", "/v1/me", { headers });
    expect(me.status, me.text).toBe(200);
    const usage = await call("GET", "/v1/usage", { headers });
    expect(usage.status, usage.text).toBe(200);
  });
});
