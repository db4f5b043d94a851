import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { generateKey, hashKey, keyPrefix } from "../../src/core/keys/key-format.ts";
import { rotateKey } from "../../src/platform/api-keys/service/rotate.ts";
import { call, makeWorkspace, START, TestClock, type Workspace } from "../support/fixtures.ts";
import { times } from "../limits/engine.ts";

const HOUR = 3_600_000;
const clock = new TestClock();
let workspace: Workspace;

beforeEach(async () => {
  clock.time = START;
  workspace = await makeWorkspace(clock);
});

const me = (headers: Record<string, string>) => call("GET", "/v1/me", { headers });

describe("a key", () => {
  it("a key ends at the millisecond of its expiry, and says so on both APIs", async () => {
    const key = await workspace.key({ expiresAt: START + 90_000 });
    expect((await me(key.headers)).status).toBe(200);
    clock.time = START + 89_999;
    expect((await me(key.headers)).status).toBe(200);
    clock.time = START + 90_000;
    const expired = await me(key.headers);
    expect([expired.status, expired.body.error.details.reason]).toEqual([401, "api_key_expired"]);
    const platform = await call("GET", "/api/v1/workspaces", { headers: key.headers });
    expect([platform.status, platform.body.error]).toEqual([401, "api_key_expired"]);
  });

  it("a key works on to the last millisecond of its rotation's grace, then is unknown", async () => {
    const key = await workspace.key();
    const ctx = workspace.context();
    const { key: value, graceEndsAt } = await rotateKey({ ctx, input: { keyId: key.id, gracePeriodHours: 2 } });
    await ctx.unit.commit();
    expect(graceEndsAt).toBe(START + 2 * HOUR);
    clock.time = graceEndsAt - 1;
    expect((await me(key.headers)).status).toBe(200);
    clock.time = graceEndsAt;
    const ended = await me(key.headers);
    expect([ended.status, ended.body.error.details.reason]).toEqual([401, "api_key_invalid"]);
    expect((await me({ "X-Api-Key": value })).status).toBe(200);
  });

  it("a key that expires within its rotation's grace ends with its expiry", async () => {
    const key = await workspace.key({ expiresAt: START + HOUR });
    const ctx = workspace.context();
    const rotated = await rotateKey({ ctx, input: { keyId: key.id } });
    await ctx.unit.commit();
    expect(rotated.graceEndsAt).toBe(START + HOUR);
    expect(rotated.row.expiresAt).toBe(START + HOUR);
    clock.time = START + HOUR;
    expect((await me(key.headers)).status).toBe(401);
  });

  it("a key works on its first use, however often it was tried before it existed", async () => {
    const value = generateKey("optimo", "live");
    const headers = { "X-Api-Key": value };
    const probes = await times(100, () => me(headers));
    expect(probes.every(({ status }) => status === 401)).toBe(true);
    const { id } = await workspace.key();
    await env.DB.prepare("UPDATE api_keys SET hash = ?, prefix = ? WHERE id = ?")
      .bind(await hashKey(value), keyPrefix(value), id)
      .run();
    expect((await me(headers)).status).toBe(200);
  });
});
