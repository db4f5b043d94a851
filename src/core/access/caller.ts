import type { AnonymousCaller, Caller, KeyCaller } from "../work/context.ts";
import { missingKey } from "./credential.ts";
import type { KeyPolicy } from "../keys/policy.ts";
import { heldScopes, type Reader } from "../keys/reader.ts";

/** The caller a key makes. */
export function callerOf(policy: KeyPolicy): KeyCaller {
  const { keyId, workspaceId, environment, siteIds, accessType, workspace } = policy;
  const scopes = heldScopes(policy);
  const actor = `key:${keyId}`;
  return { kind: "key", actor, keyId, workspaceId, environment, scopes, siteIds, accessType, policy, workspace };
}

/** Whoever calls an endpoint that needs no key: no workspace, no scope, no site. */
export const ANONYMOUS: AnonymousCaller = {
  kind: "anonymous",
  actor: "anonymous",
  keyId: null,
  workspaceId: 0,
  environment: "live",
  scopes: new Set(),
  siteIds: [],
  accessType: "integrations",
  workspace: { id: 0, name: "", slug: "", tier: "trial" },
};

/** The policy that bounds a key; `null` for work of ours, which has no bounds. Throws 401 for whoever has no key. */
export function boundsOf(caller: Caller): KeyPolicy | null {
  switch (caller.kind) {
    case "key":
      return caller.policy;
    case "job":
      return null;
    case "anonymous":
      throw missingKey();
  }
}

/** A caller as a reader of things. */
export const readerOfCaller = (caller: Caller): Reader => ({
  scopes: caller.scopes,
  rights: boundsOf(caller)?.rights ?? null,
  accessType: caller.accessType,
});
