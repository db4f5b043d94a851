import type { Env } from "../../env.ts";
import type { AccessType, KeyPolicy } from "../keys/policy.ts";
import type { Environment } from "../keys/key-format.ts";
import type { Database } from "../storage/database.ts";
import type { UnitOfWork } from "./unit-of-work.ts";

/** What services see of whoever is acting. */
interface Acting {
  /** `key:123`, `job:publish`, …: what the audit log shows. */
  actor: string;
  workspaceId: number;
  environment: Environment;
  /** Scopes it holds, wildcards and presets resolved. */
  scopes: ReadonlySet<string>;
  /** Sites it may touch; `null` for all of the workspace. */
  siteIds: readonly string[] | null;
  accessType: AccessType;
  workspace: { id: number; name: string; slug: string; tier: string };
}

/** A key: its policy says what it may do. */
export interface KeyCaller extends Acting {
  kind: "key";
  keyId: number;
  policy: KeyPolicy;
}

/** Work of ours that nobody is waiting for. It has no bounds within its workspace. */
export interface JobCaller extends Acting {
  kind: "job";
  keyId: null;
}

/** Somebody without a key. Nothing is open to them but what is open to everybody. */
export interface AnonymousCaller extends Acting {
  kind: "anonymous";
  keyId: null;
  siteIds: readonly string[];
}

/** Who is acting. What a caller may do is asked by its kind: that it has no policy says nothing about it. */
export type Caller = KeyCaller | JobCaller | AnonymousCaller;

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
  /** Where the caller has reached us: what absolute addresses in answers begin with. */
  origin: string;
  /** Where writes are staged; the pipeline commits them once. */
  unit: UnitOfWork;
}
