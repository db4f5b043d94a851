import { beforeEach, describe, expect, it } from "vitest";
import { periodKey } from "../../../src/core/limits/period.ts";
import { UsageNotices } from "../../../src/core/limits/usage-notices.ts";
import { type Holder, WorkspaceLedger } from "../../../src/core/limits/workspace-ledger.ts";
import { MemoryLedgerStorage } from "./support/memory.ts";

const PLAN = 100;

/** A key that uses what it is told to, and answers the ledger as a key's object does. */
class TestHolder implements Holder {
  used = 0;
  heard: string[] = [];
  isReachable = true;
  recalls = 0;
  /** What it does instead of giving anything up. */
  answersNothing: (() => Promise<void>) | null = null;
  async reclaim(): Promise<number | null> {
    this.recalls += 1;
    if (this.answersNothing) {
      await this.answersNothing();
      return null;
    }
    if (!this.isReachable) throw new Error("Network connection lost.");
    return this.used;
  }
  async beginChange(changeId: string): Promise<void> {
    this.heard.push(`begin ${changeId}`);
  }
  async endChange(changeId: string): Promise<void> {
    this.heard.push(`end ${changeId}`);
  }
  async writeUse(): Promise<void> {
    this.heard.push("write");
  }
}

let time: number;
let storage: MemoryLedgerStorage;
let holders: Map<string, TestHolder>;
let ledger: WorkspaceLedger;

const holder = (name: string): TestHolder => {
  const found = holders.get(name) ?? new TestHolder();
  holders.set(name, found);
  return found;
};

const start = () => {
  const world = { now: () => time, storage, holder };
  const quiet = { now: () => time, storage, emit: async () => {}, sendAfter: () => {} };
  ledger = new WorkspaceLedger(world, new UsageNotices(quiet));
};

beforeEach(() => {
  time = Date.UTC(2026, 10, 20, 12);
  storage = new MemoryLedgerStorage();
  holders = new Map();
  start();
});

const month = () => periodKey("month", time);
const asked = () => ({ metric: "api_calls", period: month(), limit: PLAN, cap: null, isEmptyHanded: false }) as const;
const draw = (name: string, need: number, want = 0) => {
  const { used } = holder(name);
  return ledger.draw({ ...asked(), holder: name, used, need, want });
};

