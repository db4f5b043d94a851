import { DomainError } from "../errors.ts";
import type { Caller } from "../context.ts";
import type { KeyPolicy } from "./policy.ts";
import { type RequestedRight, rightsAllow } from "./rights.ts";
import type { Scope } from "./scopes.ts";

/** Whether the key may call the route: with scopes and rights both set, both must allow (CONTRACT §1). Throws 403. */
export function authorise(policy: KeyPolicy, caller: Caller, scope: Scope | null, request: RequestedRight): void {
  if (scope !== null && !caller.scopes.has(scope)) {
    throw new DomainError("forbidden", `API key does not have scope: ${scope}`, {
      reason: "scope",
      requiredScope: scope,
      grantedScopes: policy.scopes ?? [],
    });
  }
  if (policy.rights && !rightsAllow(policy.rights, request)) {
    throw new DomainError("forbidden", `API key has no right to ${request.method} ${request.route}`, {
      reason: "right",
    });
  }
}
