import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { keyObject, type TestKey } from "../limits/engine.ts";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";

const clock = new TestClock();
let workspace: Workspace;
let reader: TestKey;
let key: TestKey;

beforeEach(async () => {
  workspace = await makeWorkspace(clock);
  reader = await workspace.key();
  key = await workspace.key();
});

/** Uses the key now, and answers what its `last_used_at` is to say. */
async function use(path = "/v1/me"): Promise<string> {
  clock.advance(1_000);
  const headers = { ...key.headers, "CF-Connecting-IP": "203.0.113.9", "User-Agent": "zapier/1.0" };
  expect((await call("GET", path, { headers })).status).toBe(200);
  return new Date(clock.time).toISOString().replace(".000Z", "Z");
}

const shown = async () => (await call("GET", `/api/v1/api-keys/${key.id}`, { headers: reader.headers })).body.data;

describe("the last use of a key that is read alone", () => {
  it("the last use of a key that is read alone is there at once, with where from and what for", async () => {
    expect((await shown()).last_used_at).toBeNull();
    for (let n = 0; n < 3; n += 1) {
      const at = await use();
      expect(await shown()).toMatchObject({
        last_used_at: at,
        last_used_ip: "203.0.113.9",
        last_used_user_agent: "zapier/1.0",
      });
    }
  });

  it("the last use of a key that is read alone is the latest of all its objects, whichever let it in", async () => {
    for (let n = 0; n < 9; n += 1) {
      const at = await use("/api/v1/posts");
      expect((await shown()).last_used_at).toBe(at);
    }
  });

  it("the last use of a key that is read alone is known after its object has gone, before and after it came to rest", async () => {
    const at = await use();
    await evictDurableObject(keyObject(key.id));
    expect((await shown()).last_used_at).toBe(at);
    const next = await use();
    clock.advance(6_000);
    await runDurableObjectAlarm(keyObject(key.id));
    await evictDurableObject(keyObject(key.id));
    expect((await shown()).last_used_at).toBe(next);
  });

  it("the last use of a key that is read alone is in the answer to a change, too, under the same tag", async () => {
    const at = await use();
    const path = `/api/v1/api-keys/${key.id}`;
    const changed = await call("PATCH", path, { headers: reader.headers, body: { name: "Renamed" } });
    expect(changed.body.data.last_used_at).toBe(at);
    const read = await call("GET", path, { headers: reader.headers });
    expect(read.headers.get("ETag")).toBe(changed.headers.get("ETag"));
  });
});