describe("a workspace's ledger", () => {
  it("a workspace's ledger calls back what others do not use before it says that the plan is used up", async () => {
    expect(await draw("1", 1, 40)).toMatchObject({ granted: 40 });
    holder("1").used = 10;
    expect(await draw("2", 90)).toMatchObject({ granted: 90 });
    holder("2").used = 90;
    expect(await draw("3", 1)).toMatchObject({ granted: 0 });
    expect((await ledger.usage(month())).api_calls).toBe(PLAN);
  });

  it("a workspace's ledger grants what others have given up by drawing anew while it called it back", async () => {
    await draw("1", 1, 80);
    holder("1").answersNothing = async () => {
      await ledger.draw({ ...asked(), holder: "1", used: 10, need: 1, want: 0, isEmptyHanded: true });
    };
    expect(await draw("2", 60)).toMatchObject({ granted: 60 });
  });

  it("a workspace's ledger grants nothing of a lease whose holder cannot be reached, and is the same after a restart", async () => {
    await draw("1", 1, 40);
    holder("1").isReachable = false;
    expect(await draw("2", 90)).toMatchObject({ granted: 0 });
    start();
    expect(await draw("2", 90)).toMatchObject({ granted: 0 });
    expect(await draw("2", 60)).toMatchObject({ granted: 60 });
  });

  it("a workspace's ledger tells those with units left of a change, and everybody else its version with the next lease", async () => {
    await draw("1", 1, 40);
    await draw("2", 1);
    holder("2").used = 1;
    await draw("2", 0);
    await ledger.announce({ changeId: "c", phase: "begin", version: 2 });
    await ledger.announce({ changeId: "c", phase: "end", version: 2 });
    expect([holder("1").heard, holder("2").heard]).toEqual([["begin c", "end c"], []]);
    start();
    expect(await draw("3", 1)).toMatchObject({ workspaceVersion: 2 });
  });

  it("a workspace's ledger calls back only what a key's other objects hold when its cap alone is short", async () => {
    const key = { metric: "api_calls", period: month(), limit: null, cap: 10, isEmptyHanded: false } as const;
    await ledger.draw({ ...key, holder: "1", used: 0, need: 1, want: 10 });
    await ledger.draw({ ...key, cap: null, holder: "2", used: 0, need: 10, want: 0 });
    holder("1").used = 3;
    expect(await ledger.draw({ ...key, holder: "1#1", used: 0, need: 7, want: 0 })).toMatchObject({
      granted: 7,
      elsewhere: 3,
    });
    expect([holder("1").recalls, holder("2").recalls]).toEqual([1, 0]);
  });

  it("a workspace's ledger tells those it had nothing left for of a change, also after a restart, and once", async () => {
    await draw("1", PLAN);
    holder("1").used = PLAN;
    expect(await draw("2", 1)).toMatchObject({ granted: 0 });
    start();
    await ledger.announce({ changeId: "c", phase: "begin", version: 2 });
    await ledger.announce({ changeId: "c", phase: "end", version: 2 });
    await ledger.announce({ changeId: "d", phase: "begin", version: 3 });
    expect(holder("2").heard).toEqual(["begin c", "end c"]);
    expect(storage.waiting()).toEqual([]);
  });

  it("a workspace's ledger keeps as much after three years as after two months, and tells a spike by its first hour still", async () => {
    const keys = Array.from({ length: 20 }, (_, n) => String(n));
    const first = Math.floor(time / 3_600_000);
    const sent = new UsageNotices({ now: () => time, storage, emit: async () => {}, sendAfter: () => {} });
    for (let year = 2026; year < 2029; year += 1) {
      for (let n = 0; n < 12; n += 1) {
        time = Date.UTC(year, 10 + n, 20, 12);
        for (let hour = 0; hour < 5; hour += 1) {
          time += 3_600_000;
          for (const key of keys) {
            holder(key).used = hour;
            await draw(key, 1);
            ledger.rest(key, [{ metric: "api_calls", period: month(), used: hour, rev: 0 }]);
          }
        }
        await sent.send();
        if (n % 3 === 0) start();
      }
    }
    const { leases, hours, notices, waiting } = storage.sizes();
    expect(leases).toBeLessThanOrEqual(2 * keys.length);
    expect(hours).toBeLessThanOrEqual(168 + 2);
    expect(Math.min(...storage.hours().map(([hour]) => hour))).toBeLessThanOrEqual(first + 6);
    expect(notices).toBeLessThanOrEqual(3 * 4);
    expect(waiting).toBeLessThanOrEqual(keys.length);
    expect((await ledger.usage(month())).api_calls).toBeGreaterThan(0);
  });

  it("a workspace's ledger asks a thousand keys fifty at a time, and no more of them than it has to", async () => {
    const names = Array.from({ length: 1_000 }, (_, n) => String(n));
    const grant = (name: string) =>
      ledger.draw({
        ...{ holder: name, metric: "api_calls", period: month(), used: 0, need: 1, want: 0, limit: 1_000 },
        ...{ cap: null, isEmptyHanded: false },
      });
    let asked = 0;
    let atOnce = 0;
    let most = 0;
    for (const name of names) {
      await grant(name);
      const one = holder(name);
      one.reclaim = async () => {
        asked += 1;
        atOnce += 1;
        most = Math.max(most, atOnce);
        await Promise.resolve();
        atOnce -= 1;
        return 0;
      };
    }
    expect(await grant("one more")).toMatchObject({ granted: 1 });
    expect(asked).toBe(50);
    await ledger.usage(month());
    expect(most).toBe(50);
    expect(asked).toBeGreaterThanOrEqual(1_000);
  });

  it("a workspace's ledger has those that drew write their use until they have come to rest", async () => {
    const { rev } = await draw("1", 1, 4);
    holder("1").used = 3;
    await ledger.writeUse();
    ledger.rest("1", [{ metric: "api_calls", period: month(), used: 3, rev }]);
    await ledger.writeUse();
    expect(holder("1").heard).toEqual(["write"]);
    expect((await ledger.usage(month())).api_calls).toBe(3);
  });

  it("a workspace's ledger holds reservations back until they are settled, also after a restart, and counts forgotten ones as spent", async () => {
    const reserve = (id: string, amount: number) => ledger.reserve({ id, period: month(), amount, limit: PLAN });
    expect([reserve("a", 60), reserve("a", 60), reserve("b", 50)]).toEqual(["held", "held", "short"]);
    start();
    expect(reserve("b", 50)).toBe("short");
    ledger.settleReservation("a", 20);
    expect(reserve("b", 50)).toBe("held");
    time += 24 * 3_600_000;
    expect((await ledger.usage(month())).ai_tokens).toBe(70);
    expect(storage.reservations()).toEqual([]);
  });

  it("a workspace's ledger settles a reservation once: what comes late for it holds nothing and counts nothing", async () => {
    const reserve = () => ledger.reserve({ id: "job", period: month(), amount: 60, limit: PLAN });
    ledger.settleReservation("job", 0);
    expect(reserve()).toBe("settled");
    start();
    expect(reserve()).toBe("settled");
    ledger.settleReservation("job", 30);
    expect((await ledger.usage(month())).ai_tokens).toBe(0);
    const hasRoom = (amount: number) => ledger.hasRoom({ period: month(), amount, limit: PLAN });
    expect([hasRoom(PLAN), hasRoom(PLAN + 1)]).toEqual([true, false]);
  });

  it("a workspace's ledger counts what was used elsewhere once, however often it is told, and refuses what the plan lacks", async () => {
    const record = (id: string, amount: number) =>
      ledger.record({ id, metric: "mcp_calls", period: month(), amount, limit: PLAN });
    expect(await record("a", 30)).toBe(30);
    start();
    expect([await record("a", 30), await record("b", 70), await record("c", 1)]).toEqual([30, 100, null]);
  });
});
