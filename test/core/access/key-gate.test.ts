import { beforeEach, describe, expect, it } from "vitest";
import { KeyGate } from "../../../src/core/access/key-gate.ts";
import { COUNTER_OF, type KeyCharges, metricCharges } from "../../../src/core/limits/key-limits.ts";
import { METRICS, type Metric } from "../../../src/core/limits/metric.ts";
import { periodKey } from "../../../src/core/limits/period.ts";
import { policyOf } from "./support/policy.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const MONTH = periodKey("month", NOW);
let gate: KeyGate;

beforeEach(() => {
  gate = new KeyGate(policyOf({}), 0, NOW);
});

const ask = (charges: KeyCharges) =>
  gate.decide({ charges, ip: "192.0.2.1", idempotencyKey: null, requestId: "req_1" }, NOW);
const lease = (metric: Metric, granted: number) =>
  gate.acceptGrant(
    metric,
    MONTH,
    { granted, used: 0, rev: 1, elsewhere: 0 },
    { used: 0, ...gate.allowance(metric) },
    NOW,
  );

describe("a key's gate", () => {
  it("a key's gate lets one call of 1,000 AI tokens in on a lease of 1,000, and wants a lease for the next", () => {
    lease("ai_tokens", 1_000);
    expect(ask(metricCharges({ ai_tokens: 1_000 }))).toMatchObject({ kind: "admitted" });
    expect(gate.used("ai_tokens", NOW)).toBe(1_000);
    const wanted = { kind: "needs_lease", metric: "ai_tokens", need: 1_000 };
    expect(ask(metricCharges({ ai_tokens: 1_000 }))).toEqual(wanted);
    expect(ask(metricCharges({ ai_tokens: 1 }))).toEqual({ ...wanted, need: 1 });
  });

  it.each(METRICS)("a key's gate counts %s by a counter of their own, and lets in as many as were leased", (metric) => {
    lease(metric, 3);
    const kinds = Array.from({ length: 4 }, () => ask({ [COUNTER_OF[metric]]: 1 }).kind);
    expect(kinds).toEqual(["admitted", "admitted", "admitted", "needs_lease"]);
    expect(METRICS.map((it) => gate.used(it, NOW))).toEqual(METRICS.map((it) => (it === metric ? 3 : 0)));
  });

  it("a key's gate tells a repeated call that its first is running, and another call that its Idempotency-Key is taken", () => {
    const call = { charges: {}, ip: "192.0.2.1", idempotencyKey: "once" };
    const lockOf = (requestId: string, fingerprint: string | null) => {
      const decision = gate.decide({ ...call, requestId, fingerprint }, NOW);
      return decision.kind === "admitted" ? decision.idempotency : decision.kind;
    };
    expect(lockOf("req_1", "a")).toBe("acquired");
    expect(lockOf("req_1", "a")).toBe("acquired");
    expect(lockOf("req_2", "a")).toBe("busy");
    expect(lockOf("req_3", "b")).toBe("mismatch");
    expect(lockOf("req_4", null)).toBe("busy");
    gate.unlock(7, "once", "req_1");
    expect(lockOf("req_3", "b")).toBe("acquired");
  });

  it("a key's gate keeps no more Idempotency-Keys than calls come within the time that one is held", () => {
    const { locks } = gate as unknown as { locks: Map<string, unknown> };
    let most = 0;
    for (let n = 0; n < 20_000; n += 1) {
      const call = { charges: {}, ip: "192.0.2.1", idempotencyKey: `key ${n % 7_000}`, requestId: `req_${n}` };
      expect(gate.decide(call, NOW + n * 100).kind).toBe("admitted");
      most = Math.max(most, locks.size);
    }
    expect(most).toBeLessThanOrEqual(301);
  });

  it("a key's gate throws for a charge that is no limit's name, rather than let the call in for nothing", () => {
    const misspelt = { "content.requests_per_minute": 1, ai_request: 1 } as KeyCharges;
    expect(() => ask(misspelt)).toThrow("There is no limit called ai_request");
    expect(ask({ "content.requests_per_minute": 1 })).toMatchObject({
      kind: "admitted",
      figures: [{ remaining: 599 }],
    });
  });
});
