import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import type { KeyObject } from "../../src/core/access/key-object.ts";
import type { Env } from "../../src/env.ts";
import { ask, keyObject, type TestKey } from "../limits/engine.ts";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";
import { without } from "./world.ts";

const clock = new TestClock();
let workspace: Workspace;
let key: TestKey;

beforeEach(async () => {
  workspace = await makeWorkspace(clock, "starter");
  key = await workspace.key();
});

/** Cuts the key's object off from one of its own bindings; answers a function that connects it again. */
async function cutOff(missing: keyof Env): Promise<() => Promise<void>> {
  const connect = (bindings?: Env) =>
    runInDurableObject(keyObject(key.id), (object: KeyObject) => {
      const inside = object as unknown as { env: Env };
      const before = inside.env;
      inside.env = bindings ?? before;
      return before;
    });
  const real = await connect(without(missing));
  return async () => {
    await connect(real);
  };
}

const me = () => call("GET", "/v1/me", { headers: key.headers });

describe("a key's object that cannot reach", () => {
  it("a key's object that cannot reach the database lets nobody in whose key it has not read, and works again afterwards", async () => {
    const reconnect = await cutOff("DB");
    const answer = await me();
    expect([answer.status, answer.headers.get("Retry-After")]).toEqual([503, "2"]);
    await reconnect();
    expect((await me()).status).toBe(200);
  });

  it("a key's object that cannot reach the database goes by what it knows for a minute at most", async () => {
    expect((await me()).status).toBe(200);
    const reconnect = await cutOff("DB");
    expect((await me()).status).toBe(200);
    clock.advance(60_000);
    expect((await me()).status).toBe(503);
    await reconnect();
    expect((await me()).status).toBe(200);
  });

  it("a key's object that cannot reach the workspace's ledger lets nobody in beyond its lease, and charges nothing for it", async () => {
    const first = await ask(workspace, key, "platform");
    const reconnect = await cutOff("LEDGER_OBJECT");
    let passed = 0;
    for (;;) {
      const answer = await call("GET", "/api/v1/workspaces", { headers: key.headers });
      if (answer.status === 503) break;
      expect(answer.status).toBe(200);
      passed += 1;
    }
    expect(passed).toBeLessThanOrEqual(3);
    await reconnect();
    const next = await ask(workspace, key, "platform");
    const remaining = (it: typeof next) => (it.kind === "admitted" ? (it.figures[0]?.remaining ?? 0) : -1);
    expect(remaining(next)).toBe(remaining(first) - passed - 1);
  });
});
