import { COUNTER_OF, type KeyCharges, keyLimits, type KeyLimitName } from "../limits/key-limits.ts";
import type { DrawRequest, Grant } from "../limits/ledger.ts";
import type { LimitFigure } from "../limit-figure.ts";
import { type LimitDecision, Limiter, type LimiterState } from "../limits/limiter.ts";
import { METRICS, type Metric } from "../limits/metric.ts";
import { periodEnd, periodKey } from "../limits/period.ts";
import { type Plan, planOf, tighterPlan } from "../limits/plans.ts";
import { WriteAhead } from "../limits/write-ahead.ts";
import { type Denial, Denials } from "./denials.ts";
import { ipAllowed } from "../keys/allowed-ips.ts";
import type { KeyPolicy, Refusal } from "../keys/policy.ts";

/** One call asking to be let in. */
export interface GateCall {
  /** What is charged to the counter of a monthly allowance is drawn from that allowance of the workspace. */
  charges: KeyCharges;
  ip: string;
  idempotencyKey: string | null;
  /** Tells calls with one idempotency key apart, where that can be said. */
  fingerprint?: string | null;
  /** Names the request, so that asking again after a lost answer finds its own lock. */
  requestId: string;
}

/** Whether a call holds its idempotency key, or another does that is the same call, or one that is not. */
export type IdempotencyLock = "acquired" | "busy" | "mismatch";

interface Limited {
  kind: "limited";
  deniedBy: LimitFigure;
  retryAfterSeconds: number;
  figures: LimitFigure[];
  /** What it was charged all the same, for a denial that is not this key's own. */
  charged?: KeyCharges;
}

export type GateDecision =
  | { kind: "admitted"; at: number; figures: LimitFigure[]; idempotency: IdempotencyLock | null }
  | { kind: "refused"; reason: Refusal }
  | Limited
  | { kind: "needs_lease"; metric: Metric; need: number };

/** How long a key believes that the month's allowance is used up before it asks again: others may have given back. */
const LEDGER_PAUSE_MS = 60_000;

/** What tells a call from others of its key. */
type CallName = Pick<GateCall, "idempotencyKey" | "fingerprint">;

/** The name of a key's call, as long as its settings stay; `null` for one that nothing tells from others. */
const nameOf = ({ keyId, version }: KeyPolicy, { idempotencyKey, fingerprint = null }: CallName): string | null =>
  fingerprint === null ? null : `${keyId} ${version} ${fingerprint} ${idempotencyKey ?? ""}`;

/** An Idempotency-Key is one of its API key: others of the family have their own. */
const lockName = (keyId: number, idempotencyKey: string): string => `${keyId} ${idempotencyKey}`;

/** A caller that died holds its idempotency key this long at most. */
const IDEMPOTENCY_LOCK_MS = 30_000;

export const effectivePlan = (policy: KeyPolicy): Plan =>
  tighterPlan(planOf(policy.workspace.tier), policy.rateLimitTier === null ? null : planOf(policy.rateLimitTier));

/** What a key's limits follow from: policies that agree in this have the same. */
const limitsKey = ({ workspace, rateLimitTier, monthlyCap }: KeyPolicy): string =>
  `${workspace.tier} ${rateLimitTier} ${monthlyCap}`;

/** What a month allows of a metric: the plan to the workspace, the key's own cap to the key. `null` is no limit. */
export type Allowance = Pick<DrawRequest, "limit" | "cap">;

/** Why a key is refused whatever it calls, before any limit is looked at; `null` when it is let in. */
export function refusalOf(policy: KeyPolicy, ip: string, now: number): Refusal | null {
  if (policy.endsAt !== null && now >= policy.endsAt) return "unknown";
  if (policy.expiresAt !== null && now >= policy.expiresAt) return "expired";
  if (!policy.isActive) return "inactive";
  if (!ipAllowed(policy.allowedIps, ip)) return "ip_not_allowed";
  return effectivePlan(policy).apiAccess ? null : "no_api_access";
}

/** What the gate keeps across evictions. */
export type GateState = LimiterState;

/**
 * Decides every call of a key and of those it has replaced, which share all but their policies: status, expiry, address,
 * limits, monthly lease and idempotency lock in one synchronous step, all or nothing. Pure: no storage, no clock of its own.
 */
export class KeyGate {
  private limiter: Limiter<KeyLimitName>;
  /** Leases, each with the allowance it was drawn under: under another one it is not good any more. */
  private readonly grants = new Map<Metric, Grant & Allowance & { period: string }>();
  private readonly locks = new Map<string, { requestId: string; fingerprint: string | null; until: number }>();
  private writeAhead = new WriteAhead<KeyLimitName>(true);
  private readonly denials = new Denials();
  /** Allowances the ledger had too few units of: how many were asked for, and when it is worth asking again. */
  private readonly usedUp = new Map<Metric, { need: number; until: number }>();

  constructor(
    private policy: KeyPolicy,
    private readonly shard: number,
    now: number,
    state?: GateState,
  ) {
    this.limiter = new Limiter(this.limits(), now, state);
  }

