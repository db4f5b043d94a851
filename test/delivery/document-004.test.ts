import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { generateKey, hashKey } from "../../src/core/keys/key-format.ts";
import { keyObjectName } from "../../src/core/access/key-authority.ts";
import { type Answer, call, TestClock } from "../support/fixtures.ts";
import { dump } from "../platform/support/tables.ts";
import { type Bakery, makeBakery, READ_ONLY } from "./support/bakery.ts";

/** Document 004's text as it is written; host, key and ids are replaced. */
const clock = new TestClock();
const PREFIX = /^optimo_live_[0-9A-Za-z]{6}$/;
let bakery: Bakery;

beforeAll(async () => {
  bakery = await makeBakery(clock);
});

// A minute refills every bucket.
beforeEach(() => clock.advance(60_000));

interface Key {
  id: number;
  key: string;
}

const keys = (method: string, path: string, body?: unknown): Promise<Answer> =>
  call(method, `/api/v1/api-keys${path}`, { headers: bakery.owner, ...(body !== undefined && { body }) });

async function newKey(settings: Record<string, unknown> = {}): Promise<Key> {
  const made = await keys("POST", "", { name: "Mobile App", rights: READ_ONLY, ...settings });
  expect(made.status, made.text).toBe(201);
  return made.body.data;
}

/** The document's curl line. */
const curl = (key: string, path = "/api/pages"): Promise<Answer> =>
  call("GET", path, { headers: { "X-Api-Key": key, "User-Agent": "curl/8.5.0", Accept: "*/*" } });

const moveTo = (at: number): void => clock.advance(at - clock.time);

describe("1. Create a key", () => {
  it("document 004, creating a key shows the full value exactly once; lists show name, prefix, expiry and last use; stored is only a hash", async () => {
    const { id, key } = await newKey({ expires_at: "2027-03-01" });
    expect((await curl(key)).status).toBe(200);
    await runDurableObjectAlarm(env.KEY_OBJECT.getByName(keyObjectName(id, 0)));
    const list = await keys("GET", "?search=Mobile&sort=-created_at&per_page=1");
    const used = new Date(clock.time).toISOString().replace(".000Z", "Z");
    const shown = { id, name: "Mobile App", expires_at: "2027-03-01T00:00:00Z", last_used_at: used };
    expect(list.body.data).toMatchObject([{ ...shown, prefix: expect.stringMatching(PREFIX) }]);
    for (const path of ["", `/${id}`]) expect((await keys("GET", path)).text).not.toContain(key);
    const everything = await dump(env.DB);
    expect(everything).toContain(await hashKey(key));
    expect(everything).not.toContain(key);
  });

  it("document 004, creating a key makes one that is not active yet, and is once it is activated", async () => {
    const { id, key } = await newKey({ is_active: false });
    expect(await curl(key)).toMatchObject({ status: 401, body: { error: "unauthorized" } });
    expect((await keys("PATCH", `/${id}`, { is_active: true })).status).toBe(200);
    expect((await curl(key)).status).toBe(200);
    expect((await keys("PATCH", `/${id}`, { is_active: false })).status).toBe(200);
    expect((await curl(key)).status).toBe(401);
  });
});

describe("3. Use the key in a request", () => {
  it("document 004: curl https://example.com/api/pages -H 'X-Api-Key: …' answers normal JSON, without an envelope", async () => {
    const { key } = await newKey();
    const { status, headers, body } = await curl(key);
    expect(status).toBe(200);
    expect(headers.get("Content-Type")).toBe("application/json; charset=utf-8");
    expect(Object.keys(body).sort()).toEqual(["items", "page", "per_page", "total"]);
    expect(body).toMatchObject({ items: [{ title: "Home", slug: "home" }], page: 1, per_page: 25, total: 1 });
    expect((await curl(key, "/api/pages?slug=home")).body).toEqual(body.items[0]);
    expect((await curl(key, "/api/menu")).body).toMatchObject({ items: [{ label: "Home" }] });
    expect((await curl(key, "/api/settings")).body).toMatchObject({ name: "Blue Door Bakery", locale: "en" });
  });

  it("document 004's own key works once it is imported", async () => {
    const value = "nscms_k1_abc123...";
    expect((await curl(value)).status).toBe(401);
    const taken = { name: "Mobile App", key: value, rights: READ_ONLY };
    const imported = await keys("POST", "/import", taken);
    expect(imported.status, imported.text).toBe(201);
    expect(await curl(value)).toMatchObject({ status: 200, body: { total: 1 } });
    const orders = "/api/backend/item?table=s_orders";
    expect(await curl(value, orders)).toMatchObject({ status: 401, body: { error: "unauthorized" } });
    expect((await keys("DELETE", `/${imported.body.data.id}`)).status).toBe(204);
    expect((await curl(value)).status).toBe(401);
  });

  it.each(["X-Api-Key", "x-api-key", "api_key", "key", "token"])(
    "document 004: a key is never read from ?%s=",
    async (name) => {
      const { key } = await newKey();
      const refused = await call("GET", `/api/pages?${name}=${key}`);
      expect(refused).toMatchObject({ status: 401, body: { error: "unauthorized" } });
      expect(refused.body.message).toContain("X-Api-Key header");
      expect(refused.text).not.toContain(key);
    },
  );

  it("document 004: a permission mismatch is answered with 401", async () => {
    const { key } = await newKey();
    const refused = await curl(key, "/api/backend/item?table=pages");
    expect(refused).toMatchObject({ status: 401, body: { error: "unauthorized", message: expect.any(String) } });
    expect(refused.headers.get("WWW-Authenticate")).toBe("ApiKey");
  });
});

