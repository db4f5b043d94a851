import { mayRead, type Readable, type Reader } from "../keys/reader.ts";
import { type DeclaredEvent, nounOf } from "./define.ts";

interface Catalogue {
  byType: ReadonlyMap<string, DeclaredEvent>;
  patterns: readonly string[];
  withheld: readonly string[];
  /** What events are about, by noun. */
  nouns: ReadonlyMap<string, Readable>;
}

let catalogue: Catalogue | null = null;

/**
 * Names every event there is, by kind; the composition root calls this once, and the description keeps this order.
 * Throws if a type is declared twice.
 */
export function registerEvents(...sets: readonly Record<string, DeclaredEvent>[]): void {
  const all = sets.flatMap((set) => Object.values(set));
  const byType = new Map<string, DeclaredEvent>();
  for (const event of all) {
    if (byType.has(event.type)) throw new Error(`The event ${event.type} is declared twice.`);
    byType.set(event.type, event);
  }
  const types = [...byType.keys()];
  catalogue = {
    byType,
    patterns: ["*", ...new Set(types.map((type) => `${nounOf(type)}.*`)), ...types],
    withheld: all.filter((event) => !event.integrations).map(({ type }) => type),
    nouns: new Map(all.map((event) => [nounOf(event.type), event])),
  };
}

function registered(): Catalogue {
  if (!catalogue) throw new Error("No events are registered: the composition root has to call registerEvents.");
  return catalogue;
}

let silent: ReadonlyMap<string, Readable> = new Map();

/** Names the kinds of things that the audit log knows and no event tells of; the composition root calls this once. */
export function registerSilent(kinds: Record<string, Readable>): void {
  silent = new Map(Object.entries(kinds));
}

/** What reading things of a kind asks for, or `null` when there are none of this kind any more. */
export const findReadable = (noun: string): Readable | null => registered().nouns.get(noun) ?? silent.get(noun) ?? null;

/** What reading things of a kind asks for. Throws for one that is not declared: that is a mistake of ours. */
export function readableOf(noun: string): Readable {
  const readable = findReadable(noun);
  if (!readable) throw new Error(`Nothing says who may read a ${noun}: declare it in src/events.ts.`);
  return readable;
}

/** Every event, in the order of the catalogue. */
export const allEvents = (): DeclaredEvent[] => [...registered().byType.values()];

/** Every event type there is (docs/contract.md §7). */
export const eventTypes = (): string[] => [...registered().byType.keys()];

/** Everything an endpoint can subscribe to: a type, all of a kind (`post.*`), or all (`*`). */
export const eventPatterns = (): readonly string[] => registered().patterns;

/** The types that keys of access type `integrations` are not told of: they have no endpoint for these things either. */
export const withheldTypes = (): readonly string[] => registered().withheld;

/** The types of the events that a reader may hear of: those of what it may read. */
export const heardTypes = (reader: Reader): string[] =>
  allEvents()
    .filter((event) => mayRead(reader, event))
    .map(({ type }) => type);

/** The event a caller names, or `null` when there is none. */
export const findEvent = (type: string): DeclaredEvent | null => registered().byType.get(type) ?? null;

/** The event of this type. Throws for one that is not declared: that is a mistake of ours. */
export function eventOf(type: string): DeclaredEvent {
  const event = findEvent(type);
  if (!event) throw new Error(`There is no event ${type}: declare it with defineEvents and list it in src/events.ts.`);
  return event;
}