  private limits() {
    return keyLimits(effectivePlan(this.policy), this.policy.monthlyCap, this.shard);
  }

  /** Goes by this policy: a changed one, or that of another key of the family. What was spent stays spent. */
  adopt(policy: KeyPolicy, now: number): void {
    if (policy.keyId === this.policy.keyId && policy.version === this.policy.version) return;
    const before = limitsKey(this.policy);
    this.policy = policy;
    if (limitsKey(policy) === before) return;
    this.usedUp.clear();
    this.limiter = new Limiter(this.limits(), now, this.limiter.snapshot());
    this.writeAhead = new WriteAhead<KeyLimitName>(true);
  }

  decide(call: GateCall, now: number): GateDecision {
    const reason = refusalOf(this.policy, call.ip, now);
    if (reason) return { kind: "refused", reason };
    const name = nameOf(this.policy, call);
    const denied = name === null ? null : this.denials.find(name, now);
    if (denied) return this.deniedBeyond(call, denied, now);
    const lease = this.missingLease(call, now);
    if (lease) return lease;
    const decision: LimitDecision = this.limiter.decide(call.charges, now);
    if (!decision.allowed) return { kind: "limited", ...decision, figures: this.figures(call.charges, now) };
    return { kind: "admitted", at: now, figures: this.figures(call.charges, now), idempotency: this.lock(call, now) };
  }

  /** A call that a bucket denies anyway draws no lease; one beyond a used-up allowance is denied here. */
  private missingLease(call: GateCall, now: number): GateDecision | null {
    for (const metric of METRICS) {
      const cost = call.charges[COUNTER_OF[metric]] ?? 0;
      if (cost === 0) continue;
      const grant = this.grantOf(metric, now);
      if (grant && this.used(metric, now) + cost <= grant.granted) continue;
      const { need = Number.POSITIVE_INFINITY, until = 0 } = this.usedUp.get(metric) ?? {};
      if (cost >= need && now < until) return this.deniedBeyond(call, this.usedUpFigure(metric, cost, now), now);
      if (!this.limiter.wouldAllow(call.charges, now)) continue;
      return { kind: "needs_lease", metric, need: cost };
    }
    return null;
  }

  holdsLease(metric: Metric, now: number): boolean {
    return this.grantOf(metric, now) !== null;
  }

  /** The lease of a metric, if it is of this month and of the allowance there is now. */
  private grantOf(metric: Metric, now: number): Grant | null {
    const grant = this.grants.get(metric);
    const { limit, cap } = this.allowance(metric);
    const isGood = grant?.period === periodKey("month", now) && grant.limit === limit && grant.cap === cap;
    return isGood ? grant : null;
  }

  /** The figures of the limits in `charges`; of the key's cap, what its other objects have used is taken off as well. */
  private figures(charges: KeyCharges, now: number): LimitFigure[] {
    const elsewhere = this.grantOf("api_calls", now)?.elsewhere ?? 0;
    const figures = this.limiter.figures(charges, now);
    return figures.map((it) =>
      it.name === "monthly_api_calls" ? { ...it, remaining: Math.max(0, it.remaining - elsewhere) } : it,
    );
  }

  /** The answer to a call for which the ledger had nothing left; those that follow are answered without asking it. */
  exhausted(call: GateCall, metric: Metric, now: number): Limited {
    const need = call.charges[COUNTER_OF[metric]] ?? 0;
    const until = Math.min(now + LEDGER_PAUSE_MS, periodEnd("month", now));
    this.usedUp.set(metric, { need, until });
    return this.deniedBeyond(call, this.usedUpFigure(metric, need, now), now);
  }

  private usedUpFigure(metric: Metric, need: number, now: number): LimitFigure {
    const { limit, cap } = this.allowance(metric);
    const elsewhere = this.grantOf(metric, now)?.elsewhere ?? 0;
    const isCapped = cap !== null && (limit === null || cap - this.used(metric, now) - elsewhere < need);
    return {
      name: `monthly_${metric}`,
      scope: isCapped ? "key" : "workspace",
      limit: (isCapped ? cap : limit) ?? 0,
      remaining: 0,
      resetSeconds: Math.max(1, Math.ceil((periodEnd("month", now) - now) / 1000)),
      windowSeconds: 2_592_000,
    };
  }

  /**
   * Denies a call for a limit that is not this key's own. It is charged to the key's rates, as a call that is let in:
   * asking again and again is not free.
   */
  private deniedBeyond(call: GateCall, by: LimitFigure, now: number): Limited {
    const charged = this.limiter.ratesOf(call.charges);
    const paid: LimitDecision = this.limiter.decide(charged, now);
    const figures = this.figures(call.charges, now);
    // Whoever waits for the limit is let in by the rates as well.
    if (!paid.allowed && paid.retryAfterSeconds > by.resetSeconds) return { kind: "limited", ...paid, figures };
    const denied: Limited = { kind: "limited", deniedBy: by, retryAfterSeconds: by.resetSeconds, figures };
    return paid.allowed ? { ...denied, charged } : denied;
  }

