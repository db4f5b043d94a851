import { callObject } from "../call-object.ts";
import { rateLimited } from "../errors.ts";
import type { LimitFigure } from "../limit-figure.ts";
import type { IpDecision } from "../limits/ip-buckets.ts";
import type { IpLimitName } from "../limits/ip-limits.ts";
import { ipLimiter } from "../limits/ip-object.ts";
import type { Arrival } from "./arrival.ts";

/** A charge of a bucket of the caller's address, which can be undone. */
export interface IpCharge {
  bucket: IpLimitName;
  cost: number;
  /** By the object's clock. */
  at: number;
}

/** Charges a bucket of the caller's address, or throws 429. `atLeast` tokens must be there even if fewer are charged. */
export async function chargeIp(arrival: Arrival, bucket: IpLimitName, cost: number, atLeast = cost): Promise<IpCharge> {
  const limiter = ipLimiter(arrival.env, arrival.ip);
  const decision = await callObject<IpDecision>(() => limiter.charge(bucket, cost, atLeast));
  arrival.figures = decision.figures;
  if (!decision.allowed) throw rateLimited(decision.deniedBy, decision.retryAfterSeconds);
  return { bucket, cost, at: decision.at };
}

/** Gives back what a call was charged that failed through no fault of its caller. */
export async function giveBackIp(arrival: Arrival, { bucket, cost, at }: IpCharge): Promise<void> {
  try {
    const limiter = ipLimiter(arrival.env, arrival.ip);
    arrival.figures = await callObject<LimitFigure[]>(() => limiter.giveBack(bucket, cost, at));
  } catch {
    // The answer on its way to the caller is the better one.
  }
}
