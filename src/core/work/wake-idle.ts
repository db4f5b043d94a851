import type { Env } from "../../env.ts";
import type { Idle } from "../events/fan-out.ts";
import { UNANSWERING_AT_ONCE, wakeEndpoints } from "../events/wake.ts";
import { now } from "../clock.ts";
import { schedulerOf, type Tenant } from "./scheduler.ts";

/**
 * Wakes a workspace's endpoints for what a commit has given them: at once those that answer and a few of the others. The
 * scheduler goes on with the rest, a few at a time, so that nobody waits behind a thousand receivers that are dead.
 */
export async function wakeIdle(env: Env, tenant: Tenant, { answering, others }: Idle): Promise<void> {
  await wakeEndpoints(env, [...answering, ...others.slice(0, UNANSWERING_AT_ONCE)]);
  if (others.length <= UNANSWERING_AT_ONCE) return;
  await schedulerOf(env, tenant.workspaceId, tenant.environment)
    .wakeAt(now())
    .catch(() => {});
}
