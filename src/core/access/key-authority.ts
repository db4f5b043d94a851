import type { LimitFigure } from "../limit-figure.ts";
import type { KeyPolicy, KeyRef } from "../keys/policy.ts";
import type { KeyCharges } from "../limits/key-limits.ts";
import type { DrawRequest, Grant } from "../limits/ledger.ts";
import type { Metric } from "../limits/metric.ts";
import { shardsFor } from "../limits/shards.ts";
import type { Denial } from "./denials.ts";
import { type Changes, HeldPolicy } from "./held-policy.ts";
import { effectivePlan, type GateCall, type GateDecision, type GateState, KeyGate } from "./key-gate.ts";
import { KeyLeases } from "./key-leases.ts";
import { type CallUse, KeyUse, type UseState } from "./key-use.ts";

/** What the Worker asks of a key's object: one of these per request. */
export interface AdmitCall extends GateCall {
  ref: KeyRef;
  shard: number;
  /** Version of the policy the caller already holds; the policy is sent only when it differs. */
  knownVersion: string | null;
  use?: CallUse;
}

type Decided = Exclude<GateDecision, { kind: "needs_lease" }>;

export type Verdict = Decided & {
  version?: string;
  policy?: KeyPolicy;
  /** How many objects share this key's calls on the Platform API. */
  shards?: number;
};

/** What became of a call that was let in: nothing. */
export interface Release {
  requestId: string;
  /** Set when the call held its lock. */
  idempotencyKey: string | null;
  /** Set when nothing came of the call, admitted at `chargedAt`, through no fault of its caller. */
  charges: KeyCharges | null;
  chargedAt: number;
  /** Set when a later limit denied the call: it is remembered, and pays for having asked. */
  denied?: { call: Pick<GateCall, "idempotencyKey" | "fingerprint">; denial: Denial } | null;
}

/** What an object keeps for the time after it was evicted. */
export interface StoredKey {
  ref: KeyRef;
  shard: number;
  gate: GateState;
  use: UseState;
}

type OpenLeases = ReturnType<KeyGate["openLeases"]>;

/** Everything a key's authority needs of the world. */
export interface KeyWorld {
  now(): number;
  storage: {
    state(): StoredKey | undefined;
    saveState(state: StoredKey): void;
    changes(): Changes | undefined;
    saveChanges(changes: Changes): void;
  };
  readPolicy(ref: KeyRef): Promise<KeyPolicy | null>;
  writeUse(ref: KeyRef, shard: number, use: UseState): Promise<void>;
  /** The ledger of the key's workspace. It answers the newest version of the workspace it was told of. */
  draw(policy: KeyPolicy, request: DrawRequest): Promise<Grant & { workspaceVersion: number }>;
  handBack(ref: KeyRef, holder: string, leases: OpenLeases): Promise<void>;
  /** Has `checkIdle` called after this time. */
  checkIdleAfter(ms: number): void;
}

/** Shorter than the ten seconds after which the local runtime evicts a quiet object: exact figures come first. */
export const IDLE_CHECK_MS = 5_000;
/** How long the refusal of a workspace without API access is believed. */
const REFUSAL_TTL_MS = 1_000;
/** The table hears of a busy key's use this often, and of its last use when it has come to rest. */
const USE_INTERVAL_MS = 60_000;

/** The second half of a policy's version counts the changes of the workspace. */
const workspaceVersionOf = (policy: KeyPolicy): number => Number(policy.version.split(".")[1]);

/** The name of a key's object; shard 0 is the key's own. */
export const keyObjectName = (keyId: number, shard: number): string => (shard === 0 ? `${keyId}` : `${keyId}#${shard}`);

/** One key's authority: `KeyGate` with its policy, its leases and its state. Knows no runtime: its object is an adapter. */
export class KeyAuthority {
  private gate: KeyGate | null = null;
  private ref: KeyRef | null = null;
  private shard = 0;
  private use = new KeyUse();
  private isIdleCheckSet = false;
  private useWrittenAt = 0;
  private readonly held: HeldPolicy;
  private readonly leases: KeyLeases;

  constructor(private readonly world: KeyWorld) {
    this.held = new HeldPolicy(world.now, world.storage.changes());
    this.leases = new KeyLeases(world.now);
  }

  /** Lets one call in, or says why not. Warm, it decides without waiting for anything. */
  async admit(call: AdmitCall): Promise<Verdict> {
    const { now } = this.world;
    for (;;) {
      // Asked again after every wait: a change may have been announced meanwhile.
      if (!this.held.isFresh()) await this.load(call.ref, call.shard);
      const { gate } = this;
      const policy = this.held.current;
      if (!gate || !policy) return { kind: "refused", reason: "unknown" };
      const decision = gate.decide(call, now());
      if (this.mayBeOutdated(decision)) {
        this.held.forget();
        continue;
      }
      if (decision.kind !== "needs_lease") return this.answer(gate, policy, call, decision);
      const holder = keyObjectName(policy.keyId, call.shard);
      if (await this.leases.draw(gate, decision, (request) => this.draw(policy, { ...request, holder }))) continue;
      if (!this.held.isFresh()) await this.load(call.ref, call.shard);
      // What the ledger had too few units for was asked under a plan that has changed: the new one decides.
      if (this.held.current?.version !== policy.version) continue;
      return this.answer(gate, policy, call, gate.exhausted(call, decision.metric, now()));
    }
  }

  /** A key without API access asks for no lease, by which it would hear of an upgrade: it looks again every second. */
  private mayBeOutdated(decision: GateDecision): boolean {
    return decision.kind === "refused" && decision.reason === "no_api_access" && this.held.isOlderThan(REFUSAL_TTL_MS);
  }

