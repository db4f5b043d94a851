import { createMessageBatch, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { generateKey } from "../../src/core/keys/key-format.ts";
import type { Env } from "../../src/env.ts";
import { runQueue } from "../../src/queue.ts";
import { generateSecret, secretKey } from "../../src/webhooks/secret.ts";
import { signedHeaders } from "../../src/webhooks/signature.ts";
import { databaseText, keyValueText, storedInObjects } from "../faults/storage.ts";
import { callThrough, failing, makeSite, without } from "../faults/world.ts";
import { keyObject } from "../limits/engine.ts";
import { TestClock } from "../support/fixtures.ts";

const clock = new TestClock();
const LEVELS = ["log", "info", "warn", "error", "debug"] as const;
const written: string[] = [];
let restore: (() => void)[] = [];

beforeEach(() => {
  restore = LEVELS.map((level) => {
    const original = console[level];
    console[level] = (...values: unknown[]) => written.push(values.map(String).join(" "));
    return () => {
      console[level] = original;
    };
  });
});
afterEach(() => {
  for (const put of restore) put();
});

/** Everything that is stored anywhere, and the log. */
async function everyPlace() {
  return {
    database: await databaseText(),
    kv: await keyValueText(),
    keyObjects: (await storedInObjects(env.KEY_OBJECT)).join("\n"),
    ledgers: (await storedInObjects(env.LEDGER_OBJECT)).join("\n"),
    addresses: (await storedInObjects(env.IP_OBJECT)).join("\n"),
    schedulers: (await storedInObjects(env.SCHEDULER_OBJECT)).join("\n"),
    log: written.join("\n"),
  };
}

function expectNowhere(places: object, secrets: string[], formsOf: (secret: string) => string[]): void {
  for (const [place, text] of Object.entries(places)) {
    for (const form of secrets.flatMap(formsOf)) expect(text.includes(form), `${place} holds a secret`).toBe(false);
  }
}

/** A wake-up of an endpoint, named by either surface's id. */
const wakeOf = (id: string | number) => ({
  id: crypto.randomUUID(),
  timestamp: new Date(),
  attempts: 1,
  body: { endpointIds: [Number(String(id).replace("wh_", ""))] },
});

describe("the plaintext of a key", () => {
  it("the plaintext of a key reaches neither the database nor KV nor any object's storage nor the log", async () => {
    const talkative: Env = { ...env, LOG_LEVEL: "info" };
    const site = await makeSite(clock);
    const keys = [site.key.key];
    const send = (method: string, path: string, key: string, body?: object, bindings = talkative) =>
      callThrough({ ...bindings, LOG_LEVEL: "info" }, method, path, {
        headers: { Authorization: `Bearer ${key}`, "Idempotency-Key": crypto.randomUUID(), "User-Agent": "test" },
        ...(body && { body }),
      });
    const [admin] = keys as [string];
    const made = (await send("POST", "/api/v1/api-keys", admin, { name: "CI", scopes: ["*"] })).body.data;
    keys.push(made.key);
    await send("POST", `${site.path}/pages`, made.key, { title: "Contact" });
    await send("GET", "/v1/usage", made.key);
    const rotated = (await send("POST", `/api/v1/api-keys/${made.id}/rotate`, admin, { grace_period_hours: 1 })).body
      .data;
    keys.push(rotated.key);
    const brought = `hk_${crypto.randomUUID()}${crypto.randomUUID()}`;
    keys.push(brought);
    for (const name of ["Old", "\u0007"]) await send("POST", "/api/v1/api-keys/import", admin, { name, key: brought });
    expect((await send("GET", "/v1/me", brought)).status).toBe(200);
    await send("GET", "/v1/me", rotated.key);
    await send("GET", "/v1/me", made.key);
    keys.push(generateKey("optimo", "live"), `${admin.slice(0, -1)}-`);
    for (const key of keys.slice(-2)) expect((await send("GET", "/v1/me", key)).status).toBe(401);
    await send("GET", `/v1/me?api_key=${admin}`, "");
    await send("GET", `/v1/nowhere/${admin}`, admin);
    for (const missing of ["DB", "KEY_OBJECT", "IP_OBJECT"] as const) {
      await send("GET", "/v1/sites", admin, undefined, without(missing));
      await send("POST", "/api/v1/api-keys", admin, { name: "Fails" }, without(missing));
      await send("GET", "/v1/me", generateKey("optimo", "live"), undefined, without(missing));
    }
    for (let call = 1; call < 8; call += 1) {
      await send("POST", "/api/v1/api-keys", admin, { name: "Fails" }, failing(call, "after").bindings);
    }
    await send("DELETE", `/api/v1/api-keys/${made.id}`, admin);
    await runDurableObjectAlarm(keyObject(site.key.id));

    const places = await everyPlace();
    expect(places.database).toContain(made.prefix ?? site.key.key.slice(0, 18));
    expect(places.log).toContain('"message":"request"');
    expect(keys).toHaveLength(6);
    expectNowhere(places, keys, (key) => [key, key.slice(-36), key.slice(-30), btoa(key)]);
  });
});

describe("the secret of a preview's link", () => {
  it("the secret of a preview's link reaches neither the database nor KV nor any object's storage nor the log", async () => {
    const site = await makeSite(clock);
    const page = await callThrough(env, "POST", `${site.path}/pages`, { ...site.key, body: { title: "Draft" } });
    const secrets: string[] = [];
    for (const path of [`${site.path}/preview`, `${site.path}/pages/${page.body.data.id}/preview`]) {
      const headers = { ...site.key.headers, "Idempotency-Key": crypto.randomUUID() };
      const bindings = { ...env, LOG_LEVEL: "info" };
      const { url } = (await callThrough(bindings, "POST", path, { headers })).body.data;
      const { pathname } = new URL(url);
      secrets.push(pathname.split("/").at(-1) as string);
      for (const looked of ["", "/", "/draft", "/nowhere"])
        await callThrough(bindings, "GET", pathname + looked, { headers: { "CF-Connecting-IP": "192.0.2.40" } });
      for (const missing of ["DB", "IP_OBJECT"] as const)
        await callThrough({ ...without(missing), LOG_LEVEL: "info" }, "GET", pathname, {});
    }
    const places = await everyPlace();
    expect(places.database).toContain("prv_");
    expect(places.log).toContain("/preview/{token}/*");
    expectNowhere(places, secrets, (secret) => [secret, secret.slice(0, 30), secret.slice(-30)]);
  });
});

describe("the plaintext of a webhook's secret", () => {
  it("the plaintext of a webhook's secret reaches neither the database nor KV nor any object's storage nor the log", async () => {
    const site = await makeSite(clock);
    const send = (method: string, path: string, body?: object, bindings: Env = env) =>
      callThrough({ ...bindings, LOG_LEVEL: "info" }, method, path, {
        headers: { ...site.key.headers, "Idempotency-Key": crypto.randomUUID() },
        ...(body && { body }),
      });
    const chosen = () => ({ secret: generateSecret() });
    const subscription = { url: `${inject("receiverUrl")}/ok/${crypto.randomUUID()}`, events: ["*"] };
    const secrets: string[] = [];
    for (const [base, own] of [
      ["/api/v1/webhooks", {}],
      [`${site.path}/webhooks`, {}],
      ["/api/v1/webhooks", chosen()],
      [`${site.path}/webhooks`, chosen()],
    ] as const) {
      const made = (await send("POST", base, { ...subscription, ...own })).body.data;
      const path = `${base}/${made.id}`;
      const rotated = (await send("POST", `${path}/rotate-secret`, "secret" in own ? chosen() : {})).body.data;
      secrets.push(made.secret, rotated.secret);
      const report = (await send("POST", `${path}/test`)).body;
      expect((report.data ?? report).success).toBe(true);
      await send("POST", `${site.path}/pages`, { title: "Something happens" });
      await runQueue(createMessageBatch("edge-cms-webhooks", [wakeOf(made.id)]), { ...env, LOG_LEVEL: "info" });
      const refused = { ...subscription, ...chosen(), events: ["page.exploded"] };
      expect((await send("POST", base, refused)).status).toBeGreaterThanOrEqual(400);
      secrets.push(refused.secret);
      for (const missing of ["DB", "VAULT_OBJECT", "WEBHOOKS"] as const) {
        const unlucky = { ...subscription, ...chosen() };
        await send("POST", base, unlucky, without(missing));
        await send("POST", `${path}/rotate-secret`, { secret: unlucky.secret }, without(missing));
        await send("POST", `${path}/test`, {}, without(missing));
        secrets.push(unlucky.secret);
      }
      await send("DELETE", path);
    }
    const places = await everyPlace();
    expect(places.database).toContain(subscription.url);
    expect(places.log).toContain("/rotate-secret");
    expect(new Set(secrets).size).toBe(24);
    expectNowhere(places, secrets, (secret) => {
      const text = secret.slice("whsec_".length);
      const bytes = [...secretKey(secret)];
      return [text, text.slice(0, 20), btoa(secret), bytes.map((it) => it.toString(16).padStart(2, "0")).join("")];
    });
  });

  it("the plaintext of a payment provider's secret reaches neither the database nor KV nor any object's storage nor the log", async () => {
    const site = await makeSite(clock);
    const providers = `${site.path}/shop/payment-providers`;
    const send = (method: string, path: string, body: object, bindings: Env = env, more: object = {}) =>
      callThrough({ ...bindings, LOG_LEVEL: "info" }, method, path, {
        headers: { ...site.key.headers, "Idempotency-Key": crypto.randomUUID(), ...more },
        body,
      });
    const made = (await send("POST", providers, { name: "Card payments" })).body.data;
    const path = `${providers}/${made.id}`;
    const brought = generateSecret();
    const rotated = (await send("POST", `${path}/rotate-secret`, {})).body.data;
    await send("POST", `${path}/rotate-secret`, { secret: brought });
    const secrets = [made.secret, rotated.secret, brought];
    for (const missing of ["DB", "VAULT_OBJECT"] as const) {
      const unlucky = generateSecret();
      await send("POST", providers, { name: "Card payments" }, without(missing));
      await send("POST", `${path}/rotate-secret`, { secret: unlucky }, without(missing));
      secrets.push(unlucky);
    }
    const told = {
      type: "payment.succeeded",
      data: { orderId: "ord_x", amount: 1, currency: "EUR", reference: "ch_1" },
    };
    for (const secret of secrets) {
      const headers = await signedHeaders(
        { id: "msg_1", timestamp: Math.floor(clock.time / 1_000), body: JSON.stringify(told) },
        [secret],
      );
      await send("POST", `${path}/callback`, told, env, headers);
      await send("POST", `${path}/callback`, told, without("DB"), headers);
    }
    const places = await everyPlace();
    expect(places.database).toContain("Card payments");
    expect(places.log).toContain("/callback");
    expectNowhere(places, secrets, (secret) => {
      const text = secret.slice("whsec_".length);
      return [text, text.slice(0, 20), btoa(secret)];
    });
  });

  it("the plaintext of a webhook's secret cannot be read with what the database holds: the keys that seal it are in the vault alone", async () => {
    const keys = Object.values(await env.VAULT_OBJECT.getByName("vault").keys());
    const vault = (await storedInObjects(env.VAULT_OBJECT)).join("\n");
    expect(keys).not.toEqual([]);
    for (const key of keys) expect(vault).toContain(key);
    expectNowhere(await everyPlace(), keys, (key) => [key, key.slice(0, 20)]);
  });
});
