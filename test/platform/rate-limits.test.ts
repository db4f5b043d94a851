import { describe, expect, it } from "vitest";
import { Limiter } from "../../src/core/limits/limiter.ts";
import { callCharges, keyLimits } from "../../src/core/limits/key-limits.ts";
import { planOf } from "../../src/core/limits/plans.ts";
import { call, makeWorkspace, START, TestClock } from "../support/fixtures.ts";

const clock = new TestClock();

/** Document 002's table. A key of the largest tier is served by several objects, each with an equal share. */
const TABLE: [tier: string, perMinute: number, burst: number, shares: number][] = [
  ["free", 60, 0, 1],
  ["starter", 1_000, 0.2, 1],
  ["pro", 5_000, 0.3, 1],
  ["agency", 20_000, 0.5, 1],
  ["enterprise", 100_000, 1, 4],
];

describe("document 002's rate limits", () => {
  it.each(TABLE)(
    "document 002's tier %s admits %i calls a minute and its burst on top, no more",
    (tier, perMinute, burst, shares) => {
      const admitted = Array.from({ length: shares }, (_, shard) => {
        const limiter = new Limiter(keyLimits(planOf(tier), null, shard), START);
        let count = 0;
        while (limiter.decide(callCharges("platform"), START).allowed) count += 1;
        // A minute later the minute's calls are there again, or all of the bucket if that is smaller.
        let again = 0;
        while (limiter.decide(callCharges("platform"), START + 60_000).allowed) again += 1;
        return [count, again] as const;
      });
      const sum = (index: 0 | 1) => admitted.reduce((total, counts) => total + counts[index], 0);
      expect([sum(0), sum(1)]).toEqual([Math.round(perMinute * (1 + burst)), perMinute]);
    },
  );

  it.each(TABLE)(
    "document 002's tier %s shows its %i calls a minute on every answer, errors included",
    async (tier, perMinute) => {
      const workspace = await makeWorkspace(clock, tier);
      const { headers } = await workspace.key({ scopes: ["posts:read"] });
      for (const [path, status] of [
        ["/api/v1/posts", 200],
        ["/api/v1/posts/1", 404],
        ["/api/v1/posts?page=none", 422],
        ["/api/v1/workspaces", 403],
      ] as const) {
        const answer = await call("GET", path, { headers });
        expect(answer.status, answer.text).toBe(status);
        expect(answer.headers.get("X-RateLimit-Limit")).toBe(String(perMinute));
        const remaining = Number(answer.headers.get("X-RateLimit-Remaining"));
        expect(remaining).toBeGreaterThanOrEqual(0);
        expect(remaining).toBeLessThanOrEqual(perMinute);
        expect(Number(answer.headers.get("X-RateLimit-Reset"))).toBeGreaterThan(clock.time / 1000);
      }
    },
  );

  it("document 002's 429 has the documented form once a free key has made 60 calls, and retry_after admits the next", async () => {
    const { headers } = await (await makeWorkspace(clock, "free")).key();
    const answers = await Promise.all(Array.from({ length: 62 }, () => call("GET", "/api/v1/posts", { headers })));
    expect(answers.map((it) => it.status).sort()).toEqual([...Array(60).fill(200), 429, 429]);
    const denied = answers.find((it) => it.status === 429);
    expect(denied?.body).toMatchObject({
      error: "rate_limit_exceeded",
      message: "Too many requests. Please retry after 1 second.",
      retry_after: 1,
      limit: 60,
      remaining: 0,
      reset_at: new Date(clock.time + 60_000).toISOString().replace(".000Z", "Z"),
      limit_name: "requests_per_minute",
      limit_scope: "key",
    });
    expect(denied?.headers.get("Retry-After")).toBe("1");
    expect(denied?.headers.get("X-RateLimit-Remaining")).toBe("0");
    clock.advance(1_000);
    expect((await call("GET", "/api/v1/posts", { headers })).status).toBe(200);
    expect((await call("GET", "/api/v1/posts", { headers })).status).toBe(429);
  });

  it("document 002's starter key has its 20 % burst over HTTP: 1,200 calls at once", async () => {
    const { headers } = await (await makeWorkspace(clock, "enterprise")).key({ rateLimitTier: "starter" });
    let admitted = 0;
    // Ids that name nothing are the cheapest calls there are.
    for (let n = 0; n < 25; n += 1) {
      const batch = Array.from({ length: 50 }, () => call("GET", "/api/v1/posts/none", { headers }));
      for (const answer of await Promise.all(batch)) if (answer.status === 404) admitted += 1;
    }
    expect(admitted).toBe(1_200);
  });
});
