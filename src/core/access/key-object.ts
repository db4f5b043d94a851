import { DurableObject } from "cloudflare:workers";
import type { Env } from "../../env.ts";
import { now } from "../clock.ts";
import type { Charges, LimitFigure } from "../limits/limiter.ts";
import type { Metric } from "../limits/ledger.ts";
import { ledgerOf } from "../limits/ledger-object.ts";
import { periodKey } from "../limits/period.ts";
import { shardsFor } from "../limits/plans.ts";
import { effectivePlan, type GateCall, type GateDecision, type GateState, KeyGate } from "./key-gate.ts";
import { loadPolicy, recordLastUse } from "./key-rows.ts";
import type { KeyPolicy, KeyRef } from "./policy.ts";

/** What the Worker asks of a key's object: one of these per request. */
export interface AdmitCall extends GateCall {
  ref: KeyRef;
  shard: number;
  /** Version of the policy the caller already holds; the policy is sent only when it differs. */
  knownVersion: string | null;
}

export type Verdict = Exclude<GateDecision, { kind: "needs_lease" }> & {
  version?: string;
  policy?: KeyPolicy;
  /** How many objects share this key's calls on the Platform API. */
  shards?: number;
};

interface Stored {
  ref: KeyRef;
  shard: number;
  gate: GateState;
}

/** How long a policy is believed without a look at the table. Changes are announced; this only bounds a lost announcement. */
const POLICY_TTL_MS = 60_000;
/** How long a change may stay announced but unfinished: longer than any request runs. */
const CHANGE_TTL_MS = 60_000;
const IDLE_CHECK_MS = 10_000;
const MAX_WANT = 512;

/** The second half of a policy's version counts the changes of the workspace. */
const workspaceVersionOf = (policy: KeyPolicy): number => Number(policy.version.split(".")[1]);

/** The name of a key's object; shard 0 is the key's own. */
export const keyObjectName = (keyId: number, shard: number): string => (shard === 0 ? `${keyId}` : `${keyId}#${shard}`);

/** One key's authority at the edge: `KeyGate` with its policy from D1, its leases from the ledger and its state in storage. */
export class KeyObject extends DurableObject<Env> {
  private gate: KeyGate | null = null;
  private policy: KeyPolicy | null = null;
  private shard = 0;
  private loadedAt = 0;
  private generation = 0;
  private loading: Promise<void> | null = null;
  private readonly drawing = new Map<Metric, Promise<boolean>>();
  private readonly changes = new Map<string, number>();
  private want = 4;
  private drawnAt = 0;
  private lastUse: { at: number; ip: string } | null = null;
  private alarmSet = false;

  /** Lets one call in, or says why not. Warm, it decides without waiting for anything. */
  async admit(call: AdmitCall): Promise<Verdict> {
    if (!this.isFresh()) await this.load(call.ref, call.shard);
    let { gate, policy } = this;
    if (!gate || !policy) return { kind: "refused", reason: "unknown" };
    let decision = gate.decide(call, now());
    while (decision.kind === "needs_lease") {
      const { metric } = decision;
      const granted = await this.drawLease(gate, policy, metric, call.shard);
      // The ledger, or a change announced meanwhile, may have said that the policy is no longer the newest.
      if (!this.isFresh()) await this.load(call.ref, call.shard);
      ({ gate, policy } = this);
      if (!gate || !policy) return { kind: "refused", reason: "unknown" };
      decision = granted ? gate.decide(call, now()) : gate.exhausted(call, metric, now());
    }
    if (decision.kind === "admitted") this.recordAdmitted(gate, call);
    if (decision.kind === "refused" && decision.reason === "unknown") return decision;
    const shards = shardsFor(effectivePlan(policy), "platform");
    return { ...decision, shards, version: policy.version, ...(policy.version !== call.knownVersion && { policy }) };
  }

  private isFresh(): boolean {
    if (this.changes.size > 0 && this.changePending()) return false;
    return this.policy !== null && now() - this.loadedAt < POLICY_TTL_MS;
  }

  private changePending(): boolean {
    for (const [id, until] of this.changes) if (until <= now()) this.changes.delete(id);
    return this.changes.size > 0;
  }

  /** Reads the policy; a change announced meanwhile makes it read again. */
  private async load(ref: KeyRef, shard: number): Promise<void> {
    this.loading ??= this.read(ref, shard).finally(() => {
      this.loading = null;
    });
    await this.loading;
  }

  private async read(ref: KeyRef, shard: number): Promise<void> {
    let generation: number;
    let policy: KeyPolicy | null;
    do {
      generation = this.generation;
      policy = await loadPolicy(this.env.DB, ref.keyId);
    } while (generation !== this.generation);
    this.policy = policy;
    this.shard = shard;
    this.loadedAt = now();
    if (!policy) return;
    if (this.gate) this.gate.adopt(policy, now());
    else this.gate = new KeyGate(policy, shard, now(), this.ctx.storage.kv.get<Stored>("state")?.gate);
  }

