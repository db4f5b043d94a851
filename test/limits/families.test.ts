import { evictAllDurableObjects } from "cloudflare:test";
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { forgetKeys } from "../../src/core/access/key-index.ts";
import { hashKey } from "../../src/core/keys/key-format.ts";
import { rotateKey } from "../../src/platform/api-keys/service/rotate.ts";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";
import { countOf, times } from "./engine.ts";

const clock = new TestClock();
let workspace: Workspace;

interface Member {
  id: number;
  headers: Record<string, string>;
}

beforeEach(async () => {
  workspace = await makeWorkspace(clock, "enterprise");
});

async function rotate(key: Member, gracePeriodHours: number): Promise<Member> {
  const ctx = workspace.context();
  const { row, key: value } = await rotateKey({ ctx, input: { keyId: key.id, gracePeriodHours } });
  await ctx.unit.commit();
  return { id: row.id, headers: { "X-Api-Key": value } };
}

const me = ({ headers }: Member) => call("GET", "/v1/me", { headers });
const posts = ({ headers }: Member) => call("GET", "/api/v1/posts?per_page=1", { headers });

describe("a key and those it has replaced", () => {
  it("a key and those it has replaced are let in exactly as often as one key, by turns and at once", async () => {
    const old = await workspace.key({ rateLimitTier: "free" });
    expect(countOf(await times(25, () => posts(old)), 200)).toBe(25);
    const successor = await rotate(old, 24);
    const answers = await times(100, (n) => posts(n % 2 ? old : successor));
    expect([countOf(answers, 200), countOf(answers, 429)]).toEqual([35, 65]);
    clock.advance(10_000);
    expect(countOf(await times(20, () => posts(successor)), 200)).toBe(10);
  });

  it("a key and those it has replaced have one count of the day, after which nobody of them is let in", async () => {
    const old = await workspace.key({ rateLimitTier: "free" });
    const first = await me(old);
    const dayLeft = (answer: { headers: Headers }) =>
      Number(/"requests_per_day";r=(\d+)/.exec(answer.headers.get("RateLimit") ?? "")?.[1]);
    const successor = await rotate(await rotate(old, 1), 1);
    expect([dayLeft(first), dayLeft(await me(successor)), dayLeft(await me(old))]).toEqual([4_999, 4_998, 4_997]);
  });

  it("a key and those it has replaced are served exactly the monthly cap, however they take turns, are rotated and lose their objects", async () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ kind: fc.constant("calls" as const), who: fc.nat(3), count: fc.nat(6) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("rotate" as const), grace: fc.constantFrom(0, 24) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("evict" as const) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), fc.integer({ min: 0, max: 24 }), async (steps, cap) => {
        let latest: Member = await workspace.key({ monthlyCap: cap });
        const family = [latest];
        let served = 0;
        const run = async (who: Member, count: number) => {
          served += countOf(await times(count, (n) => (n % 2 ? me(who) : posts(who))), 200);
        };
        for (const it of steps) {
          if (it.kind === "calls") await run(family[it.who % family.length] as Member, it.count);
          if (it.kind === "evict") await evictAllDurableObjects();
          if (it.kind === "rotate") {
            latest = await rotate(latest, it.grace);
            family.push(latest);
          }
          expect(served).toBeLessThanOrEqual(cap);
        }
        await run(latest, cap + 3);
        expect(served).toBe(cap);
      }),
      { numRuns: 12 },
    );
  });

  it("a key and those it has replaced are each shown with their own use, and share what is counted of the month", async () => {
    const old = await workspace.key();
    await times(3, () => me(old));
    const successor = await rotate(old, 24);
    clock.advance(1_000);
    await times(2, () => posts(successor));
    const figures = await call("GET", "/v1/usage", { headers: successor.headers });
    expect(figures.body.data.key).toMatchObject({ callsToday: 6, callsThisMonth: 6 });
    const report = await call("GET", "/api/v1/usage", { headers: successor.headers });
    const callsOf = (id: number) => report.body.data.find((row: { key_id: number }) => row.key_id === id)?.calls;
    expect([callsOf(old.id), callsOf(successor.id)]).toEqual([3, 4]);
    const shown = async (id: number) =>
      Date.parse((await call("GET", `/api/v1/api-keys/${id}`, { headers: successor.headers })).body.data.last_used_at);
    expect((await shown(successor.id)) - (await shown(old.id))).toBe(1_000);
  });

  it("a key and those it has replaced are ended one by one, at once", async () => {
    const old = await workspace.key();
    const successor = await rotate(old, 24);
    expect([(await me(old)).status, (await me(successor)).status]).toEqual([200, 200]);
    const revoked = await call("DELETE", `/api/v1/api-keys/${old.id}`, { headers: successor.headers });
    expect(revoked.status, revoked.text).toBe(204);
    expect([(await me(old)).status, (await me(successor)).status]).toEqual([401, 200]);
  });

  it("a key and those it has replaced are found by what was known of them before there were families", async () => {
    const { id, key, headers } = await workspace.key({ monthlyCap: 3 });
    await me({ id, headers });
    const hash = await hashKey(key);
    await env.KEY_INDEX.put(hash, JSON.stringify({ keyId: id, workspaceId: workspace.id, environment: "live" }));
    forgetKeys();
    const answers = await times(5, () => me({ id, headers }));
    expect(countOf(answers, 200)).toBe(2);
  });
});
