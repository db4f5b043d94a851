import { beforeAll, describe, expect, it } from "vitest";
import type { z } from "@hono/zod-openapi";
import { openApiDocument, statusesOf } from "../../src/openapi.ts";
import { call, TestClock } from "../support/fixtures.ts";
import { exampleBody, OPERATIONS } from "../support/registry.ts";
import { makeTenant, type Tenant, validCall } from "../security/world.ts";

const clock = new TestClock();
let tenant: Tenant;

beforeAll(async () => {
  tenant = await makeTenant(clock);
});

describe("the description", () => {
  it("the description names every operation once", () => {
    const ids = OPERATIONS.map(({ endpoint }) => endpoint.operationId);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const titles = OPERATIONS.map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  it("the description is served to anybody, and lists every operation with its statuses", async () => {
    const answer = await call("GET", "/openapi.json");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("*");
    for (const { surface, endpoint, route } of OPERATIONS) {
      const described = answer.body.paths[route][endpoint.method];
      expect(described.operationId).toBe(endpoint.operationId);
      const statuses = Object.keys(described.responses).map(Number).sort();
      expect(statuses).toEqual([...statusesOf(surface, endpoint)].sort());
    }
  });

  it("the description carries no key, no machine path and no internal name", () => {
    const text = JSON.stringify(openApiDocument("https://api.example.com"));
    expect(text).not.toMatch(/_(live|sandbox)_[0-9A-Za-z]{36}|\/home\/|D1_|KEY_OBJECT|durable object/i);
  });
});

describe.each(OPERATIONS)("$title", (operation) => {
  const { endpoint, params } = operation;

  it(`${operation.title} has an operation id, a tag, a summary without a full stop, and a schema for every path parameter`, () => {
    expect(endpoint.operationId).toMatch(/^[a-z][A-Za-z]+$/);
    expect(endpoint.tag).not.toBe("");
    expect(endpoint.summary.length).toBeGreaterThan(5);
    expect(endpoint.summary).not.toMatch(/\.$/);
    expect(Object.keys((endpoint.params as z.ZodObject | undefined)?.shape ?? {}).sort()).toEqual([...params].sort());
  });

  it(`${operation.title} tells what a success looks like`, () => {
    if (endpoint.success.status !== 204) expect(endpoint.success.description).not.toBe("");
    if (endpoint.success.list) expect(endpoint.success.data).toBeDefined();
  });
});

describe.each(OPERATIONS.filter(({ endpoint }) => endpoint.body))("$title", (operation) => {
  it(`${operation.title} accepts the example body it shows`, async () => {
    expect(operation.endpoint.body?.safeParse(exampleBody(operation)).success).toBe(true);
    // Past the cooldown of the site's last publish.
    clock.advance(10 * 60_000);
    const { method, path, body } = validCall(operation, tenant.ids);
    const answer = await call(method, path, { headers: tenant.headers, body });
    const { success } = operation.endpoint;
    const successes = [success.status, ...(success.also ?? []).map((it) => it.status), 409];
    expect(successes, answer.text).toContain(answer.status);
  });
});
