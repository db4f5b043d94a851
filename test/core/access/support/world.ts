import type { AdmitCall, KeyWorld, StoredKey } from "../../../../src/core/access/key-authority.ts";
import type { Changes } from "../../../../src/core/access/held-policy.ts";
import type { UseState } from "../../../../src/core/access/key-use.ts";
import type { KeyPolicy } from "../../../../src/core/keys/policy.ts";
import { callCharges } from "../../../../src/core/limits/key-limits.ts";
import { Ledger } from "../../../../src/core/limits/ledger.ts";
import { periodKey } from "../../../../src/core/limits/period.ts";
import { policyOf } from "./policy.ts";

/** Everything around a key's authority, in memory: what survives the authority itself, and what it asked for. */
export class TestWorld {
  time = Date.UTC(2026, 10, 20, 12);
  policy: KeyPolicy | null = policyOf({});
  workspaceVersion = 1;
  ledger = new Ledger();
  stored: StoredKey | undefined;
  changes: Changes | undefined;
  reads = 0;
  saves = 0;
  written: UseState[] = [];
  handedBack: string[] = [];
  idleChecks: number[] = [];

  /** Somebody else draws that many units of this month's calls. */
  useUp(holder: string, need: number, limit = need): void {
    const period = periodKey("month", this.time);
    const asked = { metric: "api_calls", used: 0, want: 0, cap: null, isEmptyHanded: false } as const;
    this.ledger.draw({ ...asked, holder, period, need, limit });
  }

  readonly world: KeyWorld = {
    now: () => this.time,
    storage: {
      state: () => this.stored,
      saveState: (state) => {
        this.saves += 1;
        this.stored = structuredClone(state);
      },
      changes: () => this.changes,
      saveChanges: (changes) => {
        this.changes = changes;
      },
    },
    readPolicy: async () => {
      this.reads += 1;
      return this.policy;
    },
    writeUse: async (_ref, _shard, use) => void this.written.push(use),
    draw: async (_policy, request) => ({ ...this.ledger.draw(request), workspaceVersion: this.workspaceVersion }),
    handBack: async (_ref, holder, leases) => {
      this.handedBack.push(holder);
      for (const lease of leases) this.ledger.settle({ holder, ...lease });
    },
    checkIdleAfter: (ms) => void this.idleChecks.push(ms),
  };
}

export const callOf = (changes: Partial<AdmitCall> = {}): AdmitCall => ({
  ref: { keyId: 7, familyId: 7, workspaceId: 1, environment: "live" },
  shard: 0,
  charges: callCharges("platform"),
  ip: "192.0.2.1",
  idempotencyKey: null,
  requestId: crypto.randomUUID(),
  knownVersion: null,
  use: { scope: "posts:read", userAgent: "agent/1.0" },
  ...changes,
});
