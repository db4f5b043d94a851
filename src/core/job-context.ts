import type { Env } from "../env.ts";
import { jobCaller } from "./access/caller.ts";
import type { Ctx } from "./context.ts";
import { wakeEndpoints } from "./events/wake.ts";
import { newId } from "./ids.ts";
import type { Tenant } from "./scheduler.ts";
import { databaseOf } from "./storage/database.ts";
import { UnitOfWork } from "./storage/unit-of-work.ts";

/** The context of work nobody is waiting for: scheduled publishes, seeding. Acts inside one workspace and environment. */
export function jobContext(env: Env, tenant: Tenant, actor: string, now: number, tier = "enterprise"): Ctx {
  const caller = jobCaller(tenant, actor, tier);
  const db = databaseOf(env, tenant.workspaceId);
  const requestId = newId("req", now);
  return {
    env,
    db,
    caller,
    now,
    requestId,
    callId: requestId,
    ip: "internal",
    unit: new UnitOfWork(db, {
      caller,
      now,
      ip: "internal",
      requestId,
      wake: (endpointIds) => wakeEndpoints(env, endpointIds),
    }),
  };
}