  private async draw(policy: KeyPolicy, request: DrawRequest): Promise<Grant> {
    const { workspaceVersion, ...grant } = await this.world.draw(policy, request);
    // The ledger may have heard of a newer version of the workspace.
    if (workspaceVersion > workspaceVersionOf(policy)) this.held.forget();
    return grant;
  }

  private answer(gate: KeyGate, policy: KeyPolicy, call: AdmitCall, decision: Decided): Verdict {
    if (decision.kind === "admitted") this.recordAdmitted(gate, call);
    if (decision.kind === "limited" && decision.charged) this.store(gate, call, decision.charged);
    if (decision.kind === "refused" && decision.reason === "unknown") return decision;
    const shards = shardsFor(effectivePlan(policy));
    return { ...decision, shards, version: policy.version, ...(policy.version !== call.knownVersion && { policy }) };
  }

  private recordAdmitted(gate: KeyGate, call: AdmitCall): void {
    const at = this.world.now();
    this.use.note(call, gate.counts(at).today, at);
    this.store(gate, call, call.charges);
  }

  /** Sees to it that what was just charged outlasts this object. */
  private store(gate: KeyGate, { ref, shard }: AdmitCall, charges: KeyCharges): void {
    const state = gate.stateToStore(charges, this.world.now());
    if (state) this.save(ref, shard, state);
    if (!this.isIdleCheckSet) this.setIdleCheck();
  }

  private load(ref: KeyRef, shard: number): Promise<void> {
    return this.held.load(
      () => this.world.readPolicy(ref),
      (policy) => this.adopt(policy, ref, shard),
    );
  }

  private adopt(policy: KeyPolicy | null, ref: KeyRef, shard: number): void {
    this.ref = ref;
    this.shard = shard;
    if (!policy) return;
    const at = this.world.now();
    if (this.gate) this.gate.adopt(policy, at);
    else {
      const stored = this.world.storage.state();
      this.gate = new KeyGate(policy, shard, at, stored?.gate);
      this.use = new KeyUse(stored?.use);
    }
  }

  /** Loads what was stored, for a call that comes from inside and names no key. */
  private async wake(): Promise<void> {
    const stored = this.gate ? undefined : this.world.storage.state();
    if (stored) await this.load(stored.ref, stored.shard);
  }

  private save({ keyId, workspaceId, environment }: KeyRef, shard: number, gate: GateState): void {
    const ref = { keyId, workspaceId, environment };
    this.world.storage.saveState({ ref, shard, gate, use: this.use.snapshot() });
  }

  /** The key is about to change: until `endChange` every call is decided on a fresh read of the table. */
  beginChange(changeId: string): void {
    this.world.storage.saveChanges(this.held.beginChange(changeId));
  }

  endChange(changeId: string): void {
    this.world.storage.saveChanges(this.held.endChange(changeId));
  }

  /** A call that was let in came to nothing: frees its idempotency key and gives back its charge, where it is named. */
  release({ requestId, idempotencyKey, charges, chargedAt, denied }: Release): LimitFigure[] | null {
    if (idempotencyKey !== null) this.gate?.unlock(idempotencyKey, requestId);
    if (!charges || !this.gate) return null;
    this.use.undo(charges["key.daily_api_calls"] ?? 0, chargedAt);
    const now = this.world.now();
    if (denied) return this.gate.denyLater(denied.call, charges, denied.denial, chargedAt, now);
    return this.gate.giveBack(charges, chargedAt, now);
  }

  /** The ledger calls back what this key has not used of a lease. An object that stored nothing has used nothing. */
  async reclaim(at: { metric: Metric; period: string; rev: number }): Promise<number | null> {
    await this.wake();
    if (!this.gate) return this.world.storage.state() === undefined ? 0 : null;
    return this.gate.reclaim(at.metric, at.period, at.rev, this.world.now());
  }

  /** Calls of today and this month; `null` for a key that was never used. */
  async counts(): Promise<{ today: number; month: number } | null> {
    await this.wake();
    return this.gate?.counts(this.world.now()) ?? null;
  }

  /** What the key was last used for, which the table hears of later; `null` when this object let nobody in. */
  lastUse(): UseState | null {
    const use = this.gate ? this.use.snapshot() : this.world.storage.state()?.use;
    return use && use.at > 0 ? use : null;
  }

  /** Writes what the key was used for to the table, if that is not up to date. */
  async writeUse(): Promise<void> {
    await this.wake();
    const { ref, shard } = this;
    const unwritten = this.use.unwritten();
    if (!ref || !unwritten) return;
    await this.world.writeUse(ref, shard, unwritten);
    this.useWrittenAt = this.world.now();
    this.use.wrote(unwritten, this.world.now());
  }

  /** Every few seconds while in use: stores exact figures, and hands the leases back once the key is idle. */
  async checkIdle(): Promise<void> {
    const { now } = this.world;
    this.isIdleCheckSet = false;
    await this.wake();
    const { gate, ref, shard } = this;
    const isBusy = now() - this.use.lastAt < IDLE_CHECK_MS;
    if (!isBusy || now() - this.useWrittenAt >= USE_INTERVAL_MS) await this.writeUse();
    if (!gate || !ref) return;
    this.save(ref, shard, gate.snapshot());
    if (isBusy) return this.setIdleCheck();
    this.leases.rest();
    await this.world.handBack(ref, keyObjectName(ref.keyId, shard), gate.openLeases(now()));
  }

  private setIdleCheck(): void {
    this.isIdleCheckSet = true;
    this.world.checkIdleAfter(IDLE_CHECK_MS);
  }
}
