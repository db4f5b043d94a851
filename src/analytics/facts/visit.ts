import { type About, ABOUT, type TrackedEvent } from "../tracked-event.ts";

/** Idle for longer than this, a visitor's next event begins another visit. */
export const IDLE_MS = 30 * 60_000;
/** The grain of times: every offset of a zone is a multiple of it. */
export const QUARTER_MS = 15 * 60_000;

export const PAGE_VIEW = "pageview";

/** What happened on a page within a quarter of an hour. */
export interface Hit {
  /** The beginning of the quarter, in milliseconds. */
  at: number;
  page: string;
  /** `pageview`, or an event's name. */
  type: string;
  count: number;
}

/** A visit: what one visitor did without a break. It is told by its first event where it came from. */
export interface Visit {
  /** Tells visitors of a day apart, within one reading; those of one visitor follow one another. */
  visitor: string;
  startAt: number;
  /** From the first event to the last. */
  durationMs: number;
  about: About;
  entryPage: string;
  exitPage: string;
  hits: Hit[];
}

/** A stored event, without what is the same of all that a visitor did. */
export type VisitorEvent = Pick<TrackedEvent, "id" | "session" | "at" | "type" | "page" | "about">;

const inOrder = (one: VisitorEvent, other: VisitorEvent): number =>
  one.at - other.at || (one.id < other.id ? -1 : Number(one.id > other.id));

/**
 * The visits that a visitor's events of one day make up, whatever order they came in: those that the page gave one name
 * are one; the others end with 30 idle minutes.
 */
export function visitsOf(visitor: string, events: readonly VisitorEvent[]): Visit[] {
  const open = new Map<string | null, VisitorEvent[]>();
  const all: VisitorEvent[][] = [];
  for (const event of [...events].sort(inOrder)) {
    const known = open.get(event.session);
    const isOver = event.session === null && known && event.at - (known.at(-1)?.at ?? 0) > IDLE_MS;
    if (known && !isOver) known.push(event);
    else {
      const begun = [event];
      open.set(event.session, begun);
      all.push(begun);
    }
  }
  return all.map((them) => visitOf(visitor, them));
}

function visitOf(visitor: string, events: VisitorEvent[]): Visit {
  const first = events[0] as VisitorEvent;
  const last = events.at(-1) as VisitorEvent;
  const views = events.filter(({ type }) => type === PAGE_VIEW);
  const hits = new Map<string, Hit>();
  for (const { at, page, type } of events) {
    const quarter = at - (at % QUARTER_MS);
    const key = JSON.stringify([quarter, page, type]);
    const hit = hits.get(key) ?? { at: quarter, page, type, count: 0 };
    hit.count += 1;
    hits.set(key, hit);
  }
  return {
    visitor,
    startAt: first.at,
    durationMs: last.at - first.at,
    about: first.about,
    entryPage: (views[0] ?? first).page,
    exitPage: (views.at(-1) ?? last).page,
    hits: [...hits.values()],
  };
}

/** One thing happened in it, and nothing after it. */
export const isBounce = ({ hits }: Visit): boolean => hits.length === 1 && hits[0]?.count === 1;

/** What is told of a visit, as it is stored. */
export const aboutTexts = (about: About): string[] => ABOUT.map((name) => about[name]);

/** The same the other way round. */
export const aboutOf = (texts: readonly string[]): About =>
  Object.fromEntries(ABOUT.map((name, index) => [name, texts[index] ?? "unknown"])) as unknown as About;
