import { ALL_PLANS, type Plan } from "./plans.ts";

/** Calls per second above which one Durable Object no longer keeps up (docs/platform.md: ~500–1,000 req/s each). */
const CALLS_PER_OBJECT = 500;

/** How many objects share a key's rate on the Platform API; the other surfaces of every tier need one. */
export const shardsFor = (plan: Plan): number =>
  Math.max(1, Math.ceil(plan.platform.perMinute / 60 / CALLS_PER_OBJECT));

/** The most shards any tier uses: what a change to a key has to reach. */
export const MAX_SHARDS = Math.max(...ALL_PLANS.map(shardsFor));

/** The share of `total` that one of `shards` objects holds; the shares add up to `total`. An object too many has none. */
export const shareOf = (total: number, shard: number, shards: number): number =>
  shard < shards ? Math.floor((total + shard) / shards) : 0;
