import { beforeEach, describe, expect, it } from "vitest";
import { generateKey } from "../../src/core/keys/key-format.ts";
import { call, makeWorkspace, TestClock } from "../support/fixtures.ts";
import { Client } from "../support/client.ts";

const clock = new TestClock();
let key: string;
let siteId: string;

beforeEach(async () => {
  clock.advance(60_000);
  const workspace = await makeWorkspace(clock);
  ({ key } = await workspace.key());
  siteId = (await new Client(clock, { "X-Api-Key": key }).create("/sites", { name: "Blue Door Bakery" })).id;
});

const bytes = (text: string) => new TextEncoder().encode(text);
const META = {
  requestId: expect.stringMatching(/^req_\w+$/),
  timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
};

describe("document 001", () => {
  it('document 001: curl https://api.optimocms.com/v1/sites -H "X-Api-Key: …"', async () => {
    const { status, body, headers } = await call("GET", "/v1/sites", { headers: { "X-Api-Key": key } });
    expect(status).toBe(200);
    expect(headers.get("Content-Type")).toMatch(/^application\/json/);
    expect(body).toEqual({
      data: [expect.objectContaining({ id: siteId, name: "Blue Door Bakery", status: "draft", domain: null })],
      meta: META,
      pagination: { total: 1, limit: 25, nextCursor: null },
    });
  });

  it("document 001: the tier's requests per minute, what is left of them, and a Unix timestamp in the headers", async () => {
    const pro = await makeWorkspace(clock, "pro");
    const { headers } = await pro.key();
    let answer = await call("GET", "/v1/sites", { headers });
    for (let calls = 1; calls < 6; calls += 1) answer = await call("GET", "/v1/sites", { headers });
    expect(answer.headers.get("X-RateLimit-Limit")).toBe("600");
    expect(answer.headers.get("X-RateLimit-Remaining")).toBe("594");
    const reset = Number(answer.headers.get("X-RateLimit-Reset"));
    expect(reset).toBeGreaterThan(clock.time / 1000);
    expect(reset).toBeLessThanOrEqual(clock.time / 1000 + 60);
  });

  it.each([
    ["free", "60", 10, "requests_per_second", 1],
    ["pro", "600", 50, "requests_per_second", 1],
    ["starter", "10", 10, "requests_per_minute", 6],
    ["professional", "20", 20, "requests_per_minute", 3],
    ["agency", "60", 60, "requests_per_minute", 1],
  ] as const)(
    "document 001: 429 on %s: the published body, Retry-After that is enough",
    async (tier, shown, burst, limit, seconds) => {
      const workspace = await makeWorkspace(clock, tier);
      const { headers } = await workspace.key();
      for (let calls = 0; calls < burst; calls += 1) {
        const { status, headers: sent } = await call("GET", "/v1/sites", { headers });
        expect([status, sent.get("X-RateLimit-Limit")]).toEqual([200, shown]);
      }
      const { status, body, headers: sent } = await call("GET", "/v1/sites", { headers });
      expect(status).toBe(429);
      expect(sent.get("Retry-After")).toBe(`${seconds}`);
      expect(body).toEqual({
        error: {
          code: "RATE_LIMIT_EXCEEDED",
          message: `Rate limit exceeded. Try again in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`,
          details: { retryAfter: seconds, limit, scope: "key" },
        },
        meta: META,
      });
      clock.advance(seconds * 1000 - 1);
      if (seconds > 1) expect((await call("GET", "/v1/sites", { headers })).status).toBe(429);
      clock.advance(1);
      expect((await call("GET", "/v1/sites", { headers })).status).toBe(200);
    },
  );

  it("document 001: 403 with the published message and the scopes that are missing and there", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key({ scopes: ["sites:read", "pages:read", "media:read"] });
    const { status, body } = await call("POST", `/v1/sites/${siteId}/pages`, { headers, body: { title: "Contact" } });
    expect(status).toBe(403);
    expect(body).toEqual({
      error: {
        code: "FORBIDDEN",
        message: "API key does not have scope: pages:write",
        details: {
          reason: "scope",
          requiredScope: "pages:write",
          grantedScopes: ["sites:read", "pages:read", "media:read"],
        },
      },
      meta: META,
    });
  });

  it.each([
    ["without a key", {} as Record<string, string>],
    ["with the document's own key", { "X-Api-Key": "optimo_live_abc123def456" }],
    ["with a key nobody has", { "X-Api-Key": generateKey("optimo", "live") }],
  ])("document 001: 401 %s: UNAUTHORIZED, missing or invalid API key", async (_, headers) => {
    const { status, body } = await call("GET", "/v1/sites", { headers });
    expect(status).toBe(401);
    expect(body.error.code).toBe("UNAUTHORIZED");
    expect(body.error.message).toMatch(/^Invalid or missing API key\./);
    expect(body.meta).toEqual(META);
  });

  it("document 001: the scopes of its two example keys open what they name", async () => {
    const workspace = await makeWorkspace(clock);
    const reader = new Client(
      clock,
      (await workspace.key({ scopes: ["sites:read", "pages:read", "media:read"] })).headers,
    );
    const deployer = new Client(
      clock,
      (await workspace.key({ scopes: ["sites:read", "pages:write", "media:write", "publish:write"] })).headers,
    );
    const site = await new Client(clock, (await workspace.key()).headers).create("/sites", { name: "Deployed" });
    const page = await deployer.create(`/sites/${site.id}/pages`, { title: "Release" });
    expect((await reader.get(`/sites/${site.id}/pages/${page.id}`)).status).toBe(200);
    expect((await reader.delete(`/sites/${site.id}/pages/${page.id}`)).status).toBe(403);
    expect((await deployer.post(`/sites/${site.id}/publish`)).status).toBe(200);
    // Document 001: pages:write is to create, update and delete pages.
    expect((await deployer.delete(`/sites/${site.id}/pages/${page.id}`)).status).toBe(204);
  });

  it("document 001: webhooks:read is to retrieve webhooks, webhooks:write to create and manage them", async () => {
    const workspace = await makeWorkspace(clock);
    const [reader, writer] = await Promise.all(
      ["webhooks:read", "webhooks:write"].map(
        async (scope) => new Client(clock, (await workspace.key({ scopes: [scope] })).headers),
      ),
    );
    const site = await new Client(clock, (await workspace.key()).headers).create("/sites", { name: "Connected" });
    const webhooks = `/sites/${site.id}/webhooks`;
    const body = { url: "https://your-app.com/webhooks", events: ["page.created", "page.updated"] };
    const made = await writer?.create(webhooks, body);
    expect(made).toMatchObject({ ...body, active: true });
    expect(made.id).toMatch(/^wh_\d+$/);
    const { secret, ...shown } = made;
    expect((await reader?.get(`${webhooks}/${made.id}`))?.body.data).toEqual(shown);
    expect((await reader?.get(webhooks))?.body).toEqual({
      data: [shown],
      meta: META,
      pagination: { total: 1, limit: 25, nextCursor: null },
    });
    expect((await writer?.get(webhooks))?.status).toBe(403);
    expect((await reader?.post(webhooks, body))?.status).toBe(403);
    expect((await reader?.delete(`${webhooks}/${made.id}`))?.status).toBe(403);
    expect((await writer?.patch(`${webhooks}/${made.id}`, { active: false }))?.body.data.active).toBe(false);
    expect((await writer?.delete(`${webhooks}/${made.id}`))?.status).toBe(204);
  });
});

