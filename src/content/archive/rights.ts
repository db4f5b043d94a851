import { readerOfCaller } from "../../core/access/caller.ts";
import { isLimited } from "../../core/keys/attributes.ts";
import { mayRead } from "../../core/keys/reader.ts";
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

/** What an import of a caller's may write. */
export const importable = (caller: Caller): string[] =>
  allKinds()
    .filter(({ write }) => caller.scopes.has(write))
    .map(({ name }) => name);
