import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { hashKey } from "../../src/core/keys/key-format.ts";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";
import { dump } from "./support/tables.ts";

const clock = new TestClock();
const HOUR = 3_600_000;
let workspace: Workspace;
let headers: Record<string, string>;

beforeAll(async () => {
  // In the middle of a second: what is shown and what holds must agree all the same.
  clock.advance(678);
  workspace = await makeWorkspace(clock, "enterprise");
  headers = (await workspace.key()).headers;
});

const keys = (method: string, path: string, body?: unknown, more: Record<string, string> = {}) =>
  call(method, `/api/v1/api-keys${path}`, { headers: { ...headers, ...more }, ...(body !== undefined && { body }) });
const statusWith = async (key: string) => (await call("GET", "/v1/me", { headers: { "X-Api-Key": key } })).status;

async function makeKey(settings: Record<string, unknown> = {}): Promise<{ id: number; key: string }> {
  const made = await keys("POST", "", { name: "Rotating", ...settings });
  expect(made.status, made.text).toBe(201);
  return made.body.data;
}

describe("rotation", () => {
  it("the rotation of a key lets both keys work until the second that was named, and only the new one from then on", async () => {
    const old = await makeKey();
    const fresh = (await keys("POST", `/${old.id}/rotate`, { grace_period_hours: 24 })).body.data;
    const endsAt = Date.parse(fresh.grace_period_ends_at);
    expect([await statusWith(old.key), await statusWith(fresh.key)]).toEqual([200, 200]);
    clock.advance(endsAt - 1 - clock.time);
    expect([await statusWith(old.key), await statusWith(fresh.key)]).toEqual([200, 200]);
    clock.advance(1);
    expect([await statusWith(old.key), await statusWith(fresh.key)]).toEqual([401, 200]);
    expect((await keys("GET", `/${old.id}`)).body.data).toMatchObject({
      status: "rotated",
      grace_period_ends_at: fresh.grace_period_ends_at,
    });
  });

  it("the rotation of a key stops the old key at once with a grace of 0, and by default after 24 hours", async () => {
    const old = await makeKey();
    const fresh = (await keys("POST", `/${old.id}/rotate`, { grace_period_hours: 0 })).body.data;
    expect([await statusWith(old.key), await statusWith(fresh.key)]).toEqual([401, 200]);
    const without = await keys("POST", `/${fresh.id}/rotate`);
    const seconds = Math.floor((clock.time + 24 * HOUR) / 1000);
    expect(Date.parse(without.body.data.grace_period_ends_at) / 1000).toBe(seconds);
  });

  it("the rotation of a key gives the new key a new id and identical settings, and shows where it comes from", async () => {
    const site = await call("POST", "/v1/sites", { headers, body: { name: "Bakery" } });
    const settings = {
      contact_email: "owner@example.com",
      scopes: ["ecommerce:read", "users:read"],
      rights: [{ endpoint: "*", methods: ["GET"], query: { table: "s_orders" } }],
      site_ids: [site.body.data.id],
      access_type: "integrations",
      attributes: ["name"],
      channels: ["email"],
      allowed_ips: ["10.0.0.0/8"],
      rate_limit_tier: "pro",
      monthly_cap: 1_000,
      expires_at: "2027-01-01T00:00:00Z",
    };
    const old = await makeKey(settings);
    const fresh = (await keys("POST", `/${old.id}/rotate`, {})).body.data;
    const shown = (await keys("GET", `/${fresh.id}`)).body.data;
    expect(shown).toMatchObject({ name: "Rotating", is_active: true, ...settings, rotated_from: old.id });
    expect(shown.id).not.toBe(old.id);
    expect(shown.prefix).not.toBe((await keys("GET", `/${old.id}`)).body.data.prefix);
  });

  it("the rotation of a key inherits the expiry: neither key outlives it, and the grace ends no later", async () => {
    const expires = Math.floor(clock.time / 1000) * 1000 + 2 * HOUR;
    const expires_at = new Date(expires).toISOString().replace(".000Z", "Z");
    const old = await makeKey({ expires_at });
    const fresh = (await keys("POST", `/${old.id}/rotate`, { grace_period_hours: 168 })).body.data;
    expect(fresh).toMatchObject({ expires_at, grace_period_ends_at: expires_at });
    clock.advance(expires - 1 - clock.time);
    expect([await statusWith(old.key), await statusWith(fresh.key)]).toEqual([200, 200]);
    clock.advance(1);
    expect([await statusWith(old.key), await statusWith(fresh.key)]).toEqual([401, 401]);
    expect((await keys("POST", `/${fresh.id}/rotate`, {})).status).toBe(409);
  });

  it("the rotation of a key happens once per key: twice is 409, of a revoked key 404, out of range 422", async () => {
    const old = await makeKey();
    const fresh = (await keys("POST", `/${old.id}/rotate`, {})).body.data;
    const again = await keys("POST", `/${old.id}/rotate`, {});
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ error: "conflict", message: "This key has already been rotated." });
    expect((await keys("DELETE", `/${fresh.id}`)).status).toBe(204);
    const revoked = await keys("POST", `/${fresh.id}/rotate`, {});
    expect(revoked.status).toBe(404);
    expect(revoked.body).toMatchObject({ error: "not_found", message: "Resource not found." });
    for (const grace_period_hours of [-1, 169, 1.5, "24", null]) {
      const wrong = await keys("POST", `/${old.id}/rotate`, { grace_period_hours });
      expect([wrong.status, Object.keys(wrong.body.errors)]).toEqual([422, ["grace_period_hours"]]);
    }
  });

  it("the rotation of a key makes one new key of two rotations at the same moment", async () => {
    const old = await makeKey();
    const both = await Promise.all([1, 2].map(() => keys("POST", `/${old.id}/rotate`, {})));
    expect(both.map((it) => it.status).sort()).toEqual([200, 409]);
    const heirs = await env.DB.prepare("SELECT count(*) AS n FROM api_keys WHERE rotated_from = ?")
      .bind(old.id)
      .first();
    expect(heirs).toEqual({ n: 1 });
  });

  it("the rotation of a key leaves an inactive key inactive", async () => {
    const old = await makeKey({ is_active: false });
    const fresh = (await keys("POST", `/${old.id}/rotate`, {})).body.data;
    expect(fresh.is_active).toBe(false);
    expect(await statusWith(fresh.key)).toBe(401);
    expect((await keys("PATCH", `/${fresh.id}`, { is_active: true })).status).toBe(200);
    expect(await statusWith(fresh.key)).toBe(200);
  });
});

