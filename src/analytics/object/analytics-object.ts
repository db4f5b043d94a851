import { DurableObject } from "cloudflare:workers";
import type { Env } from "../../env.ts";
import { now } from "../../core/clock.ts";
import { visitsOf } from "../facts/visit.ts";
import { PartWriter } from "../facts/part.ts";
import type { TrackedEvent } from "../tracked-event.ts";
import { EventStore, type RolledUp } from "./event-store.ts";
import { Names } from "./names.ts";
import { dropParts, type Part, writeParts } from "./roll-up.ts";
import { isClosing, isDue, type OpenDay } from "./schedule.ts";

const HOUR_MS = 3_600_000;
/** Two wake-ups are at least so far apart. */
const WAKE_MS = 60_000;
/** So many events one visitor has a day: a part holds all that he did, and a row of D1 two megabytes. */
export const MOST_EVENTS = 2_000;
const MOST_COUNTED = 20_000;
/** Parts of one commit: a few megabytes. */
const PARTS_AT_ONCE = 8;

/** What became of an event. */
export type Taken =
  | { kept: true; wake: boolean }
  /** The visitor has more than a person does in a day. */
  | { kept: false };

/** A day whose figures the object has, with the first part in D1 that they stand for. */
export interface Held {
  day: string;
  firstPart: number;
}

/** Figures of a day in the form of a part; `after` leads to the next one, `null` after the last. */
export interface HeldPart {
  facts: string;
  after: string | null;
}

/**
 * The events of one site, until their day is rolled up. An event is taken in one synchronous step, so that it is kept, and
 * counts, when its sender is told so.
 */
export class AnalyticsObject extends DurableObject<Env> {
  private opened: { store: EventStore; names: Names; days: Map<string, OpenDay> } | null = null;
  private readonly counted = new Map<string, number>();
  private wokenAt = 0;
  private hasAlarm = false;
  private rolling: Promise<void> | null = null;

  /** Opened by the first call, so that what was forgotten stays so until somebody asks again. */
  private open() {
    if (this.opened) return this.opened;
    const store = new EventStore(this.ctx.storage);
    const takenAt = now();
    const days = [...store.counts()].map(([day, events]): [string, OpenDay] => [day, { day, events, takenAt }]);
    this.opened = { store, names: new Names(store), days: new Map(days) };
    return this.opened;
  }

  async take(event: TrackedEvent): Promise<Taken> {
    const { store, names, days } = this.open();
    const visitor = `${event.day} ${event.visitor}`;
    const count = this.counted.get(visitor) ?? store.countOf(event.day, event.visitor);
    if (count >= MOST_EVENTS && !store.has(event)) return { kept: false };
    const isNew = this.ctx.storage.transactionSync(() => !store.has(event) && store.add(names.admit(event)));
    if (!isNew) return { kept: true, wake: false };
    if (this.counted.size >= MOST_COUNTED) this.counted.clear();
    this.counted.set(visitor, count + 1);
    const open = days.get(event.day) ?? { day: event.day, events: 0, takenAt: 0 };
    days.set(event.day, { ...open, events: open.events + 1, takenAt: now() });
    this.setAlarm();
    return { kept: true, wake: this.isWakeDue() };
  }

  /** Somebody is to roll up, and nobody was asked within a minute. */
  private isWakeDue(): boolean {
    const at = now();
    if (Math.abs(at - this.wokenAt) < WAKE_MS || this.dueDays(at).length === 0) return false;
    this.wokenAt = at;
    return true;
  }

  private dueDays(at: number): OpenDay[] {
    const { store, days } = this.open();
    const newest = [...days.keys()].sort().at(-1) ?? "";
    return [...days.values()].filter((it) => isDue(it, store.rolledUp(it.day), { now: at, newest }));
  }

  /** Writes what is due to D1. Two at a time are one. Throws when D1 does not take it: nothing is lost by that. */
  async rollUp(): Promise<void> {
    this.rolling ??= this.rollUpDue().finally(() => {
      this.rolling = null;
    });
    await this.rolling;
  }

  private async rollUpDue(): Promise<void> {
    for (const { day } of this.dueDays(now())) if (!(await this.rollUpDay(day))) return this.forget();
  }

