import { beforeEach, describe, expect, it } from "vitest";
import type { StoredNotice } from "../../../src/core/limits/ledger-storage.ts";
import { Ledger } from "../../../src/core/limits/ledger.ts";
import { periodKey } from "../../../src/core/limits/period.ts";
import { NOTICE_RETRY_MS, UsageNotices } from "../../../src/core/limits/usage-notices.ts";
import { MemoryLedgerStorage } from "./support/memory.ts";

const START = Date.UTC(2026, 10, 20, 12);
const HOUR = 3_600_000;

let time: number;
let storage: MemoryLedgerStorage;
let emitted: StoredNotice[];
let isOut: boolean;
let alarms: number[];
let ledger: Ledger;
let notices: UsageNotices;

const start = () => {
  notices = new UsageNotices({
    now: () => time,
    storage,
    emit: async (notice) => {
      if (isOut) throw new Error("Network connection lost.");
      emitted.push(notice);
    },
    sendAfter: (ms) => alarms.push(ms),
  });
};

beforeEach(() => {
  time = START;
  storage = new MemoryLedgerStorage();
  emitted = [];
  isOut = false;
  alarms = [];
  ledger = new Ledger();
  start();
});

/** The workspace's keys have used this many calls of the month in all. */
function use(used: number): void {
  const period = periodKey("month", time);
  const amount = used - ledger.used(period, "api_calls");
  ledger.reserve({ id: `${used}`, metric: "api_calls", period, amount, limit: null, now: time });
  ledger.settleReservation(`${used}`, amount);
  notices.observe(ledger);
}

const types = () => emitted.map(({ type }) => type);

describe("a workspace's notices", () => {
  it("a workspace's notices tell of 80 and 100 % of an allowance once each in a month, also after a restart", async () => {
    notices.hear("api_calls", 100);
    for (const used of [79, 80, 90, 100, 100]) use(used);
    await notices.send();
    expect(emitted.map(({ key }) => key)).toEqual([
      "threshold 2026-11 api_calls 80",
      "threshold 2026-11 api_calls 100",
    ]);
    expect(alarms).toEqual([1, 1]);
    start();
    notices.hear("api_calls", 100);
    use(100);
    await notices.send();
    expect(emitted).toHaveLength(2);
  });

  it("a workspace's notices are none of an allowance without a limit", async () => {
    notices.hear("api_calls", null);
    use(1_000);
    expect(storage.unsentNotices()).toEqual([]);
  });

  it("a workspace's notices tell of an hour with more than 100 calls and five times the week's mean", async () => {
    use(0);
    use(84);
    time += 168 * HOUR;
    use(184);
    await notices.send();
    expect(emitted).toEqual([]);
    use(185);
    await notices.send();
    expect(types()).toEqual(["usage.spike"]);
    const data = { hour: new Date(time).toISOString(), calls: 101, hourly_mean: 0.5 };
    expect(emitted[0]?.data).toMatchObject(data);
  });

  it("a workspace's notices tell of no busy hour before there is a week to compare it with, also after a restart", async () => {
    use(0);
    for (let used = 1; used < 500; used += 7) {
      use(used);
      time += HOUR;
      if (used > 250) start();
      use(used);
    }
    for (const hours of [0, 95]) {
      time += hours * HOUR;
      use(ledger.used(periodKey("month", time), "api_calls") + 5_000);
    }
    await notices.send();
    expect(types()).toEqual([]);
    time += HOUR;
    use(90_000);
    await notices.send();
    expect(types()).toEqual(["usage.spike"]);
  });

  it("a workspace's notices compare an hour with those before it, whatever was restarted in between", async () => {
    use(0);
    for (let hour = 1; hour <= 168; hour += 1) {
      use(hour * 100);
      time += HOUR;
      start();
      use(hour * 100);
    }
    emitted = [];
    use(168 * 100 + 400);
    await notices.send();
    expect(types()).toEqual([]);
  });

  it("a workspace's notices do not take what was counted before a start for new calls", async () => {
    use(5_000);
    expect(storage.hours()).toEqual([]);
  });

  it("a workspace's notices that cannot be announced are tried again, and announced under the same id", async () => {
    notices.hear("api_calls", 10);
    use(8);
    const [kept] = storage.unsentNotices();
    isOut = true;
    await notices.send();
    expect(alarms.at(-1)).toBe(NOTICE_RETRY_MS);
    isOut = false;
    start();
    await notices.send();
    expect(emitted).toEqual([kept]);
    expect(storage.unsentNotices()).toEqual([]);
  });
});
