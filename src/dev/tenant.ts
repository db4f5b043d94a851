import type { Environment } from "../core/keys/key-format.ts";
import type { Ctx } from "../core/work/context.ts";
import { jobContext } from "../core/work/job-context.ts";
import type { Env } from "../env.ts";

export interface Tenant {
  workspaceId: number;
  environment: Environment;
}

/** A context for one service call of the seeding; each call commits on its own. */
export const tenantContext = (env: Env, tenant: Tenant, now: number): Ctx => jobContext(env, tenant, "job:demo", now);
