import type { Differ } from "./text.ts";

/** What became of the entries of a list, by their places before and afterwards. Every entry is in one of them, once. */
export interface Entries {
  /** As it was, in the order there was. */
  same: [from: number, to: number][];
  /** As it was, elsewhere among the others. */
  moved: [from: number, to: number][];
  changed: [from: number, to: number][];
  removed: number[];
  added: number[];
}

const field = (entry: unknown, name: string): string | null => {
  if (typeof entry !== "object" || entry === null) return null;
  const value = (entry as Record<string, unknown>)[name];
  return typeof value === "string" ? value : null;
};

/** Whether entries are told apart by ids, as variants are. */
function haveIds(entries: readonly unknown[]): boolean {
  const ids = entries.map((entry) => field(entry, "id"));
  return !ids.includes(null) && new Set(ids).size === ids.length;
}

/** What entries that are neither the same nor named may have become of each other by: a block's type. */
const sortOf = (entry: unknown): string =>
  typeof entry === "object" && entry !== null ? `{}${field(entry, "type") ?? ""}` : typeof entry;

/** Takes pairs of equal keys from what is left of both lists, first with first. */
function paired(before: (string | null)[], after: (string | null)[]): [number, number][] {
  const places = new Map<string, number[]>();
  for (const [to, key] of after.entries()) if (key !== null) places.set(key, [...(places.get(key) ?? []), to]);
  return before.flatMap((key, from): [number, number][] => {
    const to = key === null ? undefined : places.get(key)?.shift();
    return to === undefined ? [] : [[from, to]];
  });
}

/** What became of the entries of a list; `null` for two lists that have little in common. */
export function compareLists(differ: Differ, before: readonly unknown[], after: readonly unknown[]): Entries | null {
  const byId = haveIds(before) && haveIds(after);
  const whole = [before, after].map((list) => list.map((entry) => JSON.stringify(entry))) as [string[], string[]];
  const keys = byId ? [before, after].map((list) => list.map((entry) => field(entry, "id") as string)) : whole;
  const kept = differ.common(keys[0] as string[], keys[1] as string[]);
  if (!kept) return null;
  const [from, to] = [new Set(before.keys()), new Set(after.keys())];
  const take = (pairs: [number, number][]): [number, number][] => {
    for (const [a, b] of pairs) {
      from.delete(a);
      to.delete(b);
    }
    return pairs;
  };
  const left = (list: readonly string[], places: Set<number>) => list.map((key, at) => (places.has(at) ? key : null));
  take(kept);
  const moved = take(paired(left(keys[0] as string[], from), left(keys[1] as string[], to)));
  // Whoever has an id that is in one list only has become of nothing else.
  const sorts = [before, after].map((list) => list.map(sortOf)) as [string[], string[]];
  const become = byId ? [] : take(paired(left(sorts[0], from), left(sorts[1], to)));
  const isSame = ([a, b]: [number, number]) => whole[0][a] === whole[1][b];
  return {
    same: kept.filter(isSame),
    moved,
    changed: [...kept.filter((pair) => !isSame(pair)), ...become],
    removed: [...from],
    added: [...to],
  };
}