  /** `false`: the site is gone. */
  private async rollUpDay(day: string): Promise<boolean> {
    const { store, days } = this.open();
    const rolledUp = store.rolledUp(day);
    const { firstPart, endPart: before } = rolledUp;
    const siteId = this.ctx.id.name ?? "";
    const eventCount = days.get(day)?.events ?? 0;
    if (rolledUp.events === eventCount) {
      this.close(day, rolledUp);
      return true;
    }
    let part = firstPart;
    for (let after: string | null = ""; after !== null; ) {
      const parts: Part[] = [];
      for (; after !== null && parts.length < PARTS_AT_ONCE; part += 1) {
        const held: HeldPart = this.partAfter(day, after);
        parts.push({ siteId, day, part, eventCount, facts: held.facts });
        after = held.after;
      }
      if (!(await writeParts(this.env, siteId, parts))) return false;
    }
    if (before > part) await dropParts(this.env, { siteId, day, from: part, eventCount });
    const rolled = { events: eventCount, at: now(), firstPart, endPart: part };
    const open = days.get(day);
    // What came meanwhile may be in it or not: it is rolled up once more.
    if (open?.events === eventCount && isClosing(open, now())) this.close(day, rolled);
    else store.saveRolledUp(day, rolled);
    return true;
  }

  private close(day: string, rolled: RolledUp): void {
    const { store, names, days } = this.open();
    store.close(day, rolled);
    days.delete(day);
    names.forget(day);
    this.counted.clear();
  }

  /** The days whose figures are asked for here and not in D1: those with events that are not rolled up. */
  async held(): Promise<Held[]> {
    const { store, days } = this.open();
    return [...days.values()].flatMap(({ day, events }) => {
      const rolled = store.rolledUp(day);
      return events > rolled.events ? [{ day, firstPart: rolled.firstPart }] : [];
    });
  }

  /** A part of the figures of a day: the visitors after one. `null`: its events are no longer here. */
  async facts(day: string, after: string): Promise<HeldPart | null> {
    return this.open().days.has(day) ? this.partAfter(day, after) : null;
  }

  private partAfter(day: string, after: string): HeldPart {
    const writer = new PartWriter(day);
    let last = after;
    for (const { visitor, events } of this.open().store.visitorsAfter(day, after)) {
      if (writer.isFull) return { facts: writer.text(), after: last };
      writer.add(visitsOf(visitor, events));
      last = visitor;
    }
    return { facts: writer.text(), after: null };
  }

  /** What visitors did since a moment: how many there are, and what each page has of it. */
  async recent(
    since: number,
  ): Promise<{ visitors: number; pages: { page: string; visitors: number; views: number }[] }> {
    const pages = new Map<string, { visitors: Set<string>; views: number }>();
    const visitors = new Set<string>();
    for (const { visitor, type, page } of this.open().store.since(since)) {
      visitors.add(visitor);
      const its = pages.get(page) ?? { visitors: new Set(), views: 0 };
      its.visitors.add(visitor);
      if (type === "pageview") its.views += 1;
      pages.set(page, its);
    }
    const shown = [...pages].map(([page, its]) => ({ page, visitors: its.visitors.size, views: its.views }));
    const first = shown.sort((one, other) => other.visitors - one.visitors || (one.page < other.page ? -1 : 1));
    return { visitors: visitors.size, pages: first.slice(0, 100) };
  }

  /** Where the visit came from that a visitor is in, or was in last on that day; `null` without any. */
  async originOf(day: string, visitor: string): Promise<Record<string, string> | null> {
    const visits = visitsOf(visitor, this.open().store.ofVisitor(day, visitor));
    const last = visits.reduce<(typeof visits)[number] | null>(
      (latest, it) => (latest && latest.startAt + latest.durationMs > it.startAt + it.durationMs ? latest : it),
      null,
    );
    return last && { ...last.about, entryPage: last.entryPage };
  }

  /** The site is no more: nothing of it stays here. */
  async forget(): Promise<void> {
    this.opened = null;
    this.counted.clear();
    this.hasAlarm = false;
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
  }

  /** Should the wake-ups be lost: it looks for itself, as long as it has any day. */
  async alarm(): Promise<void> {
    this.hasAlarm = false;
    try {
      await this.rollUp();
    } finally {
      if (this.opened && this.opened.days.size > 0) this.setAlarm();
    }
  }

  private setAlarm(): void {
    if (this.hasAlarm) return;
    this.hasAlarm = true;
    const { storage } = this.ctx;
    // One that is set has outlasted the object. Alarms run on the runtime's clock, whatever clock the days are of.
    void storage.getAlarm().then(async (at) => {
      if (at === null) await storage.setAlarm(Date.now() + HOUR_MS);
    });
  }
}
