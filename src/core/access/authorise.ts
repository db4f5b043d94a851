import type { Caller } from "../work/context.ts";
import { DomainError } from "../errors.ts";
import type { Endpoint } from "../http/endpoint.ts";
import type { KeyPolicy } from "../keys/policy.ts";
import { type RequestedRight, rightsAllow } from "../keys/rights.ts";

const forbidden = (message: string, details: DomainError["details"]): DomainError =>
  new DomainError("forbidden", message, details);

/** Throws unless the caller holds the scope; what an operation needs by its input asks here too. */
export function requireScope({ scopes, policy }: Caller, scope: Endpoint["scope"]): void {
  if (scope === null || scope === "public" || scopes.has(scope)) return;
  const grantedScopes = policy?.scopes ?? [];
  throw forbidden(`API key does not have scope: ${scope}`, { reason: "scope", requiredScope: scope, grantedScopes });
}

/** Whether the key may call the endpoint: its access type, its scopes and its rights must all allow it (CONTRACT §1). */
export function authorise(policy: KeyPolicy, caller: Caller, endpoint: Endpoint, request: () => RequestedRight): void {
  requireScope(caller, endpoint.scope);
  if (policy.rights) {
    const right = request();
    if (!rightsAllow(policy.rights, right)) {
      throw forbidden(`API key has no right to ${right.method} ${right.route}`, { reason: "right" });
    }
  }
  if (policy.accessType === "integrations" && !endpoint.integrations) {
    throw forbidden("API keys of access type integrations may not use this endpoint.", { reason: "access_type" });
  }
}