describe("an Idempotency-Key on a call that shows a secret", () => {
  it.each(["create", "rotate"])(
    "an Idempotency-Key on a call that shows a secret: %s: repeats the secret to its caller only, and the database never holds it",
    async (what) => {
      const old = await makeKey();
      const path = what === "create" ? "" : `/${old.id}/rotate`;
      const body = what === "create" ? { name: "Secret" } : { grace_period_hours: 1 };
      const more = { "Idempotency-Key": `secret-${what}` };
      const first = await keys("POST", path, body, more);
      const again = await keys("POST", path, body, more);
      expect(first.body.data.key).toMatch(/^optimo_live_/);
      expect([again.status, again.text]).toEqual([first.status, first.text]);
      expect(again.headers.get("Idempotency-Replayed")).toBe("true");
      expect(await dump(env.DB)).not.toContain(first.body.data.key.slice(-36));
      const other = await workspace.key();
      const elsewhere = await keys("POST", path, body, { ...more, ...other.headers });
      expect(elsewhere.text).not.toContain(first.body.data.key);
      expect(elsewhere.status).toBe(what === "create" ? 201 : 409);
    },
  );
});

describe("import", () => {
  const bring = (key: unknown, more: Record<string, unknown> = {}) =>
    keys("POST", "/import", { name: "Old", key, ...more });

  it("the import of a key keeps a caller of the old system working with the key it has", async () => {
    const value = "nscms_k1_abc123def456ghi789";
    expect(await statusWith(value)).toBe(401);
    const imported = await bring(value, { scopes: ["posts:read"] });
    expect(imported.status, imported.text).toBe(201);
    expect(imported.body.data).toMatchObject({ prefix: "nscms_k1_abc", scopes: ["posts:read"], status: "active" });
    expect(imported.body.data).not.toHaveProperty("key");
    const as = { "X-Api-Key": value };
    expect((await call("GET", "/api/v1/posts", { headers: as })).status).toBe(200);
    expect((await call("POST", "/api/v1/posts", { headers: as, body: { title: "No" } })).status).toBe(403);
    expect((await keys("DELETE", `/${imported.body.data.id}`)).status).toBe(204);
    expect(await statusWith(value)).toBe(401);
  });

  it("the import of a key refuses a value that is in use, here or elsewhere, with 409", async () => {
    const value = "nscms_k1_twice_twice_twice";
    expect((await bring(value)).status).toBe(201);
    const { headers: stranger } = await (await makeWorkspace(clock)).key();
    for (const more of [{}, stranger]) {
      const twice = await keys("POST", "/import", { name: "Old", key: value }, more);
      expect([twice.status, twice.body.error]).toEqual([409, "conflict"]);
      expect(Object.keys(twice.body.errors)).toEqual(["key"]);
    }
  });

  it("the import of a key takes no hash: who has seen one claims nothing by it, and is not told whether it is known", async () => {
    const value = "nscms_k1_leaked_from_a_dump";
    const claim = async (hash: string) => {
      const answer = await keys("POST", "/import", { name: "Mine", prefix: "nscms_k1_", hash });
      return [answer.status, answer.body.errors];
    };
    const unknown = await claim(await hashKey(value));
    expect(unknown).toEqual([422, expect.objectContaining({ hash: ["is not a known field"], key: expect.anything() })]);
    expect((await bring(value)).status).toBe(201);
    expect(await claim(await hashKey(value))).toEqual(unknown);
    expect(await statusWith(value)).toBe(200);
  });

  it.each(["revoked", "rotated away"])(
    "the import of a key takes a value again whose key was %s, for whoever has it, and from then on the value is that key's",
    async (how) => {
      const value = `hk_${crypto.randomUUID()}`;
      const first = (await bring(value)).body.data.id;
      expect(await statusWith(value)).toBe(200);
      if (how === "revoked") await keys("DELETE", `/${first}`);
      else await keys("POST", `/${first}/rotate`, { grace_period_hours: 0 });
      expect(await statusWith(value)).toBe(401);
      const stranger = await makeWorkspace(clock);
      const { headers } = await stranger.key();
      const again = await keys("POST", "/import", { name: "Again", key: value, scopes: ["posts:read"] }, headers);
      expect(again.status, again.text).toBe(201);
      const me = await call("GET", "/v1/me", { headers: { "X-Api-Key": value } });
      expect(me.body.data).toMatchObject({ keyId: again.body.data.id, workspace: { id: stranger.id } });
      expect((await bring(value)).status).toBe(409);
    },
  );

  it.each(["nscms_k1_", "omc_", "sk_live_", "hk_"])(
    "the import of a key takes keys that begin with %s, and they work",
    async (prefix) => {
      const value = prefix + crypto.randomUUID();
      const imported = await bring(value);
      expect([imported.status, imported.body.data.prefix]).toEqual([201, value.slice(0, prefix.length + 3)]);
      expect(await statusWith(value)).toBe(200);
    },
  );

  it("the import of a key refuses values of unknown systems, our own, and what can never sign in", async () => {
    const { key } = await makeKey();
    const long = "x".repeat(30);
    const unknown = [`other_${long}`, key, `NSCMS_K1_${long}`, ` nscms_k1_${long}`];
    const unfit = [
      "hk_short",
      `hk_${"x".repeat(254)}`,
      `hk_${long} ${long}`,
      `hk_${long}\n`,
      `hk_\u00e9${long}`,
      "",
      7,
    ];
    for (const value of [...unknown, ...unfit]) {
      const refused = await bring(value);
      expect([refused.status, Object.keys(refused.body.errors)], String(value)).toEqual([422, ["key"]]);
    }
    expect((await bring(`hk_${"x".repeat(253)}`)).status).toBe(201);
  });
});
