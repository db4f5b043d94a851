import { beforeEach, describe, expect, it } from "vitest";
import { KeyGate } from "../../../src/core/access/key-gate.ts";
import { KeyLeases } from "../../../src/core/access/key-leases.ts";
import { metricCharges } from "../../../src/core/limits/key-limits.ts";
import { Ledger } from "../../../src/core/limits/ledger.ts";
import type { Metric } from "../../../src/core/limits/metric.ts";
import { policyOf } from "./support/policy.ts";

let time: number;
let leases: KeyLeases;
let gate: KeyGate;
let ledger: Ledger;
let wants: number[];

const start = (tier: string) => {
  const workspace = { id: 1, name: "Workspace", slug: "workspace", tier };
  gate = new KeyGate(policyOf({ workspace }), 0, time);
};

beforeEach(() => {
  time = Date.UTC(2026, 10, 20, 12);
  leases = new KeyLeases(() => time);
  ledger = new Ledger();
  wants = [];
  start("agency");
});

const draw = (need: number, metric: Metric = "api_calls") =>
  leases.draw(gate, { kind: "needs_lease", metric, need }, async (request) => {
    wants.push(request.want);
    return ledger.draw({ ...request, holder: "7" });
  });

describe("a key's leases", () => {
  it("a key's leases double while they do not last five seconds, up to 512 units, and halve when they do, down to four", async () => {
    for (let n = 0; n < 10; n += 1) await draw(1);
    expect(wants).toEqual([4, 8, 16, 32, 64, 128, 256, 512, 512, 512]);
    for (let n = 0; n < 8; n += 1) {
      time += 5_000;
      await draw(1);
    }
    expect(wants.slice(10)).toEqual([256, 128, 64, 32, 16, 8, 4, 4]);
  });

  it("a key's leases start small again after the key came to rest", async () => {
    for (let n = 0; n < 5; n += 1) await draw(1);
    leases.rest();
    await draw(1);
    expect(wants.at(-1)).toBe(8);
  });

  it("a key's leases are as large as can be where the plan has no limit", async () => {
    start("enterprise");
    await draw(1);
    expect(wants).toEqual([512]);
  });

  it("a key's leases are asked for once by all who wait, of whom those who need fewer units may ask again", async () => {
    start("professional");
    const answers = await Promise.all([draw(100_001, "ai_tokens"), draw(100_001, "ai_tokens"), draw(5, "ai_tokens")]);
    expect(answers).toEqual([false, false, true]);
    expect(wants).toHaveLength(1);
  });

  it("a key's leases hold as much as is needed, so that the gate lets the call in that wanted them", async () => {
    start("professional");
    const call = { charges: metricCharges({ ai_tokens: 1_000 }), ip: "", idempotencyKey: null, requestId: "req_1" };
    let admitted = 0;
    for (;;) {
      const decision = gate.decide(call, time);
      if (decision.kind === "admitted") admitted += 1;
      else if (decision.kind !== "needs_lease" || !(await draw(decision.need, decision.metric))) break;
    }
    expect(admitted).toBe(100);
  });
});
