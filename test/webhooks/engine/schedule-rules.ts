import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DueDelivery } from "../../../src/webhooks/lease.ts";
import type { Outcome } from "../../../src/webhooks/post.ts";
import { parseRetryAfter } from "../../../src/core/retry-after.ts";
import { retryDelayMs } from "../../../src/webhooks/schedule.ts";
import { nextStep } from "../../../src/webhooks/next-step.ts";

const RUNS = { numRuns: 2_000 };
const NOW = Date.UTC(2026, 10, 20, 12);
/** docs/contract.md §7, in seconds. */
const STEPS = [5, 60, 300, 1_800, 7_200, 18_000, 36_000, 86_400].map((seconds) => seconds * 1_000);

const DAY = 24 * 3_600_000;

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const retryAfter = fc.option(fc.oneof(fc.nat(200_000_000), fc.constantFrom(0, Number.MAX_SAFE_INTEGER)));

describe("the wait before another attempt", () => {
  it("the wait before another attempt is its step ±20 %, as long as the receiver asks within a day, and never less", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), random, retryAfter, (failures, chance, asked) => {
        const step = STEPS[failures - 1] as number;
        const wait = retryDelayMs(failures, chance, asked) as number;
        expect(Number.isSafeInteger(wait)).toBe(true);
        expect(wait).toBeGreaterThanOrEqual(0.8 * step);
        expect(wait).toBeLessThanOrEqual(Math.max(1.2 * step, Math.min(asked ?? 0, DAY)));
        if (asked !== null) expect(wait).toBeGreaterThanOrEqual(Math.min(asked, DAY));
      }),
      RUNS,
    );
  });

  it("the wait before another attempt uses the whole span, and there is none after the ninth failure", () => {
    for (const [index, step] of STEPS.entries()) {
      expect(retryDelayMs(index + 1, 0, null)).toBe(0.8 * step);
      expect(retryDelayMs(index + 1, 0.5, null)).toBe(step);
      expect(retryDelayMs(index + 1, 1 - Number.EPSILON, null)).toBe(1.2 * step);
    }
    for (const failures of [9, 10, 100]) expect(retryDelayMs(failures, 0.5, 1_000)).toBeNull();
  });
});

describe("Retry-After", () => {
  it("Retry-After is whole milliseconds from now on, or nothing, whatever a receiver writes", () => {
    const dates = fc.date({ noInvalidDate: true }).map((date) => date.toUTCString());
    const numbers = fc.double().map(String);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" }), dates, numbers), (header) => {
        const asked = parseRetryAfter(header, NOW);
        if (asked !== null) expect(Number.isSafeInteger(asked) && asked >= 0, `${header}: ${asked}`).toBe(true);
      }),
      RUNS,
    );
  });

  it("Retry-After is read as seconds", () => {
    fc.assert(
      fc.property(fc.nat(999_999_999), fc.constantFrom("", " ", "0"), (seconds, before) => {
        expect(parseRetryAfter(`${before}${seconds}`, NOW)).toBe(seconds * 1_000);
      }),
      RUNS,
    );
  });

  it("Retry-After is a date, and one that is past asks for nothing", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (seconds) => {
        const date = new Date(NOW + seconds * 1_000).toUTCString();
        expect(parseRetryAfter(date, NOW)).toBe(Math.max(0, seconds) * 1_000);
      }),
      RUNS,
    );
    for (const date of [
      "Fri, 20 Nov 2026 12:00:30 GMT",
      "Friday, 20-Nov-26 12:00:30 GMT",
      "Fri Nov 20 12:00:30 2026",
    ]) {
      expect(parseRetryAfter(date, NOW), date).toBe(30_000);
    }
  });

  it.each([
    ...["", " ", "soon", "NaN", "Infinity", "-5", "1.5", "5s", "1e3", "0x10", "99999999999", "５", "5, 10"],
    ...["Soon 2099", "Friday", "Fri, 99 Nov 2026 99:00:00 GMT", "2026-11-20T12:00:30Z"],
  ])("Retry-After: %j asks for nothing we understand", (header) => {
    expect(parseRetryAfter(header, NOW)).toBeNull();
  });
});

const outcome = fc.record({
  status: fc.option(fc.constantFrom(200, 204, 301, 400, 404, 410, 429, 500, 503)),
  durationMs: fc.nat(15_000),
  response: fc.option(fc.string()),
  isStrained: fc.boolean(),
  retryAfterMs: retryAfter,
});

describe("what an attempt leads to", () => {
  it("what an attempt leads to is done on a success; at a 410 or after nine failures given up; else tried again within the schedule", () => {
    fc.assert(
      fc.property(outcome, fc.nat(8), fc.nat(50), random, (it, round, earlier, chance) => {
        const isSuccess = it.status === 200 || it.status === 204;
        const result: Outcome = { ...it, isSuccess, error: isSuccess ? null : "It failed." };
        const due = { attempt: round + earlier, round } as DueDelivery;
        const { status, nextAttemptAt, attempt, restUntil } = nextStep(due, result, NOW, chance);
        expect(attempt).toMatchObject({ number: round + earlier + 1, at: NOW, status: it.status, error: result.error });
        const isOver = isSuccess || it.status === 410 || round === 8;
        expect(status).toBe(isSuccess ? "success" : isOver ? "failed" : "retrying");
        if (isOver) expect(nextAttemptAt).toBeNull();
        else expect(nextAttemptAt).toBe(NOW + (retryDelayMs(round + 1, chance, it.retryAfterMs) as number));
        const isLeftAlone = !isSuccess && it.isStrained;
        expect(restUntil > 0).toBe(isLeftAlone);
        if (isLeftAlone) expect(restUntil).toBeLessThanOrEqual(NOW + 60_000);
        if (isLeftAlone && nextAttemptAt !== null) expect(restUntil).toBeLessThanOrEqual(nextAttemptAt);
      }),
      RUNS,
    );
  });
});
