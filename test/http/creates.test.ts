import { beforeAll, describe, expect, it } from "vitest";
import { call, TestClock } from "../support/fixtures.ts";
import { OPERATIONS } from "../support/registry.ts";
import { makeTenant, type Tenant, validCall } from "../security/world.ts";

const clock = new TestClock();
let tenant: Tenant;

beforeAll(async () => {
  tenant = await makeTenant(clock);
  // Only a key that speaks for the account makes workspaces.
  tenant.headers = (await tenant.workspace.key({ accountAccess: true })).headers;
});

/** What visitors hand over and cannot have back: it has a place that only the owner may look at. */
const HANDED_OVER = ["subscribeToPush", "submitForm"];

const CREATES = OPERATIONS.filter(
  ({ endpoint }) => endpoint.success.status === 201 && !HANDED_OVER.includes(endpoint.operationId),
);

describe.each(CREATES)("$title", (operation) => {
  it(`${operation.title} says where what it made is`, async () => {
    clock.advance(60_000);
    const { method, path, body: example, headers: needed } = validCall(operation, tenant.ids);
    // The slug of the example may be taken; without it one is made.
    const { slug: _, ...rest } = example as Record<string, unknown>;
    const body = example instanceof FormData ? example : rest;
    const made = await call(method, path, { headers: { ...needed, ...tenant.headers }, body });
    // What is there already has its place, too.
    const successes = [201, ...(operation.endpoint.success.also ?? []).map(({ status }) => status)];
    expect(successes, made.text).toContain(made.status);
    const location = made.headers.get("Location") as string;
    const found = await call("GET", location, { headers: tenant.headers });
    expect([location, found.status]).toEqual([expect.stringMatching(/^\//), 200]);
    const data = made.body.data ?? made.body;
    // A translation tells of two pages.
    const id = data.translatedPageId ?? data.id;
    if (!found.body.meta?.total) expect((found.body.data ?? found.body).id).toBe(id);
  });
});

describe("messages", () => {
  it.each([
    ["POST", "/api/v1/posts", { title: 1, tags: "x", content: "a".repeat(500_001), excerpt: "b".repeat(501) }],
    ["POST", "/api/v1/api-keys", { name: "", scopes: [1], contact_email: "nobody", monthly_cap: 1.5, is_active: 1 }],
    ["POST", "/api/v1/workspaces", { settings: [], tier: 1, slug: 1 }],
    ["POST", "/api/v1/seo/report", { url: 1, scores: 1, issues: {} }],
    ["POST", "/v1/sites", { name: 1, settings: [], locales: {}, designTokens: 1 }],
  ])("the messages of %s %s are words of ours, not the validator's", async (method, path, body) => {
    const answer = await call(method, path, { headers: tenant.headers, body });
    const messages = Object.values(answer.body.errors ?? answer.body.error.details.fields).flat();
    expect(messages.length).toBeGreaterThan(2);
    for (const message of messages) expect(message).not.toMatch(/Invalid|expected|Too (big|small)|Unrecognized/);
  });
});
