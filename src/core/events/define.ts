import type { Readable, ReadScope } from "../keys/reader.ts";

/** Something that happens to a kind of thing: who may read the thing may hear of it, and this is what it tells them. */
export interface DeclaredEvent<Data = unknown, Type extends string = string> extends Readable {
  /** `order.created`: what subscribers name it by. */
  readonly type: Type;
  /** A made-up `data`: the thing as its own GET answers it. */
  readonly sample: Data;
}

/** The events of one kind of thing, by what happens to it. */
export type EventSet<Noun extends string, Data, Verb extends string> = {
  readonly [Name in Verb]: DeclaredEvent<Data, `${Noun}.${Name}`>;
};

/**
 * Declares the events of one kind of thing. Without a read scope or a sample this does not compile. The composition
 * root lists the result in `src/events.ts`; what is not listed there cannot be emitted.
 * @example
 * export const ORDER_EVENTS = defineEvents({
 *   noun: "order",
 *   scope: "ecommerce:read",
 *   integrations: true,
 *   readAt: ["/v1/sites/{siteId}/shop/orders"],
 *   sample: order,
 *   verbs: { created: {}, updated: { status: "paid", version: 2 } },
 * });
 * ctx.unit.emit(ORDER_EVENTS.created, toOrder(row), row.siteId);
 */
export function defineEvents<Noun extends string, Data extends object, Verb extends string>({
  noun,
  scope,
  integrations = false,
  readAt,
  sample,
  verbs,
}: {
  /** As types begin: `order`. */
  noun: Noun;
  scope: ReadScope;
  integrations?: boolean;
  /** The routes that show it. */
  readAt: readonly string[];
  sample: Data;
  /** What can happen to it, in the order the description lists it, each with what is different in its sample. */
  verbs: Record<Verb, Partial<NoInfer<Data>>>;
}): EventSet<Noun, Data, Verb> {
  const declared = Object.entries<Partial<Data>>(verbs).map(([verb, differing]) => {
    const event: DeclaredEvent<Data> = {
      type: `${noun}.${verb}`,
      scope,
      integrations,
      readAt,
      sample: { ...sample, ...differing },
    };
    return [verb, Object.freeze(event)];
  });
  return Object.fromEntries(declared) as EventSet<Noun, Data, Verb>;
}

/** What an event is about: the first part of its type. */
export const nounOf = (type: string): string => type.split(".")[0] as string;
