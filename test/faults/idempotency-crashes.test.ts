import { abortAllDurableObjects, evictAllDurableObjects } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { call, TestClock } from "../support/fixtures.ts";
import { callThrough, count, failing, makeSite, type Moment, type Site } from "./world.ts";

const clock = new TestClock();
let site: Site;

beforeAll(async () => {
  site = await makeSite(clock);
});

const headersOf = (idempotencyKey: string) => ({ ...site.key.headers, "Idempotency-Key": idempotencyKey });
const post = (title: string, idempotencyKey: string) => ({ headers: headersOf(idempotencyKey), body: { title } });

/** Everything that one created page leaves behind, each counted. */
async function traces(title: string, idempotencyKey: string) {
  const id = "(SELECT id FROM pages WHERE title = ?1)";
  return {
    pages: await count("SELECT count(*) AS n FROM pages WHERE title = ?1", title),
    events: await count(
      "SELECT count(*) AS n FROM events WHERE type = 'page.created' AND data ->> 'title' = ?1",
      title,
    ),
    audits: await count(
      `SELECT count(*) AS n FROM audit_log WHERE action = 'page.created' AND target_id = ${id}`,
      title,
    ),
    records: await count("SELECT count(*) AS n FROM idempotency_records WHERE idempotency_key = ?1", idempotencyKey),
  };
}

const ONCE = { pages: 1, events: 1, audits: 1, records: 1 };
const NEVER = { pages: 0, events: 0, audits: 0, records: 0 };

/** Fails every single call of a binding once, the first, the second, … until the request needs fewer. */
async function failEach(moment: Moment, prepare: () => Promise<void>): Promise<number> {
  for (let target = 1; ; target += 1) {
    await prepare();
    // Each crash costs the key what was counted ahead, for ten seconds.
    clock.advance(15_000);
    const title = `Page ${moment} ${target} ${crypto.randomUUID()}`;
    const name = crypto.randomUUID();
    const { bindings, calls } = failing(target, moment);
    const answer = await callThrough(bindings, "POST", `${site.path}/pages`, post(title, name));
    if (calls() < target) {
      expect(answer.status).toBe(201);
      expect(await traces(title, name)).toEqual(ONCE);
      return target - 1;
    }
    expect([201, 503], answer.text).toContain(answer.status);
    if (answer.status === 503) {
      expect(answer.body.error.code).toBe("SERVICE_UNAVAILABLE");
      expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThanOrEqual(1);
    }
    const left = await traces(title, name);
    expect([ONCE, NEVER]).toContainEqual(left);
    await abortAllDurableObjects();
    const again = await call("POST", `${site.path}/pages`, post(title, name));
    expect(again.status, again.text).toBe(201);
    expect(await traces(title, name)).toEqual(ONCE);
    expect(again.headers.get("Idempotency-Replayed")).toBe(left.pages === 1 ? "true" : null);
    if (answer.status === 201) expect(again.text).toBe(answer.text);
  }
}

describe("a write whose n-th call of a binding fails, for every n, repeated with its Idempotency-Key", () => {
  it.each<Moment>(["before", "after"])(
    "a write whose n-th call of a binding fails, for every n, repeated with its Idempotency-Key, happens exactly once when the call fails %s it is carried out",
    async (moment) => {
      const calls = await failEach(moment, async () => {});
      expect(calls).toBeGreaterThanOrEqual(4);
    },
  );

  it.each<Moment>(["before", "after"])(
    "a write whose n-th call of a binding fails, for every n, repeated with its Idempotency-Key, happens exactly once with cold objects, failing %s the call",
    async (moment) => {
      const calls = await failEach(moment, evictAllDurableObjects);
      expect(calls).toBeGreaterThanOrEqual(4);
    },
  );
});

describe("a write that failed", () => {
  it("a write that failed leaves the caller's page as it was, and can be repeated at once", async () => {
    const made = await call("POST", `${site.path}/pages`, { headers: site.key.headers, body: { title: "Before" } });
    const path = `${site.path}/pages/${made.body.data.id}`;
    for (let target = 1; ; target += 1) {
      clock.advance(15_000);
      const { bindings, calls } = failing(target, "before");
      const init = { headers: headersOf(`patch-${target}`), body: { title: `After ${target}` } };
      const answer = await callThrough(bindings, "PATCH", path, init);
      if (calls() < target) break;
      const { title } = (await call("GET", path, { headers: site.key.headers })).body.data;
      expect(title === `After ${target}`).toBe(answer.status === 200);
      expect((await call("PATCH", path, init)).status).toBe(200);
    }
  });
});
