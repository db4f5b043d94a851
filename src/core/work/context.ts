import type { Env } from "../../env.ts";
import type { AccessType, KeyPolicy } from "../keys/policy.ts";
import type { Environment } from "../keys/key-format.ts";
import type { Database } from "../storage/database.ts";
import type { UnitOfWork } from "./unit-of-work.ts";

/** Who is acting, as far as services care; a key today, a dashboard session or a scheduled job as well. */
export interface Caller {
  /** `key:123`, `job:publish`, …: what the audit log shows. */
  actor: string;
  keyId: number | null;
  workspaceId: number;
  environment: Environment;
  /** Scopes it holds, wildcards and presets resolved. */
  scopes: ReadonlySet<string>;
  /** Sites it may touch; `null` for all of the workspace. */
  siteIds: readonly string[] | null;
  accessType: AccessType;
  /** The key's own settings; `null` for jobs of ours, which have no bounds within their workspace. */
  policy: KeyPolicy | null;
  workspace: { id: number; name: string; slug: string; tier: string };
}

/** What every service verb receives besides its input. */
export interface Ctx {
  env: Env;
  db: Database;
  caller: Caller;
  /** One moment for the whole request, in milliseconds since the epoch. */
  now: number;
  requestId: string;
  /** Names the call across repetitions with one Idempotency-Key; the request's own id without one. */
  callId: string;
  ip: string;
  /** Where writes are staged; the pipeline commits them once. */
  unit: UnitOfWork;
}
