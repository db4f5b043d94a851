import { boundsOf, readerOfCaller } from "../../core/access/caller.ts";
import { isLimited } from "../../core/keys/attributes.ts";
import { mayRead } from "../../core/keys/reader.ts";
import { rightsAllow } from "../../core/keys/rights.ts";
import type { Caller } from "../../core/work/context.ts";
import type { LeftOut } from "./format.ts";
import { allKinds, type Kind } from "./kind.ts";

/** Why a caller gets no records of a kind; `null` when it may read all there is of them. */
function reasonAgainst(caller: Caller, kind: Kind): LeftOut["reason"] | null {
  if (!mayRead(readerOfCaller(caller), kind.readable)) return "scope";
  return isLimited(caller, kind.name) ? "attributes" : null;
}

/** What an export of a caller's has, and what it has to leave out. */
export function exportable(caller: Caller): { kinds: string[]; leftOut: LeftOut[] } {
  const kinds: string[] = [];
  const leftOut: LeftOut[] = [];
  for (const kind of allKinds().filter(({ isForeign }) => !isForeign)) {
    const reason = reasonAgainst(caller, kind);
    if (reason === null) kinds.push(kind.name);
    else leftOut.push({ kind: kind.name, reason });
  }
  return { kinds, leftOut };
}

/** Whether a caller may read all that an export has: only then it learns that there is one. */
export function mayFetch(caller: Caller, { kinds, siteIds }: { kinds: string[]; siteIds: string[] | null }): boolean {
  const own = new Set(exportable(caller).kinds);
  const isOfSites = caller.siteIds === null || (siteIds ?? [""]).every((id) => caller.siteIds?.includes(id));
  return isOfSites && kinds.every((kind) => own.has(kind));
}

const NO_QUERY = new URLSearchParams();

/** Whether a caller may make records of a kind: as for the call that makes one, both its scopes and its rights decide. */
function mayWrite(caller: Caller, { write, readable }: Kind): boolean {
  const rights = boundsOf(caller)?.rights ?? null;
  const route = readable.readAt[0] as string;
  return (
    caller.scopes.has(write) &&
    (rights === null || rightsAllow(rights, { method: "POST", route, path: route, query: NO_QUERY }))
  );
}

/** What an import of a caller's may write. */
export const importable = (caller: Caller): string[] =>
  allKinds()
    .filter((kind) => mayWrite(caller, kind))
    .map(({ name }) => name);
