import type { Env } from "../../env.ts";
import { SCOPES } from "../keys/scopes.ts";
import type { Ctx, JobCaller } from "./context.ts";
import { newId } from "../ids.ts";
import type { Tenant } from "./scheduler.ts";
import { databaseOf } from "../storage/database.ts";
import { UnitOfWork } from "./unit-of-work.ts";
import { wakeIdle } from "./wake-idle.ts";

const ALL_SCOPES: ReadonlySet<string> = new Set(SCOPES);

/** The caller of work of ours in one workspace and environment; `actor` is what the audit log shows. */
export const jobCaller = ({ workspaceId, environment }: Tenant, actor: string, tier: string): JobCaller => ({
  kind: "job",
  actor,
  keyId: null,
  workspaceId,
  environment,
  scopes: ALL_SCOPES,
  siteIds: null,
  accessType: "admin",
  workspace: { id: workspaceId, name: "", slug: "", tier },
});

/** Where we are reached, for links in what no request has asked for: at the first of `API_HOSTS`. */
const ownOrigin = ({ API_ORIGIN, API_HOSTS }: Env): string =>
  API_ORIGIN || `https://${API_HOSTS.split(",")[0]?.trim() || "localhost"}`;

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
    origin: ownOrigin(env),
    unit: new UnitOfWork(db, {
      caller,
      now,
      ip: "internal",
      requestId,
      wake: (idle) => wakeIdle(env, tenant, idle),
    }),
  };
}
