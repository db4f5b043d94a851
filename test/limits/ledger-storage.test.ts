import { runInDurableObject } from "cloudflare:test";
import { expect, it } from "vitest";
import { SqlLedgerStorage } from "../../src/core/limits/ledger-storage.ts";
import { makeWorkspace, TestClock } from "../support/fixtures.ts";
import { ledgerObject } from "./engine.ts";

const clock = new TestClock();

const inStorage = async <Value>(what: (storage: SqlLedgerStorage) => Value): Promise<Value> =>
  runInDurableObject(ledgerObject(await makeWorkspace(clock)), async (_, { storage }) =>
    what(new SqlLedgerStorage(storage)),
  );

it("a ledger's storage drops old months' leases, old hours but the first, and old notices that were sent", async () => {
  await inStorage((storage) => {
    for (const period of ["2026-08", "2026-09", "2026-10", "2026-11"]) {
      storage.saveLease({ period, metric: "api_calls", holder: "1", granted: 1, used: 1, rev: 1 });
    }
    storage.dropLeases("2026-10");
    expect(storage.leases().map(({ period }) => period)).toEqual(["2026-10", "2026-11"]);
    for (const hour of [7, 100, 101, 300]) storage.saveHour(hour, 1);
    storage.dropHours(101);
    expect(storage.hours().map(([hour]) => hour)).toEqual([7, 101, 300]);
    for (const id of ["evt_1", "evt_2", "evt_3"]) {
      expect(storage.addNotice({ key: `key ${id}`, id, type: "usage.spike", data: {} })).toBe(true);
    }
    storage.markSent("key evt_1");
    storage.markSent("key evt_3");
    storage.dropNotices("evt_3");
    expect(storage.unsentNotices().map(({ id }) => id)).toEqual(["evt_2"]);
    expect(storage.addNotice({ key: "key evt_1", id: "evt_4", type: "usage.spike", data: {} })).toBe(true);
    expect(storage.addNotice({ key: "key evt_3", id: "evt_5", type: "usage.spike", data: {} })).toBe(false);
  });
});

it("a ledger's storage drops one holder that waits, or all", async () => {
  await inStorage((storage) => {
    for (const holder of ["1", "2", "3"]) storage.addWaiting(holder);
    storage.dropWaiting("2");
    expect(storage.waiting()).toEqual(["1", "3"]);
    storage.dropWaiting();
    expect(storage.waiting()).toEqual([]);
  });
});
