import { DurableObject } from "cloudflare:workers";
import type { Env } from "../../env.ts";
import { now } from "../clock.ts";
import type { LimitFigure } from "../limit-figure.ts";
import { ledgerOf } from "../limits/ledger-object.ts";
import type { Metric } from "../limits/metric.ts";
import { databaseOf } from "../storage/database.ts";
import type { Changes } from "./held-policy.ts";
import {
  type AdmitCall,
  KeyAuthority,
  type KeyWorld,
  type Release,
  type StoredKey,
  type Verdict,
} from "./key-authority.ts";
import { loadPolicy, recordUse } from "./key-rows.ts";
import type { UseState } from "./key-use.ts";

/** The authority of a key, and of those it has replaced, at the edge: `KeyAuthority` with its policy from D1, its leases from the ledger and its state in storage. */
export class KeyObject extends DurableObject<Env> {
  private authority: KeyAuthority;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.authority = new KeyAuthority(this.world());
  }

  private world(): KeyWorld {
    const { storage } = this.ctx;
    const ledger = (key: { workspaceId: number; environment: string }) =>
      ledgerOf(this.env, key.workspaceId, key.environment);
    return {
      now,
      storage: {
        state: () => storage.kv.get<StoredKey>("state"),
        saveState: (state) => storage.kv.put("state", state),
        changes: () => storage.kv.get<Changes>("changes"),
        saveChanges: (changes) =>
          changes.length > 0 ? storage.kv.put("changes", changes) : void storage.kv.delete("changes"),
      },
      readPolicy: (ref) => loadPolicy(databaseOf(this.env, ref.workspaceId), ref.keyId),
      writeUse: (ref, shard, use) => recordUse(databaseOf(this.env, ref.workspaceId), ref, shard, use),
      draw: (policy, request) => ledger(policy).draw(request),
      handBack: (ref, holder, leases) => ledger(ref).rest(holder, leases),
      // Alarms run on the runtime's clock, whatever clock the limits are told.
      checkIdleAfter: (ms) => void storage.setAlarm(Date.now() + ms),
    };
  }

  /** `admit` with an `AdmitCall` and a `Verdict` in JSON: the runtime passes a string on faster than objects (bench). */
  async admitJson(call: string): Promise<string> {
    return JSON.stringify(await this.authority.admit(JSON.parse(call) as AdmitCall));
  }

  async admit(call: AdmitCall): Promise<Verdict> {
    return this.authority.admit(call);
  }

  async beginChange(changeId: string): Promise<void> {
    this.authority.beginChange(changeId);
  }

  async endChange(changeId: string): Promise<void> {
    this.authority.endChange(changeId);
  }

  async release(at: Release): Promise<LimitFigure[] | null> {
    return this.authority.release(at);
  }

  async reclaim(at: { metric: Metric; period: string; rev: number }): Promise<number | null> {
    return this.authority.reclaim(at);
  }

  async counts(): Promise<{ today: number; month: number } | null> {
    return this.authority.counts();
  }

  async lastUse(keyId: number): Promise<UseState | null> {
    return this.authority.lastUse(keyId);
  }

  async writeUse(): Promise<void> {
    return this.authority.writeUse();
  }

  /** The key is no more: nothing of it stays here. */
  async forget(): Promise<void> {
    this.authority = new KeyAuthority(this.world());
    await this.ctx.storage.deleteAll();
  }

  async alarm(): Promise<void> {
    return this.authority.checkIdle();
  }
}
