import { describe, expect, it } from "vitest";
import { periodEnd, periodKey } from "../../../src/core/limits/period.ts";
import { Quota } from "../../../src/core/limits/quota.ts";

const at = (text: string): number => Date.parse(text);

describe("calendar periods are UTC", () => {
  it.each([
    ["the end of a day", "day", "2026-11-20T23:59:59.999Z", "2026-11-20", "2026-11-21T00:00:00.000Z"],
    ["the start of a day", "day", "2026-11-21T00:00:00.000Z", "2026-11-21", "2026-11-22T00:00:00.000Z"],
    ["the last day of a month", "day", "2026-11-30T12:00:00.000Z", "2026-11-30", "2026-12-01T00:00:00.000Z"],
    ["a leap day", "day", "2028-02-29T12:00:00.000Z", "2028-02-29", "2028-03-01T00:00:00.000Z"],
    ["28 February of another year", "day", "2027-02-28T12:00:00.000Z", "2027-02-28", "2027-03-01T00:00:00.000Z"],
    ["the end of a year", "day", "2026-12-31T23:59:59.999Z", "2026-12-31", "2027-01-01T00:00:00.000Z"],
    ["the end of a month", "month", "2026-11-30T23:59:59.999Z", "2026-11", "2026-12-01T00:00:00.000Z"],
    ["the start of a month", "month", "2026-12-01T00:00:00.000Z", "2026-12", "2027-01-01T00:00:00.000Z"],
    ["a February of 29 days", "month", "2028-02-29T00:00:00.000Z", "2028-02", "2028-03-01T00:00:00.000Z"],
    ["the end of a year's last month", "month", "2026-12-31T23:59:59.999Z", "2026-12", "2027-01-01T00:00:00.000Z"],
  ] as const)("calendar periods are UTC: %s", (_, period, moment, key, end) => {
    expect(periodKey(period, at(moment))).toBe(key);
    expect(new Date(periodEnd(period, at(moment))).toISOString()).toBe(end);
  });
});

describe("a quota", () => {
  const edge = at("2026-12-01T00:00:00.000Z");
  const makeQuota = (now: number) => new Quota({ name: "calls", period: "month", limit: 3 }, now);

  it("a quota starts anew at the first millisecond of the next period", () => {
    const quota = makeQuota(edge - 1);
    quota.take(3);
    expect(quota.canTake(1, edge - 1)).toBe(false);
    expect(quota.resetInMs(edge - 1)).toBe(1);
    expect(quota.canTake(3, edge)).toBe(true);
  });

  it("a quota goes on counting in the later period when the clock steps back, and tells the wait until that ends", () => {
    const quota = makeQuota(edge);
    quota.take(3);
    expect(quota.canTake(1, edge - 1)).toBe(false);
    expect(edge - 1 + quota.resetInMs(edge - 1)).toBe(at("2027-01-01T00:00:00.000Z"));
  });

  it("a quota gives nothing back for a call of an earlier period", () => {
    const quota = makeQuota(edge - 1);
    quota.take(1);
    quota.canTake(3, edge);
    quota.take(3);
    quota.giveBack(1, edge - 1);
    expect(quota.canTake(1, edge)).toBe(false);
    quota.giveBack(1, edge);
    expect(quota.canTake(1, edge)).toBe(true);
  });

  it("a quota shows 0 rather than less after its limit was lowered", () => {
    const quota = new Quota({ name: "calls", period: "day", limit: 2 }, edge, { period: "2026-12-01", used: 5 });
    expect(quota.available(edge)).toBe(0);
  });
});
