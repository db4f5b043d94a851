import { IP_LIMITS, type IpLimitName } from "./ip-limits.ts";
import { type LimitDecision, Limiter, type LimiterState } from "./limiter.ts";
import { WriteAhead } from "./write-ahead.ts";

/** Everything the buckets of an address need of the world. */
export interface IpWorld {
  now(): number;
  storage: {
    state(): LimiterState | undefined;
    saveState(state: LimiterState): void;
    /** Leaves nothing behind. */
    clear(): void;
  };
  /** Has `check` called after this time; takes the place of what was asked for before. */
  checkAfter(ms: number): void;
}

/** A decision, and the moment it was made at, for giving its charge back. */
export type IpDecision = LimitDecision & { at: number };

/**
 * Shorter than the ten seconds after which a quiet object may be evicted: exact figures are stored before. Buckets that
 * are full again within this time are not worth a row.
 */
export const IP_CHECK_MS = 5_000;

/**
 * The buckets of one client address. They last until each of them is full by its own refill, whatever becomes of the
 * object meanwhile: what is stored counts ahead of use, and is gone once there is nothing left to remember. So an address
 * that asks for a page now and then stores nothing, and a crash forgives it five seconds' refill at most.
 */
export class IpBuckets {
  private readonly limiter: Limiter<IpLimitName>;
  private readonly writeAhead = new WriteAhead<IpLimitName>();
  private isCheckSet = false;
  private lastAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly world: IpWorld) {
    this.limiter = new Limiter(IP_LIMITS, world.now(), world.storage.state(), "ip");
  }

  /** Charges `cost` tokens, or tells how long to wait until there are `atLeast` of them. */
  charge(bucket: IpLimitName, cost: number, atLeast: number): IpDecision {
    const at = this.world.now();
    const decision = this.limiter.decide({ [bucket]: atLeast }, at);
    if (!decision.allowed) return { ...decision, at };
    if (atLeast !== cost) this.limiter.giveBack({ [bucket]: atLeast - cost }, at);
    if (cost > 0) this.remember({ [bucket]: cost }, at);
    return { allowed: true, figures: this.limiter.figures({ [bucket]: cost }, at), at };
  }

  private remember(charges: Partial<Record<IpLimitName, number>>, at: number): void {
    if (this.limiter.fullInMs(at) <= IP_CHECK_MS) return;
    this.lastAt = at;
    const state = this.writeAhead.stateToStore(this.limiter, charges, at);
    if (state) this.world.storage.saveState(state);
    if (!this.isCheckSet) this.world.checkAfter(IP_CHECK_MS);
    this.isCheckSet = true;
  }

  /** Undoes a charge made at `chargedAt` whose call came to nothing; answers what there is now. */
  giveBack(bucket: IpLimitName, cost: number, chargedAt: number): LimitDecision["figures"] {
    this.limiter.giveBack({ [bucket]: cost }, chargedAt);
    return this.limiter.figures({ [bucket]: cost }, this.world.now());
  }

  /** Stores exact figures once the address is quiet, and forgets them once they are not worth it. */
  check(): void {
    const at = this.world.now();
    const fullInMs = this.limiter.fullInMs(at);
    const isBusy = at - this.lastAt < IP_CHECK_MS;
    this.isCheckSet = isBusy && fullInMs > IP_CHECK_MS;
    if (this.isCheckSet) {
      this.world.checkAfter(IP_CHECK_MS);
      return;
    }
    const state = this.writeAhead.exactState(this.limiter);
    if (fullInMs <= IP_CHECK_MS) this.world.storage.clear();
    else {
      this.world.storage.saveState(state);
      this.world.checkAfter(fullInMs);
    }
  }
}
