import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { IP_CHECK_MS, IpBuckets, type IpWorld } from "../../../src/core/limits/ip-buckets.ts";
import { IP_LIMITS } from "../../../src/core/limits/ip-limits.ts";
import type { LimiterState } from "../../../src/core/limits/limiter.ts";

let time: number;
let stored: LimiterState | undefined;
let saves: number;
/** When the alarm goes off: an object has one. */
let checkAt: number | null;
let checkedAt: number;

const world: IpWorld = {
  now: () => time,
  storage: {
    state: () => structuredClone(stored),
    saveState: (state) => {
      saves += 1;
      stored = structuredClone(state);
    },
    clear: () => {
      stored = undefined;
    },
  },
  checkAfter: (ms) => {
    checkAt = time + ms;
  },
};

beforeEach(() => {
  time = Date.UTC(2026, 10, 20, 12);
  stored = undefined;
  saves = 0;
  checkAt = null;
  checkedAt = 0;
});

/** The buckets in an object that was evicted. */
const anew = () => new IpBuckets(world);

function spend(buckets: IpBuckets, bucket: "frontend" | "sign_in", calls: number): number {
  let admitted = 0;
  for (let n = 0; n < calls; n += 1) if (buckets.charge(bucket, 1, 1).allowed) admitted += 1;
  return admitted;
}

/** Waits, with the checks that were asked for in between. */
function wait(buckets: IpBuckets, ms: number): void {
  const end = time + ms;
  while (checkAt !== null && checkAt <= end) {
    time = checkAt;
    checkAt = null;
    checkedAt = time;
    buckets.check();
  }
  time = end;
}

describe("the buckets of an address", () => {
  it("the buckets of an address are as empty as they were when their object has been evicted, at once or after a rest", () => {
    expect(spend(anew(), "frontend", 101)).toBe(100);
    const buckets = anew();
    expect(spend(buckets, "frontend", 1)).toBe(0);
    wait(buckets, 12_000);
    expect(spend(anew(), "frontend", 101)).toBeLessThanOrEqual(20);
  });

  it("the buckets of an address lose nothing to a rest either: what was counted ahead is corrected before the object goes", () => {
    const buckets = anew();
    expect(spend(buckets, "frontend", 60)).toBe(60);
    wait(buckets, IP_CHECK_MS * 2);
    expect(spend(anew(), "frontend", 101)).toBe(40 + 16);
  });

  it("the buckets of an address leave nothing behind once they are full again", () => {
    const buckets = anew();
    spend(buckets, "sign_in", 10);
    wait(buckets, 53_000);
    expect(stored).toBeDefined();
    wait(buckets, 6_000);
    expect(stored).toBeUndefined();
    expect(spend(anew(), "sign_in", 11)).toBe(10);
  });

  it("the buckets of an address that is denied, or asked for nothing, write nothing", () => {
    const buckets = anew();
    spend(buckets, "sign_in", 10);
    const before = saves;
    spend(buckets, "sign_in", 50);
    buckets.charge("unknown_api_keys", 0, 1);
    expect(saves).toBe(before);
    expect(checkAt).toBe(time + IP_CHECK_MS);
  });

  it("the buckets of an address under steady load write a twentieth of a row a call", () => {
    const buckets = anew();
    spend(buckets, "frontend", 100);
    expect(saves).toBeLessThanOrEqual(5);
  });

  it("the buckets of an address that asks for little store nothing", () => {
    const buckets = anew();
    for (let n = 0; n < 20; n += 1) {
      spend(buckets, "frontend", 3);
      wait(buckets, 3_000);
    }
    expect([saves, checkAt]).toEqual([0, null]);
  });

  /** Most that `frontend` may admit in this time. */
  const mostIn = (ms: number) => {
    const { capacity, refillTokens, refillPeriodMs } = IP_LIMITS.buckets[0] as (typeof IP_LIMITS.buckets)[0];
    return capacity + (ms * refillTokens) / refillPeriodMs;
  };
  const steps = fc.array(fc.record({ ms: fc.nat(20_000), calls: fc.nat(60) }), { minLength: 1, maxLength: 30 });

  it("the buckets of an address never admit more than capacity and refill, however often their object is evicted", () => {
    fc.assert(
      fc.property(steps, (list) => {
        stored = undefined;
        checkAt = null;
        const begin = time;
        let buckets = anew();
        let admitted = 0;
        for (const { ms, calls } of list) {
          const from = time;
          wait(buckets, ms);
          // Ten seconds without a call or an alarm, and the object is gone.
          if (time - Math.max(from, checkedAt) >= 10_000) buckets = anew();
          admitted += spend(buckets, "frontend", calls);
          expect(admitted).toBeLessThanOrEqual(mostIn(time - begin));
        }
      }),
    );
  });

  it("the buckets of an address forgive five seconds' refill at most with each crash", () => {
    fc.assert(
      fc.property(steps, (list) => {
        stored = undefined;
        checkAt = null;
        const begin = time;
        let admitted = 0;
        for (const [crashes, { ms, calls }] of list.entries()) {
          wait(anew(), ms);
          admitted += spend(anew(), "frontend", calls);
          expect(admitted).toBeLessThanOrEqual(mostIn(time - begin + crashes * IP_CHECK_MS));
        }
      }),
    );
  });

  it("the buckets of an address take back a charge that came to nothing", () => {
    const buckets = anew();
    const charge = buckets.charge("frontend", 1, 1);
    expect(charge.figures[0]?.remaining).toBe(99);
    time += 100;
    expect(buckets.giveBack("frontend", 1, charge.at)[0]?.remaining).toBe(100);
  });
});