  /** Loads what was stored, for a call that comes from inside and names no key. */
  private async wake(): Promise<void> {
    const stored = this.gate ? undefined : this.ctx.storage.kv.get<Stored>("state");
    if (stored) await this.load(stored.ref, stored.shard);
  }

  /** Asks the ledger for more units; concurrent calls share one request. `false`: the plan has none left. */
  private drawLease(gate: KeyGate, policy: KeyPolicy, metric: Metric, shard: number): Promise<boolean> {
    const running = this.drawing.get(metric);
    if (running) return running;
    const drawing = this.draw(gate, policy, metric, shard).finally(() => this.drawing.delete(metric));
    this.drawing.set(metric, drawing);
    return drawing;
  }

  private async draw(gate: KeyGate, policy: KeyPolicy, metric: Metric, shard: number): Promise<boolean> {
    const period = periodKey("month", now());
    this.want = now() - this.drawnAt < IDLE_CHECK_MS ? Math.min(MAX_WANT, this.want * 2) : 4;
    this.drawnAt = now();
    const grant = await ledgerOf(this.env, policy.workspaceId, policy.environment).draw({
      holder: keyObjectName(policy.keyId, shard),
      metric,
      period,
      used: gate.used(metric, now()),
      want: this.want,
      limit: gate.monthlyLimit(metric),
    });
    gate.acceptGrant(metric, period, grant, now());
    if (grant.workspaceVersion > workspaceVersionOf(policy)) this.policy = null;
    return grant.granted > gate.used(metric, now());
  }

  private recordAdmitted(gate: KeyGate, call: AdmitCall): void {
    this.lastUse = { at: now(), ip: call.ip };
    const state = gate.stateToStore(call.charges);
    if (state) this.store(call.ref, call.shard, state);
    if (!this.alarmSet) this.setIdleCheck();
  }

  private store(ref: KeyRef, shard: number, gate: GateState): void {
    const { keyId, workspaceId, environment } = ref;
    const stored: Stored = { ref: { keyId, workspaceId, environment }, shard, gate };
    this.ctx.storage.kv.put("state", stored);
  }

  /**
   * The key is about to change: until `endChange` every call is decided on a fresh read of the table,
   * so that the commit in between takes effect at once even if the one who announced it dies.
   */
  async beginChange(changeId: string): Promise<void> {
    this.generation += 1;
    this.changes.set(changeId, now() + CHANGE_TTL_MS);
  }

  async endChange(changeId: string): Promise<void> {
    this.generation += 1;
    this.changes.delete(changeId);
    this.policy = null;
  }

  /** A call that was let in came to nothing: frees its idempotency key and, when it was denied later on, its charge. */
  async release(at: { idempotencyKey: string | null; charges: Charges | null }): Promise<LimitFigure[] | null> {
    if (at.idempotencyKey !== null) this.gate?.unlock(at.idempotencyKey);
    return at.charges && this.gate ? this.gate.giveBack(at.charges, now()) : null;
  }

  /** The ledger calls back what this key has not used of a lease. */
  async reclaim(at: { metric: Metric; period: string; rev: number }): Promise<number | null> {
    await this.wake();
    return this.gate?.reclaim(at.metric, at.period, at.rev, now()) ?? null;
  }

  /** Calls of today and this month; `null` for a key that was never used. */
  async counts(): Promise<{ today: number; month: number } | null> {
    await this.wake();
    return this.gate?.counts(now()) ?? null;
  }

  /** Every ten seconds while in use: stores exact figures, and hands the leases back once the key is idle. */
  async alarm(): Promise<void> {
    this.alarmSet = false;
    await this.wake();
    const { gate, policy, lastUse, shard } = this;
    if (!gate || !policy) return;
    this.store(policy, shard, gate.snapshot());
    if (lastUse) await recordLastUse(this.env.DB, policy.keyId, lastUse);
    this.lastUse = null;
    if (lastUse && now() - lastUse.at < IDLE_CHECK_MS) return this.setIdleCheck();
    const ledger = ledgerOf(this.env, policy.workspaceId, policy.environment);
    const holder = keyObjectName(policy.keyId, shard);
    for (const lease of gate.openLeases(now())) await ledger.settle({ holder, ...lease });
  }

  /** Alarms run on the runtime's clock, whatever clock the limits are told. */
  private setIdleCheck(): void {
    this.alarmSet = true;
    void this.ctx.storage.setAlarm(Date.now() + IDLE_CHECK_MS);
  }
}
