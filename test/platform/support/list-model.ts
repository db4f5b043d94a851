import { fold } from "../../../src/core/fold.ts";
import type { Random } from "./random.ts";

export type Item = Record<string, unknown> & { id: number };

/** A list as the documents describe it, for the model to follow. */
export interface ListModel {
  path: string;
  sorts: string[];
  fields: string[];
  includes: string[];
  statuses: string[];
  /** What `status` filters by. */
  statusOf: (item: Item) => unknown;
  searched: string[];
  /** The field with the time of the last change; lists of things that never change have none. */
  changedAt: string;
}

export interface ListCall {
  page: number;
  perPage: number;
  sort: [field: string, direction: 1 | -1][];
  fields: string[] | null;
  include: string[];
  status: string | null;
  search: string | null;
  bounds: [parameter: string, value: string][];
}

const WORDS = [
  "alpha",
  "BETA",
  "üNÏ",
  "uni",
  "U\u0308ni\u0308",
  "a",
  "%",
  "_",
  "\\",
  "zzz",
  "example",
  "o",
  "'",
  "  e ",
];
const BOUNDS = ["created_after", "created_before", "updated_after", "updated_before"];

/** A random call with values that exist as well as such that do not. */
export function randomCall(random: Random, list: ListModel, moments: string[]): ListCall {
  return {
    page: random.chance(0.4) ? 1 : 1 + random.below(6),
    perPage: random.chance(0.2) ? 25 : random.pick([1, 2, 3, 7, 10, 50, 100]),
    sort: random.chance(0.6) ? random.some(list.sorts).map((name) => [name, random.chance(0.5) ? 1 : -1]) : [],
    fields: random.chance(0.4) ? random.some(list.fields) : null,
    include: list.includes.length > 0 && random.chance(0.3) ? random.some(list.includes) : [],
    status: list.statuses.length > 0 && random.chance(0.3) ? random.pick(list.statuses) : null,
    search: random.chance(0.3) ? random.pick(WORDS) : null,
    bounds: BOUNDS.filter(() => random.chance(0.15)).map((name) => [name, random.pick(moments)]),
  };
}

export function queryOf(call: ListCall): string {
  const query = new URLSearchParams();
  if (call.page !== 1) query.set("page", String(call.page));
  if (call.perPage !== 25) query.set("per_page", String(call.perPage));
  if (call.sort.length > 0) query.set("sort", call.sort.map(([name, to]) => (to < 0 ? `-${name}` : name)).join(","));
  if (call.fields) query.set("fields", call.fields.join(","));
  if (call.include.length > 0) query.set("include", call.include.join(","));
  if (call.status) query.set("status", call.status);
  if (call.search) query.set("search", call.search);
  for (const [name, value] of call.bounds) query.set(name, value);
  return query.toString();
}

/** Times are sorted as moments (as text `…:00.001Z` would come before `…:00Z`), texts as they are compared. */
function sortedBy(item: Item, name: string): unknown {
  const value = item[name];
  if (typeof value !== "string") return value;
  return name.endsWith("_at") ? Date.parse(value) : fold(value);
}

/** NULL sorts before everything; text by its bytes, as SQLite does. */
function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return (a as string) < (b as string) ? -1 : 1;
}

/** The items the call selects, in order, from all there are. */
export function selected(list: ListModel, all: readonly Item[], call: ListCall): Item[] {
  const { sort, status, search, bounds } = call;
  const wanted = search === null ? undefined : fold(search);
  const isWithin = (item: Item, [name, value]: [string, string]): boolean => {
    const at = Date.parse(String(item[name.startsWith("created") ? "created_at" : list.changedAt]));
    return name.endsWith("after") ? at > Date.parse(value) : at <= Date.parse(value);
  };
  const matching = all.filter(
    (item) =>
      (status === null || list.statusOf(item) === status) &&
      (wanted === undefined || list.searched.some((name) => fold(String(item[name])).includes(wanted))) &&
      bounds.every((bound) => isWithin(item, bound)),
  );
  const ties = sort.at(-1)?.[1] ?? -1;
  // What an item is sorted by is worked out once, not at every comparison.
  const keyed = matching.map((item) => ({ item, keys: sort.map(([name]) => sortedBy(item, name)) }));
  keyed.sort((a, b) => {
    for (const [nth, [, to]] of sort.entries()) {
      const order = compare(a.keys[nth], b.keys[nth]);
      if (order !== 0) return order * to;
    }
    return (a.item.id - b.item.id) * ties;
  });
  return keyed.map(({ item }) => item);
}
