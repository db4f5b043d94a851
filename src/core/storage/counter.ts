import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { collectionCounts } from "./counts.ts";
import { KEPT_COUNTERS } from "./counters.generated.ts";

/** How many items of a list there are, without reading them: triggers count them in `collection_counts`. */
export interface Counter<Value extends string | number = never> {
  /** The items of a scope (a site's id, or `tenantScope`): all of them, or those with one of the values. */
  count(scope: string, values?: readonly Value[]): SQL;
}

/** The scope of counters that are kept by workspace and environment. */
export const tenantScope = ({ workspaceId, environment }: { workspaceId: number; environment: string }): string =>
  `${workspaceId}:${environment}`;

const sumOf = (scope: string, names: string[]): SQL => {
  const { n, name } = collectionCounts;
  const isNamed = and(eq(collectionCounts.scope, scope), inArray(name, names));
  return sql`coalesce((SELECT sum(${n}) FROM ${collectionCounts} WHERE ${isNamed}), 0)`;
};

/**
 * A counter of the migrations, declared where its list is; with `values`, the rows are counted by one of their columns
 * (`counter("orders", STATUSES)` adds up `orders:paid` and so on). Throws as the module loads when no trigger keeps it:
 * such a list would say for ever that it is empty.
 */
export function counter(name: string): Counter;
export function counter<Value extends string | number>(name: string, values: readonly Value[]): Counter<Value>;
export function counter<Value extends string | number>(name: string, values?: readonly Value[]): Counter<Value> {
  const kept = values ? `${name}:` : name;
  if (!KEPT_COUNTERS.includes(kept)) {
    throw new Error(`No trigger keeps the counter ${kept}: see migrations/, then run npm run generate`);
  }
  const namesOf = (some: readonly Value[]): string[] => some.map((value) => `${kept}${value}`);
  const all = values ? namesOf(values) : [name];
  return {
    count(scope, some) {
      if (some?.some((value) => !values?.includes(value))) throw new Error(`${kept} is not counted by ${some}`);
      return sumOf(scope, some ? namesOf(some) : all);
    },
  };
}
