import type { Env } from "../../env.ts";
import type { Environment } from "../keys/key-format.ts";
import { SCOPES } from "../keys/scopes.ts";
import type { Caller, Ctx } from "./context.ts";
import { wakeEndpoints } from "../events/wake.ts";
import { newId } from "../ids.ts";
import { databaseOf } from "../storage/database.ts";
import { UnitOfWork } from "./unit-of-work.ts";

/** The context of work nobody is waiting for: scheduled publishes, seeding. Acts inside one workspace and environment. */
export function jobContext(
  env: Env,
  tenant: { workspaceId: number; environment: Environment },
  actor: string,
  now: number,
  tier = "enterprise",
): Ctx {
  const { workspaceId, environment } = tenant;
  const workspace = { id: workspaceId, name: "", slug: "", tier };
  const scopes = new Set<string>(SCOPES);
  const caller: Caller = {
    actor,
    keyId: null,
    workspaceId,
    environment,
    scopes,
    siteIds: null,
    accessType: "admin",
    policy: null,
    workspace,
  };
  const db = databaseOf(env, workspaceId);
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
