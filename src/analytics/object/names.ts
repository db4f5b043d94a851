import { ABOUT, type About, type TrackedEvent } from "../tracked-event.ts";
import type { EventStore } from "./event-store.ts";

/**
 * So many different pages, events, sources, … a day of a site has; those beyond are counted as `(other)`. Whoever sends
 * events makes up their names: without a bound he would decide how much is stored and read.
 */
export const MOST_WORDS = 5_000;
const MOST_EVENT_TYPES = 500;
export const OTHER = "(other)";

/** What there are few of by itself. */
const BOUNDED: readonly (keyof About)[] = ["device", "browser", "os"];

/** The names that events of a day have used. */
export class Names {
  private readonly known = new Map<string, Set<string>>();

  constructor(private readonly store: EventStore) {}

  /** The event with names the day has room for; notes those that are new. */
  admit(event: TrackedEvent): TrackedEvent {
    const { day } = event;
    const about = { ...event.about };
    for (const name of ABOUT) {
      if (!BOUNDED.includes(name)) Object.assign(about, { [name]: this.admitted(day, name, about[name], MOST_WORDS) });
    }
    const page = this.admitted(day, "page", event.page, MOST_WORDS);
    return { ...event, page, type: this.admitted(day, "type", event.type, MOST_EVENT_TYPES), about };
  }

  forget(day: string): void {
    for (const key of this.known.keys()) if (key.startsWith(`${day} `)) this.known.delete(key);
  }

  private admitted(day: string, kind: string, word: string, most: number): string {
    const key = `${day} ${kind}`;
    const words = this.known.get(key) ?? this.store.words(day, kind);
    this.known.set(key, words);
    if (words.has(word)) return word;
    if (words.size >= most) return OTHER;
    words.add(word);
    this.store.addWord(day, kind, word);
    return word;
  }
}
