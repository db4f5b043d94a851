import { COUNTER_OF, type KeyCharges, keyLimits, type KeyLimitName } from "../limits/key-limits.ts";
import type { Grant } from "../limits/ledger.ts";
import type { LimitFigure } from "../limit-figure.ts";
import { type LimitDecision, Limiter, type LimiterState } from "../limits/limiter.ts";
import { METRICS, type Metric } from "../limits/metric.ts";
import { periodEnd, periodKey } from "../limits/period.ts";
import { type Plan, planOf, tighterPlan } from "../limits/plans.ts";
import { WriteAhead } from "../limits/write-ahead.ts";
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

export type GateDecision =
  | { kind: "admitted"; at: number; figures: LimitFigure[]; idempotency: IdempotencyLock | null }
  | { kind: "refused"; reason: Refusal }
  | { kind: "limited"; deniedBy: LimitFigure; retryAfterSeconds: number; figures: LimitFigure[] }
  | { kind: "needs_lease"; metric: Metric; need: number };

/** A caller that died holds its idempotency key this long at most. */
const IDEMPOTENCY_LOCK_MS = 30_000;

export const effectivePlan = (policy: KeyPolicy): Plan =>
  tighterPlan(planOf(policy.workspace.tier), policy.rateLimitTier === null ? null : planOf(policy.rateLimitTier));

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
 * Decides every call of one key: status, expiry, address, limits, monthly lease and idempotency lock in one
 * synchronous step, all or nothing. Pure: no storage, no clock of its own.
 */
export class KeyGate {
  private limiter: Limiter<KeyLimitName>;
  private readonly grants = new Map<Metric, Grant & { period: string; limit: number | null }>();
  private readonly locks = new Map<string, { requestId: string; fingerprint: string | null; until: number }>();
  private writeAhead = new WriteAhead<KeyLimitName>();

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

  /** Takes over a changed policy; what was spent stays spent. */
  adopt(policy: KeyPolicy, now: number): void {
    if (policy.version === this.policy.version) return;
    this.policy = policy;
    this.limiter = new Limiter(this.limits(), now, this.limiter.snapshot());
    this.writeAhead = new WriteAhead<KeyLimitName>();
  }

  decide(call: GateCall, now: number): GateDecision {
    const reason = refusalOf(this.policy, call.ip, now);
    if (reason) return { kind: "refused", reason };
    const lease = this.missingLease(call, now);
    if (lease) return lease;
    const decision: LimitDecision = this.limiter.decide(call.charges, now);
    if (!decision.allowed) return { kind: "limited", ...decision };
    return { kind: "admitted", at: now, figures: decision.figures, idempotency: this.lock(call, now) };
  }

  /** A call that a bucket denies anyway draws no lease; one beyond a used-up allowance is denied here. */
  private missingLease(call: GateCall, now: number): GateDecision | null {
    for (const metric of METRICS) {
      const cost = call.charges[COUNTER_OF[metric]] ?? 0;
      if (cost === 0) continue;
      const grant = this.grants.get(metric);
      const used = this.used(metric, now);
      const period = periodKey("month", now);
      if (grant?.period === period && used + cost <= grant.granted) continue;
      if (!this.limiter.wouldAllow(call.charges, now)) continue;
      return { kind: "needs_lease", metric, need: cost };
    }
    return null;
  }

  /** The answer to a call for which the ledger had nothing left. */
  exhausted(call: GateCall, metric: Metric, now: number): Extract<GateDecision, { kind: "limited" }> {
    const seconds = Math.max(1, Math.ceil((periodEnd("month", now) - now) / 1000));
    const deniedBy: LimitFigure = {
      name: `monthly_${metric}`,
      scope: "workspace",
      limit: this.monthlyLimit(metric) ?? 0,
      remaining: 0,
      resetSeconds: seconds,
      windowSeconds: 2_592_000,
    };
    return { kind: "limited", deniedBy, retryAfterSeconds: seconds, figures: this.limiter.figures(call.charges, now) };
  }

  /** The plan's monthly allowance for the whole workspace. */
  monthlyLimit(metric: Metric): number | null {
    return planOf(this.policy.workspace.tier).monthly[metric];
  }

  used(metric: Metric, now: number): number {
    return this.limiter.used(COUNTER_OF[metric], now);
  }

  /** Takes a grant unless a newer one, or a withdrawal, has been seen. `reported` is what it was asked for with. */
  acceptGrant(metric: Metric, period: string, grant: Grant, reported: number, now: number): void {
    const current = this.grants.get(metric);
    if (current?.period === period && grant.rev <= current.rev) return;
    // After a crash the count written ahead may lie above all that was ever granted: the ledger knows better.
    if (period === periodKey("month", now) && reported > grant.used) {
      this.limiter.lowerUsed(COUNTER_OF[metric], reported - grant.used);
    }
    this.grants.set(metric, { ...grant, period, limit: this.monthlyLimit(metric) });
  }

  /** Gives up the unused part of a lease; answers what was used, or `null` when the request is older than the lease. */
  reclaim(metric: Metric, period: string, rev: number, now: number): number | null {
    const current = this.grants.get(metric);
    if (period !== periodKey("month", now)) return null;
    if (current?.period === period && current.rev > rev) return null;
    const used = this.used(metric, now);
    this.grants.set(metric, { granted: used, used, rev, period, limit: null });
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
    const held = this.locks.get(idempotencyKey);
    if (held && held.until > now && held.requestId !== requestId) {
      const isOther = held.fingerprint !== null && fingerprint !== null && held.fingerprint !== fingerprint;
      return isOther ? "mismatch" : "busy";
    }
    if (this.locks.size > 1_000) for (const [key, { until }] of this.locks) if (until <= now) this.locks.delete(key);
    this.locks.set(idempotencyKey, { requestId, fingerprint, until: now + IDEMPOTENCY_LOCK_MS });
    return "acquired";
  }

  unlock(idempotencyKey: string, requestId: string): void {
    if (this.locks.get(idempotencyKey)?.requestId === requestId) this.locks.delete(idempotencyKey);
  }

  /** Undoes the charge of a call admitted at `chargedAt` and denied further on; answers the figures after it. */
  giveBack(charges: KeyCharges, chargedAt: number, now: number): LimitFigure[] {
    this.limiter.giveBack(charges, chargedAt);
    return this.limiter.figures(charges, now);
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
