import { DurableObject } from "cloudflare:workers";
import ipaddr from "ipaddr.js";
import type { Env } from "../../env.ts";
import { now } from "../clock.ts";
import { IP_LIMITS, type IpLimitName } from "./ip-limits.ts";
import { type LimitDecision, Limiter } from "./limiter.ts";

/**
 * The buckets of one client address, in memory only: they leave no row behind, and every one of them is full again
 * after a minute, sooner than an idle object is evicted.
 */
export class IpObject extends DurableObject<Env> {
  private readonly limiter = new Limiter(IP_LIMITS, now(), undefined, "ip");

  /** Charges `cost` tokens, or tells how long to wait until there are `atLeast` of them. */
  async charge(bucket: IpLimitName, cost: number, atLeast: number): Promise<LimitDecision> {
    const at = now();
    const decision = this.limiter.decide({ [bucket]: atLeast }, at);
    if (!decision.allowed || atLeast === cost) return decision;
    this.limiter.giveBack({ [bucket]: atLeast - cost }, at);
    return { allowed: true, figures: this.limiter.figures({ [bucket]: cost }, at) };
  }
}

/** The address a client is counted by: IPv4 as it is, IPv6 by its /64, which one customer usually holds whole. */
export function clientNetwork(address: string): string {
  if (!ipaddr.isValid(address)) return "unknown";
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  return `${(parsed as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(":")}::/64`;
}

export function ipLimiter(env: Env, address: string): DurableObjectStub<IpObject> {
  return env.IP_OBJECT.getByName(clientNetwork(address));
}
