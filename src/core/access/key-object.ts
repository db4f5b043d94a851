import { DurableObject } from "cloudflare:workers";
import type { Env } from "../../env.ts";
import { now } from "../clock.ts";
import type { KeyCharges } from "../limits/key-limits.ts";
import type { LimitFigure } from "../limit-figure.ts";
import type { Metric } from "../limits/metric.ts";
import { ledgerOf } from "../limits/ledger-object.ts";
import { periodKey } from "../limits/period.ts";
import { shardsOfKey } from "../limits/shards.ts";
import { effectivePlan, type GateCall, type GateDecision, type GateState, KeyGate } from "./key-gate.ts";
import { loadPolicy, recordUse } from "./key-rows.ts";
import { databaseOf } from "../storage/database.ts";
import { type CallUse, KeyUse, type UseState } from "./key-use.ts";
import type { KeyPolicy, KeyRef } from "../keys/policy.ts";

/** What the Worker asks of a key's object: one of these per request. */
export interface AdmitCall extends GateCall {
  ref: KeyRef;
  shard: number;
  /** Version of the policy the caller already holds; the policy is sent only when it differs. */
  knownVersion: string | null;
  use?: CallUse;
}

export type Verdict = Decided & {
  version?: string;
  policy?: KeyPolicy;
  /** How many objects share this key's calls on the Platform API. */
  shards?: number;
};

type LeaseWanted = Extract<GateDecision, { kind: "needs_lease" }>;
type Decided = Exclude<GateDecision, { kind: "needs_lease" }>;

/** What became of a call that was let in: nothing. */
export interface Release {
  requestId: string;
  /** Set when the call held its lock. */
  idempotencyKey: string | null;
  /** Set when a later limit denied the call, admitted at `chargedAt`: it costs nothing. */
  charges: KeyCharges | null;
  chargedAt: number;
}

interface Stored {
  ref: KeyRef;
  shard: number;
  gate: GateState;
  use: UseState;
}

/** How long a policy is believed without a look at the table. Changes are announced; this only bounds a lost announcement. */
const POLICY_TTL_MS = 60_000;
/** How long a change may stay announced but unfinished: longer than any request runs. */
const CHANGE_TTL_MS = 60_000;
/** Shorter than the ten seconds after which the local runtime evicts a quiet object: exact figures come first. */
const IDLE_CHECK_MS = 5_000;
/** The table hears of a busy key's use this often, and of its last use when it has come to rest. */
const USE_INTERVAL_MS = 60_000;
/** Units asked for at a time. */
const MIN_WANT = 4;
const MAX_WANT = 512;

/** The second half of a policy's version counts the changes of the workspace. */
const workspaceVersionOf = (policy: KeyPolicy): number => Number(policy.version.split(".")[1]);

/** The name of a key's object; shard 0 is the key's own. */
export const keyObjectName = (keyId: number, shard: number): string => (shard === 0 ? `${keyId}` : `${keyId}#${shard}`);

