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
  keyId: number;
  requestId: string;
  /** Set when the call held its lock. */
  idempotencyKey: string | null;
  /** Set when nothing came of the call, admitted at `chargedAt`, through no fault of its caller. */
  charges: KeyCharges | null;
  chargedAt: number;
  /** Set when a later limit denied the call: it is remembered, and pays for having asked. */
  denied?: { call: Pick<GateCall, "idempotencyKey" | "fingerprint">; denial: Denial } | null;
}

/** A key with its use. */
interface UsedKey {
  ref: KeyRef;
  use: UseState;
}

/** What an object keeps for the time after it was evicted: of the key that called last, and of others of its family. */
export interface StoredKey extends UsedKey {
  shard: number;
  gate: GateState;
  others?: UsedKey[];
}

/** One key of the family. */
interface Member {
  ref: KeyRef;
  held: HeldPolicy;
  use: KeyUse;
}

/** An object that is older than families stored none. */
const refOf = ({ ref }: UsedKey): KeyRef => ({ ...ref, familyId: ref.familyId ?? ref.keyId });

const usedKeys = (stored: StoredKey): UsedKey[] =>
  [stored, ...(stored.others ?? [])].map((it) => ({ ref: refOf(it), use: it.use }));

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

/** A key without API access asks for no lease, by which it would hear of an upgrade: it looks again every second. */
const mayBeOutdated = (decision: GateDecision, held: HeldPolicy): boolean =>
  decision.kind === "refused" && decision.reason === "no_api_access" && held.isOlderThan(REFUSAL_TTL_MS);

/** The second half of a policy's version counts the changes of the workspace. */
const workspaceVersionOf = (policy: KeyPolicy): number => Number(policy.version.split(".")[1]);

/** The name of an object of a key's family, which all keys of a line of rotations share; shard 0 is the first. */
export const keyObjectName = (familyId: number, shard: number): string =>
  shard === 0 ? `${familyId}` : `${familyId}#${shard}`;

/**
 * The authority of a key and of those it has replaced: `KeyGate`, whose limits they share, with their policies, leases and
 * state. Knows no runtime: its object is an adapter.
 */
export class KeyAuthority {
  private gate: KeyGate | null = null;
  private shard = 0;
  private readonly members = new Map<number, Member>();
  /** The key that called last. */
  private latest: Member | null = null;
  private isIdleCheckSet = false;
  private useWrittenAt = 0;
  private readonly leases: KeyLeases;

  constructor(private readonly world: KeyWorld) {
    this.leases = new KeyLeases(world.now);
  }

  /** Lets one call in, or says why not. Warm, it decides without waiting for anything. */
  async admit(call: AdmitCall): Promise<Verdict> {
    const { now } = this.world;
    const member = this.member(call.ref);
    const { held } = member;
    for (;;) {
      // Asked again after every wait: a change may have been announced meanwhile.
      if (!held.isFresh()) await this.load(member, call.shard);
      const { gate } = this;
      const policy = held.current;
      if (!gate || !policy) return { kind: "refused", reason: "unknown" };
      gate.adopt(policy, now());
      const decision = gate.decide(call, now());
      if (mayBeOutdated(decision, held)) {
        held.forget();
        continue;
      }
      if (decision.kind !== "needs_lease") return this.answer(gate, policy, call, decision);
      const holder = keyObjectName(policy.familyId, call.shard);
      if (await this.leases.draw(gate, decision, (request) => this.draw(held, policy, { ...request, holder })))
        continue;
      if (!held.isFresh()) await this.load(member, call.shard);
      // What the ledger had too few units for was asked under a plan that has changed: the new one decides.
      if (held.current?.version !== policy.version) continue;
      gate.adopt(policy, now());
      return this.answer(gate, policy, call, gate.exhausted(call, decision.metric, now()));
    }
  }

  private async draw(held: HeldPolicy, policy: KeyPolicy, request: DrawRequest): Promise<Grant> {
    const { workspaceVersion, ...grant } = await this.world.draw(policy, request);
    // The ledger may have heard of a newer version of the workspace.
    if (workspaceVersion > workspaceVersionOf(policy)) held.forget();
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
    this.member(call.ref).use.note(call, call.charges["key.daily_api_calls"] ?? 0, at);
    this.store(gate, call, call.charges);
  }

  /** Sees to it that what was just charged outlasts this object. */
  private store(gate: KeyGate, { ref }: AdmitCall, charges: KeyCharges): void {
    this.latest = this.member(ref);
    const state = gate.stateToStore(charges, this.world.now());
    if (state) this.save(state);
    if (!this.isIdleCheckSet) this.setIdleCheck();
  }

  /** A key of the family; of one it meets for the first time it knows what was announced, and no policy. */
  private member({ keyId, familyId, workspaceId, environment }: KeyRef): Member {
    const known = this.members.get(keyId);
    if (known) return known;
    const ref = { keyId, familyId, workspaceId, environment };
    const member = { ref, held: new HeldPolicy(this.world.now, this.announced()), use: new KeyUse() };
    this.members.set(keyId, member);
    return member;
  }

