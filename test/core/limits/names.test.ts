import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IP_LIMITS } from "../../../src/core/limits/ip-limits.ts";
import { type KeyCharges, keyLimits, type MetricCosts, metricCharges } from "../../../src/core/limits/key-limits.ts";
import { Limiter } from "../../../src/core/limits/limiter.ts";
import { KEPT_FEATURES, planOf, TIERS } from "../../../src/core/limits/plans.ts";

const limiterOf = (tier: string) => new Limiter(keyLimits(planOf(tier), null), 0);

describe("a limiter", () => {
  it("a limiter throws for a name nobody declared, whatever it is asked, and charges nothing", () => {
    const limiter = limiterOf("free");
    const before = JSON.stringify(limiter.snapshot());
    const wrong = { ai_requests: 1, constructor: 1 } as KeyCharges;
    expect(() => limiter.decide(wrong, 0)).toThrow("no limit called constructor");
    expect(() => limiter.wouldAllow(wrong, 0)).toThrow("no limit called constructor");
    expect(() => limiter.figures(wrong, 0)).toThrow("no limit called constructor");
    expect(() => limiter.aheadFor(wrong, 0)).toThrow("no limit called constructor");
    expect(() => limiter.giveBack({ ai_request: 1 } as KeyCharges, 0)).toThrow("no limit called ai_request");
    expect(() => limiter.used("ai_requests", 0)).toThrow("ai_requests counts nothing");
    expect(JSON.stringify(limiter.snapshot())).toBe(before);
  });

  it("a limiter is not asked for a wrong name by code that compiles", () => {
    // @ts-expect-error the bucket is called ai_requests
    const bucket: KeyCharges = { ai_request: 1 };
    // @ts-expect-error the metric is called ai_tokens
    const metric: MetricCosts = { ai_token: 1 };
    expect([bucket, metric]).toEqual([{ ai_request: 1 }, { ai_token: 1 }]);
  });

  it("a limiter takes a charge of a limit that its plan does not have, and shows no figure of it", () => {
    const charges: KeyCharges = { "content.requests_per_second": 1_000 };
    expect(limiterOf("starter").decide(charges, 0)).toEqual({ allowed: true, figures: [] });
    expect(limiterOf("free").decide(charges, 0).allowed).toBe(false);
  });

  it("a limiter knows the same names for every tier, and those of addresses apart from them", () => {
    const names = (tier: string) => {
      const { buckets, quotas, unlimited = [] } = keyLimits(planOf(tier), null);
      return [...buckets, ...quotas]
        .map(({ name }) => name as string)
        .concat(unlimited)
        .sort();
    };
    for (const tier of TIERS) expect(names(tier)).toEqual(names("pro"));
    for (const { name } of IP_LIMITS.buckets) expect(names("pro")).not.toContain(name);
  });
});

describe("a plan", () => {
  it("a plan names every feature in its own row", () => {
    for (const tier of TIERS) expect(Object.keys(planOf(tier).features)).toEqual([...KEPT_FEATURES]);
    const storage = 5 * 1024 ** 3;
    expect(planOf("pro").features).toEqual({ posts: 1_000, pages: null, sites: 100, storage, api_keys: 50 });
    expect(TIERS.map((tier) => planOf(tier).features.api_keys)).toEqual([0, 5, 10, 25, 50, 100, 1_000]);
  });

  it("a plan of a tier nobody knows has no API access and the least of everything", () => {
    expect(planOf("gone")).toBe(planOf("trial"));
    expect(planOf("gone").apiAccess).toBe(false);
  });
});

describe("monthly allowances", () => {
  it("monthly allowances are charged to the counters they are drawn by", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (mcp_calls, ai_tokens) => {
        expect(metricCharges({ mcp_calls, ai_tokens })).toEqual({
          "key.monthly_mcp_calls": mcp_calls,
          "key.monthly_ai_tokens": ai_tokens,
        });
      }),
    );
  });
});