/** One key's authority at the edge: `KeyGate` with its policy from D1, its leases from the ledger and its state in storage. */
export class KeyObject extends DurableObject<Env> {
  private gate: KeyGate | null = null;
  private policy: KeyPolicy | null = null;
  private ref: KeyRef | null = null;
  private shard = 0;
  private loadedAt = 0;
  private generation = 0;
  private loading: Promise<void> | null = null;
  private readonly drawing = new Map<Metric, { need: number; granted: Promise<boolean> }>();
  private readonly changes: Map<string, number>;
  private want = MIN_WANT;
  private drawnAt = 0;
  private use = new KeyUse();
  private alarmSet = false;
  private useWrittenAt = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.changes = new Map(ctx.storage.kv.get<[string, number][]>("changes"));
  }

  /** `admit` with an `AdmitCall` and a `Verdict` in JSON: the runtime passes a string on faster than objects (bench). */
  async admitJson(call: string): Promise<string> {
    return JSON.stringify(await this.admit(JSON.parse(call) as AdmitCall));
  }

  /** Lets one call in, or says why not. Warm, it decides without waiting for anything. */
  async admit(call: AdmitCall): Promise<Verdict> {
    for (;;) {
      // Asked again after every wait: a change may have been announced meanwhile.
      if (!this.isFresh()) await this.load(call.ref, call.shard);
      const { gate, policy } = this;
      if (!gate || !policy) return { kind: "refused", reason: "unknown" };
      const decision = gate.decide(call, now());
      if (decision.kind !== "needs_lease") return this.answer(gate, policy, call, decision);
      if (await this.drawLease(gate, policy, decision, call.shard)) continue;
      return this.answer(gate, policy, call, gate.exhausted(call, decision.metric, now()));
    }
  }

  private answer(gate: KeyGate, policy: KeyPolicy, call: AdmitCall, decision: Decided): Verdict {
    if (decision.kind === "admitted") this.recordAdmitted(gate, call);
    if (decision.kind === "refused" && decision.reason === "unknown") return decision;
    const shards = shardsOfKey(effectivePlan(policy), policy.monthlyCap);
    return { ...decision, shards, version: policy.version, ...(policy.version !== call.knownVersion && { policy }) };
  }

  private isFresh(): boolean {
    if (this.changes.size > 0) this.dropLostChanges();
    return this.changes.size === 0 && this.policy !== null && now() - this.loadedAt < POLICY_TTL_MS;
  }

  /** A change whose end was never told has come true or not by now: the table knows. */
  private dropLostChanges(): void {
    for (const [id, until] of this.changes) {
      if (until > now()) continue;
      this.changes.delete(id);
      this.policy = null;
    }
  }

  /** Reads the policy. A read that began before this call may have missed a commit: it counts only if nothing is changing. */
  private async load(ref: KeyRef, shard: number): Promise<void> {
    if (this.loading) {
      await this.loading.catch(() => {});
      if (this.isFresh()) return;
    }
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
      policy = await loadPolicy(databaseOf(this.env, ref.workspaceId), ref.keyId);
    } while (generation !== this.generation);
    this.policy = policy;
    this.ref = ref;
    this.shard = shard;
    this.loadedAt = now();
    if (!policy) return;
    if (this.gate) {
      this.gate.adopt(policy, now());
      return;
    }
    const stored = this.ctx.storage.kv.get<Stored>("state");
    this.gate = new KeyGate(policy, shard, now(), stored?.gate);
    this.use = new KeyUse(stored?.use);
  }

  /** Loads what was stored, for a call that comes from inside and names no key. */
  private async wake(): Promise<void> {
    const stored = this.gate ? undefined : this.ctx.storage.kv.get<Stored>("state");
    if (stored) await this.load(stored.ref, stored.shard);
  }

  /** Asks the ledger for more units, one request at a time. `false`: the plan has fewer left than are needed. */
  private async drawLease(gate: KeyGate, policy: KeyPolicy, wanted: LeaseWanted, shard: number): Promise<boolean> {
    const { metric, need } = wanted;
    const running = this.drawing.get(metric);
    // Fewer units than the running request asks for may still be there.
    if (running) return (await running.granted) || need < running.need;
    const granted = this.draw(gate, policy, wanted, shard).finally(() => this.drawing.delete(metric));
    this.drawing.set(metric, { need, granted });
    return granted;
  }

  private async draw(gate: KeyGate, policy: KeyPolicy, wanted: LeaseWanted, shard: number): Promise<boolean> {
    const { metric, need } = wanted;
    const period = periodKey("month", now());
    // A lease should last about ten seconds: asking more often costs calls, holding more keeps it from other keys.
    const wasShort = now() - this.drawnAt < IDLE_CHECK_MS;
    this.want = wasShort ? Math.min(MAX_WANT, this.want * 2) : Math.max(MIN_WANT, Math.floor(this.want / 2));
    this.drawnAt = now();
    const used = gate.used(metric, now());
    const limit = gate.monthlyLimit(metric);
    const grant = await ledgerOf(this.env, policy.workspaceId, policy.environment).draw({
      holder: keyObjectName(policy.keyId, shard),
      metric,
      period,
      used,
      need,
      // Where the plan has no limit, nothing is kept from other keys.
      want: limit === null ? MAX_WANT : this.want,
      limit,
    });
    gate.acceptGrant(metric, period, grant, used, now());
    // The ledger may have heard of a newer version of the workspace.
    if (grant.workspaceVersion > workspaceVersionOf(policy)) this.policy = null;
    return grant.granted - grant.used >= need;
  }

  private recordAdmitted(gate: KeyGate, call: AdmitCall): void {
    this.use.note(call, gate.counts(now()).today, now());
    const state = gate.stateToStore(call.charges, now());
    if (state) this.store(call.ref, call.shard, state);
    if (!this.alarmSet) this.setIdleCheck();
  }

  private store(ref: KeyRef, shard: number, gate: GateState): void {
    const { keyId, workspaceId, environment } = ref;
    const stored: Stored = { ref: { keyId, workspaceId, environment }, shard, gate, use: this.use.snapshot() };
    this.ctx.storage.kv.put("state", stored);
  }

  /**
   * The key is about to change: until `endChange` every call is decided on a fresh read of the table,
   * so that the commit in between takes effect at once even if the one who announced it, or this object, dies.
   */
  async beginChange(changeId: string): Promise<void> {
    this.generation += 1;
    this.changes.set(changeId, now() + CHANGE_TTL_MS);
    this.ctx.storage.kv.put("changes", [...this.changes]);
  }

  async endChange(changeId: string): Promise<void> {
    this.generation += 1;
    this.changes.delete(changeId);
    this.policy = null;
    if (this.changes.size > 0) this.ctx.storage.kv.put("changes", [...this.changes]);
    else this.ctx.storage.kv.delete("changes");
  }

  /** A call that was let in came to nothing: frees its idempotency key and, when it was denied later on, its charge. */
  async release(at: Release): Promise<LimitFigure[] | null> {
    const { requestId, idempotencyKey, charges, chargedAt } = at;
    if (idempotencyKey !== null) this.gate?.unlock(idempotencyKey, requestId);
    if (!charges || !this.gate) return null;
    this.use.undo(charges["key.daily_api_calls"] ?? 0, chargedAt);
    return this.gate.giveBack(charges, chargedAt, now());
  }

  /** The ledger calls back what this key has not used of a lease. An object that stored nothing has used nothing. */
  async reclaim(at: { metric: Metric; period: string; rev: number }): Promise<number | null> {
    await this.wake();
    if (!this.gate) return this.ctx.storage.kv.get("state") === undefined ? 0 : null;
    return this.gate.reclaim(at.metric, at.period, at.rev, now());
  }

  /** Calls of today and this month; `null` for a key that was never used. */
  async counts(): Promise<{ today: number; month: number } | null> {
    await this.wake();
    return this.gate?.counts(now()) ?? null;
  }

  /** Writes what the key was used for to the table, if that is not up to date. */
  async writeUse(): Promise<void> {
    await this.wake();
    const { ref, shard } = this;
    const unwritten = this.use.unwritten();
    if (!ref || !unwritten) return;
    await recordUse(databaseOf(this.env, ref.workspaceId), ref, shard, unwritten);
    this.useWrittenAt = now();
    this.use.wrote(unwritten, now());
  }

  /** Every few seconds while in use: stores exact figures, and hands the leases back once the key is idle. */
  async alarm(): Promise<void> {
    this.alarmSet = false;
    await this.wake();
    const { gate, ref, shard } = this;
    const isBusy = now() - this.use.lastAt < IDLE_CHECK_MS;
    if (!isBusy || now() - this.useWrittenAt >= USE_INTERVAL_MS) await this.writeUse();
    if (!gate || !ref) return;
    this.store(ref, shard, gate.snapshot());
    if (isBusy) return this.setIdleCheck();
    const ledger = ledgerOf(this.env, ref.workspaceId, ref.environment);
    const holder = keyObjectName(ref.keyId, shard);
    this.want = MIN_WANT;
    await ledger.rest(holder, gate.openLeases(now()));
  }

  /** Alarms run on the runtime's clock, whatever clock the limits are told. */
  private setIdleCheck(): void {
    this.alarmSet = true;
    void this.ctx.storage.setAlarm(Date.now() + IDLE_CHECK_MS);
  }
}
