import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Charges as ChargesOf,
  Limiter,
  type LimiterState,
  type LimitPolicy as PolicyOf,
} from "../../../src/core/limits/limiter.ts";
import { periodKey } from "../../../src/core/limits/period.ts";
import { WriteAhead } from "../../../src/core/limits/write-ahead.ts";
import { type Admitted, exceededWindow } from "./windows.ts";

type Charges = ChargesOf<string>;
type LimitPolicy = PolicyOf<string>;

const RUNS = 10_000;
/** Late on the last day of a month, so that clocks often cross both edges. */
const START = Date.UTC(2026, 10, 30, 23, 59, 55);

const bucket = (name: string) =>
  fc.record({
    name: fc.constant(name),
    capacity: fc.oneof(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 300 })),
    refillTokens: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 60 })),
    refillPeriodMs: fc.constantFrom(100, 1_000, 60_000),
  });
const quota = (name: string, period: "day" | "month") =>
  fc.record({
    name: fc.constant(name),
    period: fc.constant(period),
    limit: fc.option(fc.oneof(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 3_000 })), { freq: 3 }),
  });

const policies: fc.Arbitrary<LimitPolicy> = fc.record({
  buckets: fc.tuple(bucket("a"), bucket("b")),
  quotas: fc.tuple(quota("day", "day"), quota("month", "month")),
});

const cost = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 2 }) }, fc.integer({ min: 0, max: 400 }));
const charges: fc.Arbitrary<Charges> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ a: 1, day: 1, month: 1 }) },
  { weight: 1, arbitrary: fc.constant({ day: 1 }) },
  {
    weight: 3,
    arbitrary: fc
      .record({ a: cost, b: cost, day: cost, month: cost }, { requiredKeys: [] })
      .map((it) => ({ ...it }) as Charges),
  },
);

const moves = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 3_000 }) },
  { weight: 3, arbitrary: fc.integer({ min: 5_000, max: 20_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -30_000, max: -1 }) },
  { weight: 1, arbitrary: fc.integer({ min: 5_000, max: 40 * 86_400_000 }) },
);

type Step =
  | { kind: "calls"; charges: Charges; count: number }
  | { kind: "move"; by: number }
  | { kind: "give_back"; index: number }
  | { kind: "crash" }
  | { kind: "idle" };

const script = (faults: boolean): fc.Arbitrary<Step[]> => {
  const calls = fc.record({ kind: fc.constant("calls" as const), charges, count: fc.integer({ min: 1, max: 40 }) });
  const rest = [
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("move" as const), by: moves }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("give_back" as const), index: fc.nat(5) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("idle" as const) }) },
  ];
  const crash = { weight: faults ? 3 : 0, arbitrary: fc.record({ kind: fc.constant("crash" as const) }) };
  return fc.array(fc.oneof({ weight: 6, arbitrary: calls }, ...rest, crash), { maxLength: 25 });
};

interface Call {
  /** The time each limit went by. */
  at: Record<string, number>;
  chargedAt: number;
  charges: Charges;
}

/**
 * A limiter in an object's life: charged, stored ahead of use, lost in a crash and restored from what was stored last.
 * Answers the calls that were admitted and not given back; `check` sees the limiter before each series of calls.
 */
function live(
  policy: LimitPolicy,
  steps: Step[],
  check: (limiter: Limiter<string>, charges: Charges, now: number) => void = () => {},
  isGradual = false,
): Call[] {
  let now = START;
  // The time a limit goes by never steps back: the latest it was asked at. A crash forgets what was asked in vain.
  let latest: Record<string, number> = { a: now, b: now, day: now, month: now };
  let charged: Record<string, number> = {};
  let stored: LimiterState | undefined;
  let limiter = new Limiter(policy, now);
  let writeAhead = new WriteAhead(isGradual);
  const admitted: Call[] = [];
  for (const step of steps) {
    if (step.kind === "move") now += step.by;
    if (step.kind === "idle") stored = writeAhead.exactState(limiter);
    if (step.kind === "crash") {
      limiter = new Limiter(policy, now, stored);
      writeAhead = new WriteAhead(isGradual);
      latest = { ...charged };
    }
    if (step.kind === "give_back") {
      const [call] = admitted.splice(-1 - step.index, 1);
      if (call) limiter.giveBack(call.charges, call.chargedAt);
    }
    for (let n = 0; step.kind === "calls" && n < step.count; n += 1) {
      for (const name of Object.keys(step.charges)) latest[name] = Math.max(latest[name] ?? now, now);
      if (n === 0) check(limiter, step.charges, now);
      if (!limiter.decide(step.charges, now).allowed) continue;
      stored = writeAhead.stateToStore(limiter, step.charges, now) ?? stored;
      charged = { ...latest };
      admitted.push({ at: charged, chargedAt: now, charges: step.charges });
    }
  }
  return admitted;
}

