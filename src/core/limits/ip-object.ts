import { DurableObject } from "cloudflare:workers";
import ipaddr from "ipaddr.js";
import type { Env } from "../../env.ts";
import { now } from "../clock.ts";
import type { LimitFigure } from "../limit-figure.ts";
import { IpBuckets, type IpDecision } from "./ip-buckets.ts";
import type { IpLimitName } from "./ip-limits.ts";
import type { LimiterState } from "./limiter.ts";

/** The buckets of one client address as a Durable Object: `IpBuckets` with its storage. */
export class IpObject extends DurableObject<Env> {
  private readonly buckets: IpBuckets;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const { storage } = ctx;
    this.buckets = new IpBuckets({
      now,
      storage: {
        state: () => storage.kv.get<LimiterState>("state"),
        saveState: (state) => storage.kv.put("state", state),
        clear: () => void storage.deleteAll(),
      },
      // Alarms run on the runtime's clock, whatever clock the limits are told.
      checkAfter: (ms) => void storage.setAlarm(Date.now() + ms),
    });
  }

  async charge(bucket: IpLimitName, cost: number, atLeast: number): Promise<IpDecision> {
    return this.buckets.charge(bucket, cost, atLeast);
  }

  async giveBack(bucket: IpLimitName, cost: number, chargedAt: number): Promise<LimitFigure[]> {
    return this.buckets.giveBack(bucket, cost, chargedAt);
  }

  async alarm(): Promise<void> {
    this.buckets.check();
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