  private load(member: Member, shard: number): Promise<void> {
    return member.held.load(
      () => this.world.readPolicy(member.ref),
      (policy) => policy && this.start(member, policy, shard),
    );
  }

  /** Takes up where the object that was here before has stopped. */
  private start(member: Member, policy: KeyPolicy, shard: number): void {
    this.latest ??= member;
    if (this.gate) return;
    this.shard = shard;
    const stored = this.world.storage.state();
    this.gate = new KeyGate(policy, shard, this.world.now(), stored?.gate);
    for (const { ref, use } of stored ? usedKeys(stored) : []) this.member(ref).use = new KeyUse(use);
  }

  /** Loads what was stored, for a call that comes from inside and names no key. */
  private async wake(): Promise<void> {
    const stored = this.gate ? undefined : this.world.storage.state();
    if (stored) await this.load(this.member(refOf(stored)), stored.shard);
  }

  private save(gate: GateState): void {
    if (!this.latest) return;
    const { ref, use } = this.latest;
    const others = [...this.members.values()].filter((it) => it !== this.latest && it.use.lastAt > 0);
    this.world.storage.saveState({
      ref,
      shard: this.shard,
      gate,
      use: use.snapshot(),
      ...(others.length > 0 && { others: others.map((it) => ({ ref: it.ref, use: it.use.snapshot() })) }),
    });
  }

  /** A key of the family is about to change: until `endChange` every call is decided on a fresh read of the table. */
  beginChange(changeId: string): void {
    this.hear((held) => held.beginChange(changeId));
  }

  endChange(changeId: string): void {
    this.hear((held) => held.endChange(changeId));
  }

  private hear(what: (held: HeldPolicy) => Changes): void {
    for (const { held } of this.members.values()) what(held);
    this.world.storage.saveChanges(what(new HeldPolicy(this.world.now, this.announced())));
  }

  /** The changes under way that are still waited for. */
  private announced(): Changes {
    return (this.world.storage.changes() ?? []).filter(([, until]) => until > this.world.now());
  }

  /** A call that was let in came to nothing: frees its idempotency key and gives back its charge, where it is named. */
  release({ keyId, requestId, idempotencyKey, charges, chargedAt, denied }: Release): LimitFigure[] | null {
    if (idempotencyKey !== null) this.gate?.unlock(keyId, idempotencyKey, requestId);
    if (!charges || !this.gate) return null;
    this.members.get(keyId)?.use.undo(charges["key.daily_api_calls"] ?? 0, chargedAt);
    const now = this.world.now();
    if (denied) return this.gate.denyLater(keyId, denied.call, charges, denied.denial, chargedAt, now);
    return this.gate.giveBack(charges, chargedAt, now);
  }

  /** The ledger calls back what this key has not used of a lease. An object that stored nothing has used nothing. */
  async reclaim(at: { metric: Metric; period: string; rev: number }): Promise<number | null> {
    await this.wake();
    if (!this.gate) return this.world.storage.state() === undefined ? 0 : null;
    return this.gate.reclaim(at.metric, at.period, at.rev, this.world.now());
  }

  /** Calls of today and this month, of the whole family; `null` for a key that was never used. */
  async counts(): Promise<{ today: number; month: number } | null> {
    await this.wake();
    return this.gate?.counts(this.world.now()) ?? null;
  }

  /** What the key was last used for, which the table hears of later; `null` when this object did not let it in. */
  lastUse(keyId: number): UseState | null {
    const stored = this.gate ? undefined : this.world.storage.state();
    const use = stored
      ? usedKeys(stored).find(({ ref }) => ref.keyId === keyId)?.use
      : this.members.get(keyId)?.use.snapshot();
    return use && use.at > 0 ? use : null;
  }

  /** Writes what the keys were used for to the table, if that is not up to date. */
  async writeUse(): Promise<void> {
    await this.wake();
    for (const { ref, use } of [...this.members.values()]) {
      const unwritten = use.unwritten();
      if (!unwritten) continue;
      await this.world.writeUse(ref, this.shard, unwritten);
      use.wrote(unwritten, this.world.now());
    }
    this.useWrittenAt = this.world.now();
  }

  /** Every few seconds while in use: stores exact figures, and hands the leases back once the key is idle. */
  async checkIdle(): Promise<void> {
    const { now } = this.world;
    this.isIdleCheckSet = false;
    await this.wake();
    const lastAt = Math.max(0, ...[...this.members.values()].map(({ use }) => use.lastAt));
    const isBusy = now() - lastAt < IDLE_CHECK_MS;
    if (!isBusy || now() - this.useWrittenAt >= USE_INTERVAL_MS) await this.writeUse();
    const { gate, latest, shard } = this;
    if (!gate || !latest) return;
    this.save(gate.snapshot());
    if (isBusy) return this.setIdleCheck();
    for (const [keyId, member] of this.members) {
      if (member !== latest && member.use.isPast(now())) this.members.delete(keyId);
    }
    this.leases.rest();
    await this.world.handBack(latest.ref, keyObjectName(latest.ref.familyId, shard), gate.openLeases(now()));
  }

  private setIdleCheck(): void {
    this.isIdleCheckSet = true;
    this.world.checkIdleAfter(IDLE_CHECK_MS);
  }
}