const costsOf = (calls: Call[], name: string): Admitted[] =>
  calls.flatMap(({ at, charges: charged }) => (charged[name] ? [{ at: at[name] as number, cost: charged[name] }] : []));

/** The most that one calendar period saw of a quota. */
function busiestPeriod(calls: Call[], name: string, period: "day" | "month"): number {
  const sums = new Map<string, number>();
  for (const { at, cost: units } of costsOf(calls, name)) {
    const key = periodKey(period, at);
    sums.set(key, (sums.get(key) ?? 0) + units);
  }
  return Math.max(0, ...sums.values());
}

function expectWithinLimits(policy: LimitPolicy, calls: Call[]): void {
  for (const it of policy.buckets) expect(exceededWindow(it, costsOf(calls, it.name))).toBeNull();
  for (const { name, period, limit } of policy.quotas) {
    expect(busiestPeriod(calls, name, period)).toBeLessThanOrEqual(limit ?? Number.POSITIVE_INFINITY);
  }
}

describe("several limits decided together", () => {
  it("several limits decided together admit no more than any of them allows, in every window and period, across crashes at any moment", () => {
    fc.assert(
      fc.property(policies, script(true), fc.boolean(), (policy, steps, isGradual) =>
        expectWithinLimits(policy, live(policy, steps, undefined, isGradual)),
      ),
      { numRuns: RUNS },
    );
  });

  it("several limits decided together are all charged or none: a denied call changes nothing that can be seen or stored", () => {
    fc.assert(
      fc.property(policies, script(true), (policy, steps) => {
        live(policy, steps, (limiter, wanted, now) => {
          // Refills, and rolls over into the current day and month, what has not been looked at since.
          limiter.wouldAllow({ a: 1, b: 1, day: 1, month: 1 }, now);
          const before = JSON.stringify(limiter.snapshot());
          const isAllowed = limiter.wouldAllow(wanted, now);
          expect(JSON.stringify(limiter.snapshot())).toBe(before);
          if (isAllowed) return;
          expect(limiter.decide(wanted, now).allowed).toBe(false);
          expect(JSON.stringify(limiter.snapshot())).toBe(before);
        });
      }),
      { numRuns: RUNS },
    );
  });

  it("several limits decided together show figures between 0 and the limit, and name a limit that is really short", () => {
    fc.assert(
      fc.property(policies, script(true), (policy, steps) => {
        live(policy, steps, (limiter, wanted, now) => {
          for (const it of limiter.figures(wanted, now)) {
            expect(it.remaining).toBeGreaterThanOrEqual(0);
            expect(it.remaining).toBeLessThanOrEqual(it.limit);
            expect(it.resetSeconds).toBeGreaterThanOrEqual(1);
            expect(it.windowSeconds).toBeGreaterThanOrEqual(1);
          }
          if (limiter.wouldAllow(wanted, now)) return;
          const decision = limiter.decide(wanted, now);
          const name = decision.allowed ? "" : decision.deniedBy.name;
          expect(limiter.wouldAllow({ [name]: wanted[name] ?? 0 }, now)).toBe(false);
        });
      }),
      { numRuns: RUNS },
    );
  });

  it("several limits decided together admit a call that waited as long as Retry-After said, unless it asks for more than a limit ever holds", () => {
    fc.assert(
      fc.property(policies, script(true), (policy, steps) => {
        live(policy, steps, (limiter, wanted, now) => {
          if (limiter.wouldAllow(wanted, now)) return;
          const decision = new Limiter(policy, now, limiter.snapshot()).decide(wanted, now);
          if (decision.allowed) throw new Error("restored to more than there was");
          const isPossible = new Limiter(policy, now).wouldAllow(wanted, now);
          if (!isPossible) return;
          expect(decision.retryAfterSeconds).toBeGreaterThanOrEqual(1);
          const later = now + decision.retryAfterSeconds * 1_000;
          expect(new Limiter(policy, now, limiter.snapshot()).wouldAllow(wanted, later)).toBe(true);
        });
      }),
      { numRuns: RUNS },
    );
  });

  it("several limits decided together count a day that began after the state was stored", () => {
    const policy: LimitPolicy = { buckets: [], quotas: [{ name: "day", period: "day", limit: 40 }] };
    const calls = (count: number): Step => ({ kind: "calls", charges: { day: 1 }, count });
    const steps: Step[] = [calls(1), { kind: "move", by: 6_000 }, calls(9), { kind: "crash" }, calls(60)];
    const tomorrow = live(policy, steps).filter(({ chargedAt }) => chargedAt > START);
    expect(tomorrow.length).toBeGreaterThan(9);
    expect(tomorrow.length).toBeLessThanOrEqual(40);
  });

  it.each([
    [false, "a quarter of a bucket, a hundredth of what is left of a quota and 31"],
    [true, "that, and a sixteenth of the calls so far where it is done gradually"],
  ])(
    "several limits decided together lose a caller at most what was stored ahead (gradually: %s), %s, when the object crashes",
    (isGradual) => {
      fc.assert(
        fc.property(policies, script(false), (policy, steps) => {
          const limiter = new Limiter(policy, START);
          const writeAhead = new WriteAhead(isGradual);
          let stored: LimiterState | undefined;
          let calls = 0;
          for (const step of steps) {
            for (let n = 0; step.kind === "calls" && n < step.count; n += 1) {
              if (!limiter.decide(step.charges, START).allowed) continue;
              calls += 1;
              stored = writeAhead.stateToStore(limiter, step.charges, START) ?? stored;
            }
          }
          const all = { a: 0, b: 0, day: 0, month: 0 };
          const restored = new Limiter(policy, START, stored);
          const most = isGradual ? Math.min(31, calls / 16) : 31;
          const left = (of: Limiter<string>) => new Map(of.figures(all, START).map((it) => [it.name, it]));
          for (const [name, figure] of left(limiter)) {
            const lost = figure.remaining - (left(restored).get(name)?.remaining ?? 0);
            expect(lost).toBeGreaterThanOrEqual(0);
            const isBucket = policy.buckets.some((it) => it.name === name);
            const bound = isBucket ? (figure.limit < 16 ? 0 : figure.limit / 4) : (figure.remaining + 31) / 100;
            expect(lost).toBeLessThanOrEqual(Math.min(most, bound));
          }
          for (const { name } of policy.quotas) {
            const counted = restored.used(name, START) - limiter.used(name, START);
            expect(counted).toBeGreaterThanOrEqual(0);
            expect(counted).toBeLessThanOrEqual(most);
          }
        }),
        { numRuns: RUNS },
      );
    },
  );

  it("several limits decided together are stored a twentieth as often as they are charged under steady load, gradually or not", () => {
    for (const isGradual of [false, true]) {
      const limiter = new Limiter({ buckets: [], quotas: [{ name: "month", period: "month", limit: null }] }, START);
      const writeAhead = new WriteAhead(isGradual);
      let stores = 0;
      for (let n = 0; n < 6_000; n += 1) {
        limiter.decide({ month: 1 }, START + 10 * n);
        if (writeAhead.stateToStore(limiter, { month: 1 }, START + 10 * n)) stores += 1;
      }
      expect(stores).toBeLessThanOrEqual(6_000 / 20);
    }
  });
});