describe("expiry", () => {
  it("document 004, the expiry of a key comes at midnight UTC of the day, to the millisecond, and says api_key_expired on every surface", async () => {
    const { key } = await newKey({ expires_at: "2026-12-01", rights: [{ endpoint: "*", methods: ["*"] }] });
    moveTo(Date.parse("2026-11-30T23:59:59.999Z"));
    expect((await curl(key)).status).toBe(200);
    clock.advance(1);
    for (const path of ["/api/pages", "/api/menu", "/api/settings", "/api/backend/item?table=pages"])
      expect(await curl(key, path)).toMatchObject({ status: 401, body: { error: "api_key_expired" } });
    expect(await curl(key, "/api/v1/posts")).toMatchObject({ status: 401, body: { error: "api_key_expired" } });
    const content = await curl(key, "/v1/me");
    expect([content.status, content.body.error.details.reason]).toEqual([401, "api_key_expired"]);
  });

  it("document 004, the expiry of a key is told apart from an inactive key, an unknown key and a missing permission", async () => {
    const tomorrow = new Date(clock.time + 86_400_000).toISOString().slice(0, 10);
    const { key } = await newKey({ expires_at: tomorrow, is_active: false });
    expect((await curl(key)).body.error).toBe("unauthorized");
    moveTo(Date.parse(tomorrow));
    expect((await curl(key)).body.error).toBe("api_key_expired");
    expect((await curl(key, "/api/backend/item?table=pages")).body.error).toBe("api_key_expired");
    expect((await curl(generateKey("optimo", "live"))).body.error).toBe("unauthorized");
  });

  it("document 004, the expiry of a key cannot be today, whose midnight is over", async () => {
    const today = new Date(clock.time).toISOString().slice(0, 10);
    const refused = await keys("POST", "", { name: "Late", expires_at: today });
    expect(refused).toMatchObject({ status: 422, body: { errors: { expires_at: expect.anything() } } });
  });
});

describe("4. Rotate a key", () => {
  it("document 004, rotating a key stops the old value immediately and shows a new one once, which may do the same", async () => {
    const old = await newKey();
    expect((await curl(old.key)).status).toBe(200);
    const rotated = await keys("POST", `/${old.id}/rotate`, { grace_period_hours: 0 });
    expect(rotated.status, rotated.text).toBe(200);
    const fresh: Key = rotated.body.data;
    expect(fresh.key).not.toBe(old.key);
    expect((await curl(old.key)).status).toBe(401);
    expect((await curl(fresh.key)).status).toBe(200);
    expect((await curl(fresh.key, "/api/backend/item?table=pages")).status).toBe(401);
    expect((await keys("GET", `/${fresh.id}`)).text).not.toContain(fresh.key);
  });
});

describe("5. Delete a key", () => {
  it("document 004, deleting a key is instant: 401 on the next request, and nothing is left to see or to bring back", async () => {
    const { id, key } = await newKey();
    expect((await curl(key)).status).toBe(200);
    expect((await keys("DELETE", `/${id}`)).status).toBe(204);
    expect(await curl(key)).toMatchObject({ status: 401, body: { error: "unauthorized" } });
    expect((await keys("GET", `/${id}`)).status).toBe(404);
    expect((await keys("PATCH", `/${id}`, { is_active: true })).status).toBe(404);
    expect((await keys("POST", `/${id}/rotate`, {})).status).toBe(404);
  });
});