  /** The plan's monthly allowance for the whole workspace, and the key's own cap. */
  allowance(metric: Metric): Allowance {
    const { workspace, monthlyCap } = this.policy;
    return { limit: planOf(workspace.tier).monthly[metric], cap: metric === "api_calls" ? monthlyCap : null };
  }

  used(metric: Metric, now: number): number {
    return this.limiter.used(COUNTER_OF[metric], now);
  }

  /** Takes a grant unless a newer one, or a withdrawal, has been seen. `asked` is what it was asked for with. */
  acceptGrant(metric: Metric, period: string, grant: Grant, asked: Allowance & { used: number }, now: number): void {
    const { used, limit, cap } = asked;
    const current = this.grants.get(metric);
    if (current?.period === period && grant.rev <= current.rev) {
      // The same lease, good for this allowance too; or an older one, of which nothing is taken.
      if (grant.rev === current.rev) Object.assign(current, { limit, cap, elsewhere: grant.elsewhere });
      return;
    }
    // After a crash the count written ahead may lie above all that was ever granted: the ledger knows better.
    if (period === periodKey("month", now) && used > grant.used) {
      this.limiter.lowerUsed(COUNTER_OF[metric], used - grant.used);
    }
    this.grants.set(metric, { ...grant, period, limit, cap });
  }

  /** Gives up the unused part of a lease; answers what was used, or `null` when the request is older than the lease. */
  reclaim(metric: Metric, period: string, rev: number, now: number): number | null {
    const current = this.grants.get(metric);
    if (period !== periodKey("month", now)) return null;
    if (current?.period === period && current.rev > rev) return null;
    const used = this.used(metric, now);
    this.grants.set(metric, { ...this.allowance(metric), elsewhere: 0, ...current, granted: used, used, rev, period });
    return used;
  }

  /** Leases with units left, to hand back when the key goes idle. */
  openLeases(now: number): { metric: Metric; period: string; used: number; rev: number }[] {
    const period = periodKey("month", now);
    const open = [...this.grants].filter(
      ([metric, grant]) => grant.period === period && grant.granted > this.used(metric, now),
    );
    return open.map(([metric, { rev }]) => ({
      metric,
      period,
      rev,
      used: this.reclaim(metric, period, rev, now) ?? 0,
    }));
  }

  private lock({ idempotencyKey, fingerprint = null, requestId }: GateCall, now: number): IdempotencyLock | null {
    if (idempotencyKey === null) return null;
    const name = lockName(this.policy.keyId, idempotencyKey);
    const held = this.locks.get(name);
    if (held && held.until > now && held.requestId !== requestId) {
      const isOther = held.fingerprint !== null && fingerprint !== null && held.fingerprint !== fingerprint;
      return isOther ? "mismatch" : "busy";
    }
    // All are held for the same time, so those that have ended stand first: no more are kept than calls fit into it.
    for (const [key, { until }] of this.locks) {
      if (until > now) break;
      this.locks.delete(key);
    }
    this.locks.delete(name);
    this.locks.set(name, { requestId, fingerprint, until: now + IDEMPOTENCY_LOCK_MS });
    return "acquired";
  }

  unlock(keyId: number, idempotencyKey: string, requestId: string): void {
    const name = lockName(keyId, idempotencyKey);
    if (this.locks.get(name)?.requestId === requestId) this.locks.delete(name);
  }

  /**
   * A call that was let in at `chargedAt` was denied further on: what it was counted is given back, but not what rates
   * cost. It is remembered, so that until that limit lets it in it is denied here.
   */
  denyLater(
    keyId: number,
    call: CallName,
    charges: KeyCharges,
    denial: Denial,
    chargedAt: number,
    now: number,
  ): LimitFigure[] {
    const name = nameOf(this.policy, call);
    if (name !== null && keyId === this.policy.keyId) this.denials.remember(name, denial, now);
    const rates = this.limiter.ratesOf(charges);
    const counted = Object.entries(charges).filter(([name]) => !(name in rates));
    this.limiter.giveBack(Object.fromEntries(counted), chargedAt);
    return this.figures(charges, now);
  }

  /** Undoes the charge of a call admitted at `chargedAt` that came to nothing; answers the figures after it. */
  giveBack(charges: KeyCharges, chargedAt: number, now: number): LimitFigure[] {
    this.limiter.giveBack(charges, chargedAt);
    return this.figures(charges, now);
  }

  /** The state to store before the admitted call is answered; `null` when what is stored already counts it. */
  stateToStore(charges: KeyCharges, now: number): GateState | null {
    return this.writeAhead.stateToStore(this.limiter, charges, now);
  }

  /** The exact state, stored when the key goes idle. */
  snapshot(): GateState {
    return this.writeAhead.exactState(this.limiter);
  }

  /** Calls of today and of this month, for usage reports. */
  counts(now: number): { today: number; month: number } {
    return {
      today: this.limiter.used("key.daily_api_calls", now),
      month: this.limiter.used("key.monthly_api_calls", now),
    };
  }
}
