/** What a key may be allowed to do: document 001's table and what document 002 names. */
export const SCOPES = [
  "sites:read",
  "sites:write",
  "pages:read",
  "pages:write",
  "media:read",
  "media:write",
  "analytics:read",
  "ai:write",
  "publish:write",
  "ecommerce:read",
  "ecommerce:write",
  "booking:read",
  "booking:write",
  "loyalty:read",
  "loyalty:write",
  "webhooks:read",
  "webhooks:write",
  "webhooks:delete",
  "forms:read",
  "forms:write",
  "push:write",
  "workspaces:read",
  "workspaces:write",
  "workspaces:delete",
  "api-keys:read",
  "api-keys:write",
  "api-keys:delete",
  "entitlements:read",
  "entitlements:write",
  "seo:read",
  "seo:write",
  "mcp:read",
  "mcp:write",
  "posts:read",
  "posts:write",
  "posts:delete",
  "users:read",
] as const;

export type Scope = (typeof SCOPES)[number];

/** Resources whose `:write` is never part of the `write` preset (docs/contract.md §1). */
const NOT_IN_WRITE = new Set(["ai", "publish", "push", "api-keys", "workspaces", "entitlements"]);

/** The permissions of document 000's dialog; `read` and `write` are also document 002's default. */
const PRESETS = new Map<string, (scope: Scope) => boolean>([
  ["read", (scope) => scope.endsWith(":read")],
  ["write", (scope) => scope.endsWith(":write") && !NOT_IN_WRITE.has(scope.split(":")[0] as string)],
  ["ai", (scope) => scope === "ai:write"],
  ["publish", (scope) => scope === "publish:write"],
]);

export const DEFAULT_SCOPES = ["read", "write"];

/** Whether one granted entry (a scope, a wildcard or a preset) covers a scope. Case-sensitive. */
function covers(granted: string, scope: Scope): boolean {
  if (granted === "*" || granted === scope) return true;
  const preset = PRESETS.get(granted);
  if (preset) return preset(scope);
  const [resource, action] = scope.split(":");
  return granted === `${resource}:*` || granted === `*:${action}`;
}

/** The scopes a list of entries stands for. */
export function expandScopes(granted: readonly string[]): Set<Scope> {
  return new Set(SCOPES.filter((scope) => granted.some((entry) => covers(entry, scope))));
}

/** Every entry that covers a scope: itself, the wildcards and the presets. */
export function entriesCovering(scope: Scope): string[] {
  const [resource, action] = scope.split(":");
  return ["*", ...PRESETS.keys(), `${resource}:*`, `*:${action}`, scope].filter((entry) => covers(entry, scope));
}

/** Every entry that means anything: it names or covers at least one scope. */
export const SCOPE_ENTRIES: readonly string[] = [...new Set(SCOPES.flatMap(entriesCovering))];

/** Entries of `wanted` that reach beyond `own`; a key can hand on only what it holds. */
export function beyond(own: readonly string[], wanted: readonly string[]): string[] {
  const held = expandScopes(own);
  return wanted.filter((entry) => [...expandScopes([entry])].some((scope) => !held.has(scope)));
}
