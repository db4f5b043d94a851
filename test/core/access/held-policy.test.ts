import { beforeEach, describe, expect, it } from "vitest";
import { CHANGE_TTL_MS, HeldPolicy, POLICY_TTL_MS } from "../../../src/core/access/held-policy.ts";
import type { KeyPolicy } from "../../../src/core/keys/policy.ts";
import { policyOf } from "./support/policy.ts";

let time: number;
let held: HeldPolicy;
let reads: number;
let adopted: (string | null)[];

beforeEach(() => {
  time = 1_000_000;
  held = new HeldPolicy(() => time);
  reads = 0;
  adopted = [];
});

const load = (read: () => Promise<KeyPolicy | null> = async () => policyOf({ version: `${reads}.1` })) =>
  held.load(
    () => {
      reads += 1;
      return read();
    },
    (policy) => adopted.push(policy?.version ?? null),
  );

describe("a held policy", () => {
  it("a held policy is believed for a minute", async () => {
    expect(held.isFresh()).toBe(false);
    await load();
    time += POLICY_TTL_MS - 1;
    expect(held.isFresh()).toBe(true);
    time += 1;
    expect(held.isFresh()).toBe(false);
  });

  it("a held policy is read once for all who wait for it", async () => {
    await Promise.all([load(), load(), load()]);
    expect([reads, adopted]).toEqual([1, ["1.1"]]);
  });

  it("a held policy is not believed from the announcement of a change to its end, and read again afterwards", async () => {
    await load();
    expect(held.beginChange("change")).toEqual([["change", time + CHANGE_TTL_MS]]);
    await load();
    expect(held.isFresh()).toBe(false);
    expect(held.endChange("change")).toEqual([]);
    expect(held.current).toBeNull();
    await load();
    expect([held.isFresh(), held.current?.version]).toEqual([true, "3.1"]);
  });

  it("a held policy is not believed again while another change is under way", async () => {
    held.beginChange("one");
    held.beginChange("two");
    expect(held.endChange("one")).toEqual([["two", time + CHANGE_TTL_MS]]);
    await load();
    expect(held.isFresh()).toBe(false);
  });

  it("a held policy is read again when a change was announced while it was being read", async () => {
    let isFirst = true;
    await load(async () => {
      if (isFirst) {
        isFirst = false;
        held.beginChange("change");
        held.endChange("change");
        return policyOf({ version: "stale.1" });
      }
      return policyOf({ version: "fresh.1" });
    });
    expect(adopted).toEqual(["fresh.1"]);
  });

  it("a held policy is read again a minute after a change whose end was never told, also by an object started since", async () => {
    await load();
    const changes = held.beginChange("lost");
    held = new HeldPolicy(() => time, changes);
    await load();
    expect(held.isFresh()).toBe(false);
    time += CHANGE_TTL_MS;
    expect([held.isFresh(), held.current]).toEqual([false, null]);
    await load();
    expect(held.isFresh()).toBe(true);
  });

  it("a held policy stays unknown when the table does not answer, and is read by the next who asks", async () => {
    const outage = new Error("Network connection lost.");
    await expect(load(() => Promise.reject(outage))).rejects.toBe(outage);
    expect(held.isFresh()).toBe(false);
    await load();
    expect(held.isFresh()).toBe(true);
  });
});
