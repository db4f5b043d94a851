import type { TrackedEvent } from "../tracked-event.ts";
import { aboutOf, aboutTexts, type VisitorEvent } from "../facts/visit.ts";

/** How far a day has been rolled up. */
export interface RolledUp {
  /** Events it had then. */
  events: number;
  at: number;
  /** The first part that is of these events: what was written before them was of others, which are gone. */
  firstPart: number;
  /** Its parts end before this one. */
  endPart: number;
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS tracked (
  day TEXT, visitor TEXT, id TEXT, at INTEGER, session TEXT, type TEXT, page TEXT, about TEXT,
  PRIMARY KEY (day, visitor, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tracked_by_time ON tracked (at);
CREATE TABLE IF NOT EXISTS spelled (day TEXT, kind TEXT, word TEXT, PRIMARY KEY (day, kind, word)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rolled (
  day TEXT PRIMARY KEY, events INTEGER, at INTEGER, firstPart INTEGER, endPart INTEGER
) WITHOUT ROWID;`;

interface StoredEvent {
  [column: string]: SqlStorageValue;
  id: string;
  visitor: string;
  at: number;
  session: string | null;
  type: string;
  page: string;
  about: string;
}

const eventOf = ({ about, ...row }: StoredEvent): VisitorEvent => ({ ...row, about: aboutOf(JSON.parse(about)) });

/** The events of the days of a site that are not closed, in its object's own database. */
export class EventStore {
  constructor(private readonly storage: DurableObjectStorage) {
    storage.sql.exec(SCHEMA);
  }

  /** Keeps an event; `false`: it is there already. */
  add({ day, visitor, id, at, session, type, page, about }: TrackedEvent): boolean {
    const told = JSON.stringify(aboutTexts(about));
    const insert = "INSERT INTO tracked VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING 1 AS one";
    const added = this.storage.sql.exec(insert, day, visitor, id, at, session, type, page, told).toArray();
    return added.length > 0;
  }

  has({ day, visitor, id }: Pick<TrackedEvent, "day" | "visitor" | "id">): boolean {
    const find = "SELECT 1 AS one FROM tracked WHERE day = ? AND visitor = ? AND id = ?";
    return this.storage.sql.exec(find, day, visitor, id).toArray().length > 0;
  }

  /** Events of each day there are any of. */
  counts(): Map<string, number> {
    const rows = this.storage.sql.exec<{ day: string; n: number }>(
      "SELECT day, count(*) AS n FROM tracked GROUP BY day ORDER BY day",
    );
    return new Map([...rows].map(({ day, n }) => [day, n]));
  }

  countOf(day: string, visitor: string): number {
    const count = "SELECT count(*) AS n FROM tracked WHERE day = ? AND visitor = ?";
    return this.storage.sql.exec<{ n: number }>(count, day, visitor).one().n;
  }

  ofVisitor(day: string, visitor: string): VisitorEvent[] {
    const select = "SELECT * FROM tracked WHERE day = ? AND visitor = ?";
    return this.storage.sql.exec<StoredEvent>(select, day, visitor).toArray().map(eventOf);
  }

  /** Of a day, the visitors after one of them with what each did, read while they are asked for. */
  *visitorsAfter(day: string, after: string): Iterable<{ visitor: string; events: VisitorEvent[] }> {
    const select = "SELECT * FROM tracked WHERE day = ? AND visitor > ? ORDER BY visitor";
    let current: { visitor: string; events: VisitorEvent[] } | null = null;
    for (const row of this.storage.sql.exec<StoredEvent>(select, day, after)) {
      if (current && current.visitor !== row.visitor) {
        yield current;
        current = null;
      }
      current ??= { visitor: row.visitor, events: [] };
      current.events.push(eventOf(row));
    }
    if (current) yield current;
  }

  since(at: number): { visitor: string; type: string; page: string }[] {
    const select = "SELECT visitor, type, page FROM tracked WHERE at > ?";
    return this.storage.sql.exec<{ visitor: string; type: string; page: string }>(select, at).toArray();
  }

  /** The words of a kind that a day has. */
  words(day: string, kind: string): Set<string> {
    const select = "SELECT word FROM spelled WHERE day = ? AND kind = ?";
    const rows = this.storage.sql.exec<{ word: string }>(select, day, kind);
    return new Set([...rows].map(({ word }) => word));
  }

  addWord(day: string, kind: string, word: string): void {
    this.storage.sql.exec("INSERT INTO spelled VALUES (?, ?, ?) ON CONFLICT DO NOTHING", day, kind, word);
  }

  rolledUp(day: string): RolledUp {
    const select = "SELECT events, at, firstPart, endPart FROM rolled WHERE day = ?";
    const [row] = this.storage.sql.exec<Record<keyof RolledUp, number>>(select, day).toArray();
    return row ?? { events: 0, at: 0, firstPart: 0, endPart: 0 };
  }

  saveRolledUp(day: string, { events, at, firstPart, endPart }: RolledUp): void {
    const save = "INSERT OR REPLACE INTO rolled VALUES (?, ?, ?, ?, ?)";
    this.storage.sql.exec(save, day, events, at, firstPart, endPart);
  }

  /** The day is closed: of its events nothing stays but how many parts they are. */
  close(day: string, closed: RolledUp): void {
    this.storage.transactionSync(() => {
      this.storage.sql.exec("DELETE FROM tracked WHERE day = ?", day);
      this.storage.sql.exec("DELETE FROM spelled WHERE day = ?", day);
      this.saveRolledUp(day, { ...closed, events: 0, firstPart: closed.endPart });
    });
  }
}
