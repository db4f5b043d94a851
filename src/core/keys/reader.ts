import type { AccessType } from "./policy.ts";
import { type Right, rightsAllow } from "./rights.ts";
import { expandScopes, type Scope } from "./scopes.ts";

/** The scopes that read something: `push:write` too, beside which document 001 has none that reads what is pushed. */
export type ReadScope = Extract<Scope, `${string}:read` | "push:write">;

/** A kind of thing that can be read, and what reading it asks of a key, wherever it is told of: events, samples, audit, includes. */
export interface Readable {
  /** The scope that reads the thing itself: whoever lacks it has no business hearing of it. */
  readonly scope: ReadScope;
  /** Whether keys of access type `integrations` may read it, as `integrations` of an endpoint says who may call it. */
  readonly integrations: boolean;
  /** The routes that show it: where a key has rights, one of them must allow a GET of one of these. */
  readonly readAt: readonly string[];
}

/** Who reads, as far as what they may read is concerned. */
export interface Reader {
  scopes: ReadonlySet<string>;
  rights: readonly Right[] | null;
  accessType: AccessType;
}

/**
 * The scopes a key holds. One with rights and no scopes holds all of them: its rights alone decide
 * (docs/contract.md §1).
 */
export const heldScopes = ({ scopes, rights }: { scopes: string[] | null; rights: Right[] | null }): Set<Scope> =>
  expandScopes(scopes ?? (rights ? ["*"] : []));

/** A key as a reader. */
export const readerOf = (key: { scopes: string[] | null; rights: Right[] | null; accessType: AccessType }): Reader => ({
  scopes: heldScopes(key),
  rights: key.rights,
  accessType: key.accessType,
});

const NO_QUERY = new URLSearchParams();

/** The right that reading at a route asks for; one that holds under a condition only is not enough. */
export const rightToRead = (route: string) => ({ method: "GET", route, path: route, query: NO_QUERY });

/** Whether a key may read things of this kind. `isHeard` in core/events asks the same of the table of keys. */
export const mayRead = ({ scopes, rights, accessType }: Reader, { scope, integrations, readAt }: Readable): boolean =>
  scopes.has(scope) &&
  (integrations || accessType !== "integrations") &&
  (rights === null || readAt.some((route) => rightsAllow(rights, rightToRead(route))));
