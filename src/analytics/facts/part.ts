import { aboutOf, aboutTexts, QUARTER_MS, type Visit } from "./visit.ts";

/**
 * A part is full at about so many characters: few enough for a row of D1 (2 MB) in every script, and for as many parts as
 * are read at a time.
 */
const FULL = 300_000;

/**
 * Visits as they are stored: every text once, in `words`; of each visit its visitor, when it began in milliseconds after
 * the day's name in UTC, how long it was, what is told of it, the pages it began and ended with, and of each hit the
 * quarter of an hour, page, type and count.
 */
interface Stored {
  v: 1;
  words: string[];
  visits: [visitor: number, startAt: number, durationMs: number, about: number[], pages: number[], hits: number[]][];
}

/** Collects visits, a visitor's one after the other, until the part is full. */
export class PartWriter {
  private readonly words = new Map<string, number>();
  private readonly visits: Stored["visits"] = [];
  private readonly base: number;
  private visitors = 0;
  private size = 0;

  constructor(day: string) {
    this.base = Date.parse(day);
  }

  get isFull(): boolean {
    return this.size >= FULL;
  }

  /** Adds all visits of one visitor. */
  add(visits: readonly Visit[]): void {
    for (const { startAt, durationMs, about, entryPage, exitPage, hits } of visits) {
      const shown = hits.flatMap(({ at, page, type, count }) => [
        (at - this.base) / QUARTER_MS,
        this.word(page),
        this.word(type),
        count,
      ]);
      const told = aboutTexts(about).map((it) => this.word(it));
      const pages = [this.word(entryPage), this.word(exitPage)];
      this.visits.push([this.visitors, startAt - this.base, durationMs, told, pages, shown]);
      this.size += 60 + hits.length * 12;
    }
    this.visitors += 1;
  }

  text(): string {
    return JSON.stringify({ v: 1, words: [...this.words.keys()], visits: this.visits } satisfies Stored);
  }

  private word(text: string): number {
    const known = this.words.get(text);
    if (known !== undefined) return known;
    this.size += text.length + 3;
    this.words.set(text, this.words.size);
    return this.words.size - 1;
  }
}

/** The visits of a part. `name` tells its visitors from those of others: `2026-11-20:0`. */
export function* readPart(text: string, { day, name }: { day: string; name: string }): Iterable<Visit> {
  const { words, visits } = JSON.parse(text) as Stored;
  const base = Date.parse(day);
  const word = (index = 0): string => words[index] ?? "";
  for (const [visitor, startAt, durationMs, about, pages, hits] of visits) {
    const shown: Visit["hits"] = [];
    for (let at = 0; at < hits.length; at += 4) {
      const [quarter = 0, page, type, count = 0] = hits.slice(at, at + 4);
      shown.push({ at: base + quarter * QUARTER_MS, page: word(page), type: word(type), count });
    }
    yield {
      visitor: `${name}:${visitor}`,
      startAt: base + startAt,
      durationMs,
      about: aboutOf(about.map(word)),
      entryPage: word(pages[0]),
      exitPage: word(pages[1]),
      hits: shown,
    };
  }
}