describe("document 000", () => {
  const pages = () => `/v1/sites/${siteId}/pages`;

  it("document 000: GET /v1/sites/{siteId}/pages", async () => {
    const { status, body } = await call("GET", pages(), { headers: { "X-Api-Key": key } });
    expect(status).toBe(200);
    expect(body).toEqual({ data: expect.any(Array), meta: META, pagination: expect.any(Object) });
  });

  it.each([
    ["with its Content-Type", { "Content-Type": "application/json" }],
    ["with a charset", { "Content-Type": "application/json; charset=utf-8" }],
    ["without any Content-Type", {}],
  ])("document 000: POST /v1/sites/{siteId}/pages %s", async (_, type) => {
    const sent = { headers: { "X-Api-Key": key, ...type }, body: bytes('{"title": "Contact", "slug": "contact"}') };
    const made = await call("POST", pages(), sent as never);
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      data: expect.objectContaining({ title: "Contact", slug: "contact", status: "draft" }),
      meta: META,
    });
    const again = await call("POST", pages(), sent as never);
    expect([again.status, again.body.error.code]).toEqual([409, "CONFLICT"]);
    await call("DELETE", `${pages()}/${made.body.data.id}`, { headers: { "X-Api-Key": key } });
  });

  it("document 000: publishing: a 5-minute cooldown per website, 429 with Retry-After until it ends", async () => {
    const publish = () => call("POST", `/v1/sites/${siteId}/publish`, { headers: { "X-Api-Key": key } });
    expect((await publish()).status).toBe(200);
    clock.advance(60_000);
    const denied = await publish();
    expect([denied.status, denied.headers.get("Retry-After")]).toEqual([429, "240"]);
    expect(denied.body.error.details).toEqual({ retryAfter: 240, limit: "publish_cooldown", scope: "site" });
    clock.advance(240_000);
    expect((await publish()).status).toBe(200);
  });
});
