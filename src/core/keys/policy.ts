import type { Environment } from "./key-format.ts";
import type { Right } from "./rights.ts";

/** Who calls, as it never changes: enough to find the key's object without reading a table. */
export interface KeyRef {
  keyId: number;
  /** The first key of its line of rotations, itself if it has replaced none: what the line shares goes by this id. */
  familyId: number;
  workspaceId: number;
  environment: Environment;
}

export type AccessType = "admin" | "integrations" | "transactional";

/** Everything about a key that can change; its Durable Object is the authority for it. */
export interface KeyPolicy extends KeyRef {
  /** Changes with every change of the key or its workspace. */
  version: string;
  name: string;
  prefix: string;
  /** `null`: rights alone decide. */
  scopes: string[] | null;
  /** `null`: scopes alone decide. */
  rights: Right[] | null;
  /** `null`: every site of the workspace. */
  siteIds: string[] | null;
  /** Whether it may act in the other workspaces of its account, and list them. */
  accountAccess: boolean;
  accessType: AccessType;
  attributes: string[] | null;
  channels: string[] | null;
  allowedIps: string[] | null;
  monthlyCap: number | null;
  rateLimitTier: string | null;
  isActive: boolean;
  /** Milliseconds since the epoch. */
  expiresAt: number | null;
  /** When the key stops because it was revoked or rotated; in the past or now: stopped. */
  endsAt: number | null;
  workspace: { id: number; name: string; slug: string; tier: string };
}

/** Why a key is refused before any limit is looked at. */
export type Refusal = "unknown" | "inactive" | "expired" | "ip_not_allowed" | "no_api_access";
