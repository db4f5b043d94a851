import { callObject } from "../call-object.ts";
import { rateLimited } from "../errors.ts";
import type { IpLimitName } from "../limits/ip-limits.ts";
import { ipLimiter } from "../limits/ip-object.ts";
import type { LimitDecision } from "../limits/limiter.ts";
import type { Arrival } from "./arrival.ts";

/** Charges a bucket of the caller's address, or throws 429. `atLeast` tokens must be there even if fewer are charged. */
export async function chargeIp(arrival: Arrival, bucket: IpLimitName, cost: number, atLeast = cost): Promise<void> {
  const limiter = ipLimiter(arrival.env, arrival.ip);
  const decision = await callObject<LimitDecision>(() => limiter.charge(bucket, cost, atLeast));
  arrival.figures = decision.figures;
  if (!decision.allowed) throw rateLimited(decision.deniedBy, decision.retryAfterSeconds);
}
