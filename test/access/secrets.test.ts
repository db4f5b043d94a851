import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { generateKey } from "../../src/core/access/key-format.ts";
import type { Env } from "../../src/env.ts";
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

describe("the plaintext of a key", () => {
  it("reaches neither the database nor KV nor any object's storage nor the log", async () => {
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

    const places = {
      database: await databaseText(),
      kv: await keyValueText(),
      keyObjects: (await storedInObjects(env.KEY_OBJECT)).join("\n"),
      ledgers: (await storedInObjects(env.LEDGER_OBJECT)).join("\n"),
      addresses: (await storedInObjects(env.IP_OBJECT)).join("\n"),
      schedulers: (await storedInObjects(env.SCHEDULER_OBJECT)).join("\n"),
      log: written.join("\n"),
    };
    expect(places.database).toContain(made.prefix ?? site.key.key.slice(0, 18));
    expect(places.log).toContain('"message":"request"');
    expect(keys).toHaveLength(5);
    for (const [place, text] of Object.entries(places)) {
      for (const key of keys) {
        for (const part of [key, key.slice(-36), key.slice(-30), btoa(key)]) {
          expect(text.includes(part), `${place} holds a key's value`).toBe(false);
        }
      }
    }
  });
});
