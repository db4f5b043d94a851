import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BucketPolicy, TokenBucket } from "../../../src/core/limits/token-bucket.ts";
import { type Admitted, exceededWindow, idealLevel } from "./windows.ts";

const RUNS = 10_000;
const START = 1_800_000_000_000;

const policies: fc.Arbitrary<BucketPolicy> = fc.record({
  name: fc.constant("bucket"),
  capacity: fc.integer({ min: 0, max: 80 }),
  refillTokens: fc.integer({ min: 1, max: 200 }),
  refillPeriodMs: fc.constantFrom(1, 7, 1_000, 60_000, 100_000),
});

/** Milliseconds a clock moves by: often little, sometimes back, sometimes by days. */
const moves = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 50 }) },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 5_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -100_000, max: -1 }) },
  { weight: 1, arbitrary: fc.integer({ min: 60_000, max: 40 * 86_400_000 }) },
);
const costs = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 5 }) }, fc.integer({ min: 0, max: 120 }));

type Step = { kind: "call"; cost: number } | { kind: "move"; by: number } | { kind: "give_back"; index: number };

const steps = (move: fc.Arbitrary<number>): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant("call" as const), cost: costs }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant("move" as const), by: move }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("give_back" as const), index: fc.nat(5) }) },
    ),
    { maxLength: 40 },
  );

interface Charge extends Admitted {
  chargedAt: number;
}

/** Runs the steps and hands each call's verdict to `onCall`, before it is added to what was admitted. */
function play(
  policy: BucketPolicy,
  script: Step[],
  onCall: (at: { bucket: TokenBucket; cost: number; now: number; latest: number; admitted: Charge[] }) => void,
): Charge[] {
  const bucket = new TokenBucket(policy, START);
  const admitted: Charge[] = [];
  let now = START;
  let latest = START;
  for (const step of script) {
    if (step.kind === "move") now += step.by;
    if (step.kind === "give_back") {
      const [charge] = admitted.splice(-1 - step.index, 1);
      if (charge) bucket.giveBack(charge.cost, charge.chargedAt);
    }
    if (step.kind !== "call") continue;
    // What the clock showed while nobody asked is not known to a bucket.
    latest = Math.max(latest, now);
    onCall({ bucket, cost: step.cost, now, latest, admitted });
    if (!bucket.canTake(step.cost, now)) continue;
    bucket.take(step.cost);
    admitted.push({ at: latest, cost: step.cost, chargedAt: now });
  }
  return admitted;
}

describe("a token bucket", () => {
  it("a token bucket admits at most capacity + rate × t in every window, whatever the clock does and whatever is given back", () => {
    fc.assert(
      fc.property(policies, steps(moves), (policy, script) => {
        expect(
          exceededWindow(
            policy,
            play(policy, script, () => {}),
          ),
        ).toBeNull();
      }),
      { numRuns: RUNS },
    );
  });

  it("a token bucket admits exactly what the ideal bucket admits, as if a call that was given back had never been", () => {
    const forward = moves.map(Math.abs);
    fc.assert(
      fc.property(policies, steps(forward), (policy, script) => {
        play(policy, script, ({ bucket, cost, now, admitted }) => {
          const ideal = idealLevel(policy, admitted, now);
          expect(bucket.canTake(cost, now)).toBe(ideal >= cost * policy.refillPeriodMs);
          expect(bucket.available(now)).toBe(Math.floor(ideal / policy.refillPeriodMs));
        });
      }),
      { numRuns: RUNS },
    );
  });

  it("a token bucket never falls behind the ideal bucket when the clock steps back", () => {
    fc.assert(
      fc.property(policies, steps(moves), (policy, script) => {
        const calls = script.filter((step) => step.kind !== "give_back");
        play(policy, calls, ({ bucket, now, latest, admitted }) => {
          expect(bucket.available(now)).toBe(Math.floor(idealLevel(policy, admitted, latest) / policy.refillPeriodMs));
        });
      }),
      { numRuns: RUNS },
    );
  });

  it("a token bucket tells the shortest wait that really admits", () => {
    fc.assert(
      fc.property(policies, steps(moves), costs, (policy, script, cost) => {
        play(policy, script, ({ bucket, now }) => {
          const wait = bucket.waitMs(cost, now);
          expect(wait === null).toBe(cost > policy.capacity);
          if (wait === null) return;
          const later = () => new TokenBucket(policy, now, bucket.snapshot());
          expect(later().canTake(cost, now + wait)).toBe(true);
          if (wait > 0) expect(later().canTake(cost, now + wait - 1)).toBe(false);
        });
      }),
      { numRuns: RUNS },
    );
  });

  it("a token bucket shows whole tokens between 0 and its capacity", () => {
    fc.assert(
      fc.property(policies, steps(moves), (policy, script) => {
        play(policy, script, ({ bucket, now }) => {
          const available = bucket.available(now);
          expect(Number.isInteger(available) && available >= 0 && available <= policy.capacity).toBe(true);
          expect(bucket.fullInMs(now)).toBeGreaterThanOrEqual(0);
        });
      }),
      { numRuns: RUNS },
    );
  });
});
