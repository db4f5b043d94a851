import type { Caller, Ctx } from "../work/context.ts";
import { DomainError } from "../errors.ts";
import { boundsOf, readerOfCaller } from "./caller.ts";
import { mayRead, type Readable, rightToRead } from "../keys/reader.ts";
import { type RequestedRight, rightsAllow } from "../keys/rights.ts";
import type { Scope } from "../keys/scopes.ts";

/** What an operation needs: a scope, any valid key (`null`), or no key at all. */
export type RequiredScope = Scope | "public" | null;

/** What a call asks of a key. */
export interface Needed {
  /** `public` needs no key; `null` any valid key. */
  scope: RequiredScope;
  /** Open to keys of access type `integrations` (document 003: only a published part of the calls is). */
  integrations?: boolean;
}

/** What a call asks for by the value of a query parameter, where that names what it is about: the table of an item. */
export interface NeededByQuery {
  parameter: string;
  /** By value; `isOffered` unless every caller is told that there is no such call (405). */
  values: Readonly<Record<string, Needed & { isOffered: boolean }>>;
}

/** A scope that is enough for what a key has set up itself, where more is asked of others. */
export interface OwnScope<Params = Record<string, string>> {
  scope: Scope;
  isOwn(ctx: Ctx, params: Params): Promise<boolean>;
}

/** An operation, as far as who may call it is concerned. */
export interface Guarded extends Needed {
  /** Replaces what the operation asks for, of a value it knows. */
  byQuery?: NeededByQuery;
  /** The path parameter that names a key, where every key may do this to itself, whatever else it may not. */
  itself?: string;
  /** Open to every valid key, whatever its access type, scopes and rights: it says nothing but whose the key is. */
  anyKey?: boolean;
  /** The scope that is enough for what the key has set up itself. */
  own?: OwnScope;
}

const forbidden = (message: string, details: DomainError["details"]): DomainError =>
  new DomainError("forbidden", message, details);

/** Throws unless the caller holds the scope; what an operation needs by its input asks here too. */
export function requireScope(caller: Caller, scope: RequiredScope): void {
  if (scope === "public") return;
  const bounds = boundsOf(caller);
  if (scope === null || caller.scopes.has(scope)) return;
  const grantedScopes = bounds?.scopes ?? [];
  throw forbidden(`API key does not have scope: ${scope}`, { reason: "scope", requiredScope: scope, grantedScopes });
}

/** Throws unless one of the key's rights, where it has any, allows the call. Work of ours needs none. */
export function requireRight(caller: Caller, request: () => RequestedRight): void {
  const rights = boundsOf(caller)?.rights;
  if (!rights) return;
  const right = request();
  if (rightsAllow(rights, right)) return;
  throw forbidden(`API key has no right to ${right.method} ${right.route}`, { reason: "right" });
}

/** Throws unless the caller may read things of this kind: what is told of something asks for the same as its own GET. */
export function requireReadable(caller: Caller, readable: Readable): void {
  if (mayRead(readerOfCaller(caller), readable)) return;
  requireScope(caller, readable.scope);
  requireAccessType(caller, readable.integrations);
  requireRight(caller, () => rightToRead(readable.readAt[0] as string));
}

/**
 * Whether the key may call the endpoint: its access type, its scopes and its rights must all allow it
 * (docs/contract.md §1).
 */
export function authorise(
  caller: Caller,
  endpoint: Guarded,
  request: () => RequestedRight,
  params: Record<string, string> = {},
): void {
  if (endpoint.anyKey) return;
  if (endpoint.itself !== undefined && params[endpoint.itself] === String(caller.keyId)) return;
  const { scope, integrations = false } = neededFor(endpoint, () => request().query);
  requireScope(caller, scope);
  requireRight(caller, request);
  requireAccessType(caller, integrations);
}

/** What a call of the operation with this query asks for. */
export function neededFor(endpoint: Guarded, query: () => URLSearchParams): Needed {
  const { byQuery } = endpoint;
  if (!byQuery) return endpoint;
  const value = query().get(byQuery.parameter) ?? "";
  // A value there is not is told by the query's own check.
  return (Object.hasOwn(byQuery.values, value) && byQuery.values[value]) || endpoint;
}

/** The operation as this call needs it: with the lesser scope where that is enough. Asks only who has that one alone. */
export async function asCalled<Operation extends Guarded>(
  ctx: Ctx,
  operation: Operation,
  params: Record<string, string>,
): Promise<Operation> {
  const { scope, own } = operation;
  const { scopes } = ctx.caller;
  if (!own || scope === null || scopes.has(scope) || !scopes.has(own.scope)) return operation;
  return (await own.isOwn(ctx, params)) ? { ...operation, scope: own.scope } : operation;
}

/** Throws unless what is asked for is open to keys of the caller's access type. */
export function requireAccessType(caller: Caller, isForIntegrations: boolean): void {
  if (isForIntegrations || boundsOf(caller)?.accessType !== "integrations") return;
  throw forbidden("API keys of access type integrations may not use this endpoint.", { reason: "access_type" });
}
