import { beforeEach, describe, expect, it } from "vitest";
import { IDLE_CHECK_MS, KeyAuthority, keyObjectName, type StoredKey } from "../../../src/core/access/key-authority.ts";
import { periodKey } from "../../../src/core/limits/period.ts";
import type { KeyPolicy, KeyRef } from "../../../src/core/keys/policy.ts";
import { policyOf } from "./support/policy.ts";
import { callOf, TestWorld } from "./support/world.ts";

let at: TestWorld;
let authority: KeyAuthority;

beforeEach(() => {
  at = new TestWorld();
  authority = new KeyAuthority(at.world);
});

const month = () => periodKey("month", at.time);

describe("a key's authority", () => {
  it("a key's authority reads the policy once, stores the more ahead of use the busier it is, and sends the policy only to those who have another version", async () => {
    const first = await authority.admit(callOf());
    expect(first).toMatchObject({ kind: "admitted", version: "1.1", shards: 1, policy: { keyId: 7 } });
    for (let n = 0; n < 299; n += 1) {
      const next = await authority.admit(callOf({ knownVersion: "1.1" }));
      expect(next.kind).toBe("admitted");
      expect(next).not.toHaveProperty("policy");
    }
    expect(at.reads).toBe(1);
    expect(at.saves).toBeLessThan(300 / 5);
    const before = at.saves;
    for (let n = 0; n < 300; n += 1) await authority.admit(callOf({ knownVersion: "1.1" }));
    expect(at.saves - before).toBeLessThan(300 / 15);
    expect(at.idleChecks).toEqual([IDLE_CHECK_MS]);
  });

  it("a key's authority refuses a key that is not in the table, and reads it again for the next call", async () => {
    at.policy = null;
    expect(await authority.admit(callOf())).toEqual({ kind: "refused", reason: "unknown" });
    at.policy = policyOf({});
    expect((await authority.admit(callOf())).kind).toBe("admitted");
  });

  it("a key's authority decides on a fresh read from the announcement of a change on, also after a restart", async () => {
    await authority.admit(callOf());
    authority.beginChange("revoked");
    authority = new KeyAuthority(at.world);
    at.policy = policyOf({ endsAt: at.time });
    expect(await authority.admit(callOf())).toEqual({ kind: "refused", reason: "unknown" });
    authority.endChange("revoked");
    expect(at.changes).toEqual([]);
  });

  it("a key's authority reads again when the ledger has heard of a newer workspace", async () => {
    at.workspaceVersion = 2;
    at.policy = policyOf({ version: "1.1" });
    const draw = at.world.draw;
    at.world.draw = async (policy, request) => {
      at.policy = policyOf({ version: "1.2", isActive: false });
      return draw(policy, request);
    };
    expect(await authority.admit(callOf())).toMatchObject({ kind: "refused", reason: "inactive", version: "1.2" });
  });

  it("a key's authority answers that the plan is used up when the ledger has nothing left", async () => {
    at.policy = policyOf({ workspace: { id: 1, name: "", slug: "", tier: "starter" } });
    at.useUp("9", 1_000);
    const verdict = await authority.admit(callOf());
    expect(verdict).toMatchObject({ kind: "limited", deniedBy: { name: "monthly_api_calls", scope: "workspace" } });
  });

  describe("a used-up month", () => {
    let draws: number;

    beforeEach(() => {
      draws = 0;
      const { draw } = at.world;
      at.world.draw = async (policy, request) => {
        draws += 1;
        return draw(policy, request);
      };
      at.policy = policyOf({ workspace: { id: 1, name: "", slug: "", tier: "starter" } });
      at.useUp("9", 990, 1_000);
    });

    const useUp = async () => {
      for (let n = 0; n < 10; n += 1) expect((await authority.admit(callOf())).kind).toBe("admitted");
      expect((await authority.admit(callOf())).kind).toBe("limited");
      draws = 0;
    };

    it("a used-up month is answered by the key itself for a minute, with figures and a wait that fit, and then asked about again", async () => {
      await useUp();
      at.time += 59_000;
      for (let n = 0; n < 20; n += 1) {
        const denied = await authority.admit(callOf());
        if (denied.kind !== "limited") throw new Error(denied.kind);
        expect(denied.deniedBy).toMatchObject({
          name: "monthly_api_calls",
          scope: "workspace",
          limit: 1_000,
          remaining: 0,
        });
        expect(denied.retryAfterSeconds).toBe((Date.UTC(2026, 11, 1) - at.time) / 1_000);
      }
      expect(draws).toBe(0);
      at.time += 1_000;
      expect((await authority.admit(callOf())).kind).toBe("limited");
      expect(draws).toBe(1);
    });

    it("a used-up month is remembered also where a key and the one it has replaced call in turn", async () => {
      await useUp();
      at.policy = policyOf({ ...at.policy, keyId: 8 });
      const replaced = { ...callOf().ref, keyId: 8 };
      for (let n = 0; n < 10; n += 1) {
        expect((await authority.admit(callOf({ ref: replaced }))).kind).toBe("limited");
        expect((await authority.admit(callOf())).kind).toBe("limited");
      }
      expect(draws).toBe(0);
    });

    it("a used-up month costs whoever goes on asking a token each time, and nothing that is counted", async () => {
      await useUp();
      const counted = await authority.counts();
      const denied = await authority.admit(callOf());
      expect(denied.kind === "limited" && denied.figures[0]?.remaining).toBe(1_000 - 10 - 2);
      expect(await authority.counts()).toEqual(counted);
    });

    it("a used-up month is told as the longer wait to whoever has run out of tokens by asking", async () => {
      await useUp();
      for (let n = 0; n < 1_300; n += 1) await authority.admit(callOf());
      expect(await authority.admit(callOf())).toMatchObject({
        kind: "limited",
        deniedBy: { name: "monthly_api_calls" },
      });
      expect(draws).toBe(0);
    });

    it("a used-up month is over with the month, and with the plan it was used up in", async () => {
      await useUp();
      at.policy = policyOf({ version: "1.2", workspace: { id: 1, name: "", slug: "", tier: "agency" } });
      authority.beginChange("tier");
      authority.endChange("tier");
      expect((await authority.admit(callOf())).kind).toBe("admitted");
      at.policy = policyOf({ version: "1.3", workspace: { id: 1, name: "", slug: "", tier: "starter" } });
      authority.beginChange("back");
      authority.endChange("back");
      at.time = Date.UTC(2026, 11, 1) - 1;
      while ((await authority.admit(callOf())).kind !== "limited");
      at.time += 1;
      expect((await authority.admit(callOf())).kind).toBe("admitted");
    });
  });

  it("a key's authority forgets no call it admitted when it is started anew", async () => {
    at.policy = policyOf({ monthlyCap: 3 });
    for (let n = 0; n < 3; n += 1) {
      expect((await authority.admit(callOf())).kind).toBe("admitted");
      authority = new KeyAuthority(at.world);
    }
    expect((await authority.admit(callOf())).kind).toBe("limited");
  });

  it("a key's authority writes its use, stores exact figures and hands its leases back once it is idle", async () => {
    for (let n = 0; n < 3; n += 1) await authority.admit(callOf());
    await authority.checkIdle();
    expect([at.idleChecks.length, at.handedBack]).toEqual([2, []]);
    at.time += IDLE_CHECK_MS;
    await authority.checkIdle();
    expect(at.handedBack).toEqual([keyObjectName(7, 0)]);
    expect(at.ledger.openHolders(month())).toEqual([]);
    expect(at.ledger.used(month(), "api_calls")).toBe(3);
    expect(at.written.at(-1)).toMatchObject({ userAgent: "agent/1.0", days: { "2026-11-20": 3 } });
    authority = new KeyAuthority(at.world);
    expect(await authority.counts()).toEqual({ today: 3, month: 3 });
  });

  it("a key's authority gives up what is left of a lease when called back, and nothing when it never stored anything", async () => {
    expect(await authority.reclaim({ metric: "api_calls", period: month(), rev: 1 })).toBe(0);
    await authority.admit(callOf());
    expect(await authority.reclaim({ metric: "api_calls", period: month(), rev: 1 })).toBe(1);
  });

  it("a key's authority gives back the charge of a call that a later limit denied", async () => {
    const { charges } = callOf();
    await authority.admit(callOf({ requestId: "req_1", idempotencyKey: "once" }));
    const figures = authority.release({
      keyId: 7,
      requestId: "req_1",
      idempotencyKey: "once",
      charges,
      chargedAt: at.time,
    });
    expect(figures?.[0]).toMatchObject({ name: "requests_per_minute", remaining: 5_000 });
    expect(await authority.counts()).toEqual({ today: 0, month: 0 });
    const again = await authority.admit(callOf({ requestId: "req_2", idempotencyKey: "once" }));
    expect(again).toMatchObject({ kind: "admitted", idempotency: "acquired" });
  });

  describe("a key that has replaced another", () => {
    const old = callOf().ref;
    const successor = { ...old, keyId: 8 };
    let policies: Record<number, KeyPolicy>;

    beforeEach(() => {
      policies = { 7: policyOf({}), 8: policyOf({ keyId: 8 }) };
      at.world.readPolicy = async ({ keyId }) => policies[keyId] ?? null;
    });

    const admit = async (ref: KeyRef) => {
      const verdict = await authority.admit(callOf({ ref }));
      if (verdict.kind !== "admitted") throw new Error(verdict.kind);
      return verdict;
    };

    it("a key that has replaced another shares its buckets and counts with it, and neither policy nor use, also after a restart", async () => {
      for (let n = 0; n < 3; n += 1) await admit(old);
      const { figures, policy } = await admit(successor);
      expect(figures[0]).toMatchObject({ name: "requests_per_minute", remaining: 4_996 });
      expect(policy?.keyId).toBe(8);
      await authority.checkIdle();
      authority = new KeyAuthority(at.world);
      await admit(old);
      expect(await authority.counts()).toEqual({ today: 5, month: 5 });
      at.time += IDLE_CHECK_MS;
      await authority.checkIdle();
      const days = (keyId: number) => authority.lastUse(keyId)?.days;
      expect([days(7), days(8)]).toEqual([{ "2026-11-20": 4 }, { "2026-11-20": 1 }]);
      expect(at.written.slice(-2).map((use) => use.days["2026-11-20"])).toEqual([4, 1]);
    });

    it("a key that has replaced another is told of changes with it, and each goes by its own policy", async () => {
      await admit(old);
      await admit(successor);
      authority.beginChange("end");
      policies[7] = policyOf({ version: "2.1", endsAt: at.time });
      authority.endChange("end");
      expect(await authority.admit(callOf({ ref: old }))).toMatchObject({ kind: "refused", reason: "unknown" });
      await admit(successor);
    });

    it("a key that has replaced another has Idempotency-Keys of its own", async () => {
      const once = (ref: KeyRef, requestId: string) =>
        authority.admit(callOf({ ref, requestId, idempotencyKey: "once" }));
      expect(await once(old, "req_1")).toMatchObject({ idempotency: "acquired" });
      expect(await once(successor, "req_2")).toMatchObject({ idempotency: "acquired" });
      expect(await once(old, "req_3")).toMatchObject({ idempotency: "busy" });
    });

    it("a key that has replaced another is what is left of a family once the old one's day is over", async () => {
      await admit(old);
      await admit(successor);
      for (let day = 0; day < 2; day += 1) {
        at.time += 24 * 3_600_000;
        await admit(successor);
        at.time += IDLE_CHECK_MS;
        await authority.checkIdle();
      }
      await admit(successor);
      await authority.checkIdle();
      expect(at.stored).toMatchObject({ ref: { keyId: 8 } });
      expect(at.stored).not.toHaveProperty("others");
    });

    it("a key that has replaced another takes over what an object stored that knew of no family", async () => {
      await admit(old);
      await authority.checkIdle();
      const { familyId: _, ...ref } = old;
      at.stored = { ...at.stored, ref } as StoredKey;
      authority = new KeyAuthority(at.world);
      expect(authority.lastUse(7)?.at).toBe(at.time);
      await admit(successor);
      expect(await authority.counts()).toEqual({ today: 2, month: 2 });
    });
  });
});
