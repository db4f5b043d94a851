import { isBounce, PAGE_VIEW, type Hit, type Visit } from "../facts/visit.ts";
import type { About } from "../tracked-event.ts";
import type { Calendar } from "./calendar.ts";
import { type Dimension, type FilterDimension, isHit, isTime } from "./dimensions.ts";

/** What is asked of visits. */
export interface Question {
  /** Milliseconds, on a quarter of an hour; the end is not part of it. */
  from: number;
  until: number;
  groupBy: readonly Dimension[];
  filters: Readonly<Partial<Record<FilterDimension, string>>>;
}

/** What is counted; rates and averages follow from it. */
export interface Counts {
  visitors: number;
  pageViews: number;
  events: number;
  sessions: number;
  bounces: number;
  durationMs: number;
  orders: number;
  /** Minor units by currency. */
  revenue: Record<string, number>;
}

export interface Group {
  /** The values of the dimensions it is grouped by. */
  key: string[];
  counts: Counts;
  /** The last visitor that was counted: a visitor's visits follow one another. */
  lastVisitor: string | null;
}

/** More groups than this are not kept in memory. */
export const MOST_GROUPS = 50_000;

/** Thrown for a question with more groups than that. */
export class TooManyGroups extends Error {}

const noCounts = (): Counts => ({
  ...{ visitors: 0, pageViews: 0, events: 0, sessions: 0, bounces: 0, durationMs: 0, orders: 0 },
  revenue: {},
});

/**
 * Counts visits. Page views, events and visitors are of the time they happened in; a visit is of the time it began in, and of
 * every page and event that it had.
 */
export class Counter {
  readonly totals: Group = { key: [], counts: noCounts(), lastVisitor: null };
  readonly groups = new Map<string, Group>();
  private readonly hitFilters: FilterDimension[];
  private readonly visitFilters: [FilterDimension, string][];
  private readonly isOfHits: boolean;

  constructor(
    private readonly question: Question,
    private readonly calendar: Calendar,
  ) {
    const filters = Object.entries(question.filters) as [FilterDimension, string][];
    this.hitFilters = filters.flatMap(([name]) => (isHit(name) ? [name] : []));
    this.visitFilters = filters.filter(([name]) => !isHit(name));
    this.isOfHits = this.hitFilters.length > 0 || question.groupBy.some(isHit);
  }

  /** Adds a visit; a visitor's come one after the other. */
  add(visit: Visit): void {
    if (this.visitFilters.some(([name, value]) => told(visit, name) !== value)) return;
    const hits = visit.hits.filter((hit) =>
      this.hitFilters.every((name) => happened(hit, name) === this.question.filters[name]),
    );
    for (const hit of hits) if (this.isWithin(hit.at)) this.addHit(visit, hit);
    if (this.isWithin(visit.startAt) && (!this.isOfHits || hits.length > 0)) this.addSession(visit, hits);
  }

  /** The group of these values, made where there is none yet. */
  group(key: string[]): Group {
    const name = JSON.stringify(key);
    const known = this.groups.get(name);
    if (known) return known;
    if (this.groups.size >= MOST_GROUPS) throw new TooManyGroups();
    const made: Group = { key, counts: noCounts(), lastVisitor: null };
    this.groups.set(name, made);
    return made;
  }

  private isWithin(at: number): boolean {
    return at >= this.question.from && at < this.question.until;
  }

  private addHit(visit: Visit, hit: Hit): void {
    for (const group of this.groupsOf(this.keyOf(visit, hit.at, hit))) {
      if (hit.type === PAGE_VIEW) group.counts.pageViews += hit.count;
      else group.counts.events += hit.count;
      if (group.lastVisitor !== visit.visitor) group.counts.visitors += 1;
      group.lastVisitor = visit.visitor;
    }
  }

  private addSession(visit: Visit, hits: readonly Hit[]): void {
    const about = (group: Group) => {
      group.counts.sessions += 1;
      group.counts.durationMs += visit.durationMs;
      if (isBounce(visit)) group.counts.bounces += 1;
    };
    about(this.totals);
    const { groupBy } = this.question;
    if (groupBy.length === 0) return;
    const each: readonly (Hit | null)[] = groupBy.some(isHit) ? hits : [null];
    const groups = new Set(each.map((hit) => this.group(this.keyOf(visit, visit.startAt, hit))));
    for (const group of groups) about(group);
  }

  private groupsOf(key: string[]): Group[] {
    return key.length === 0 ? [this.totals] : [this.totals, this.group(key)];
  }

  private keyOf(visit: Visit, at: number, hit: Hit | null): string[] {
    return this.question.groupBy.map((it) => {
      if (isTime(it)) return this.calendar.nameOf(it, at);
      return isHit(it) ? (hit ? happened(hit, it) : "") : told(visit, it);
    });
  }
}

const told = (visit: Visit, name: FilterDimension): string => {
  if (name === "entryPage" || name === "exitPage") return visit[name];
  return visit.about[name as keyof About];
};

const happened = (hit: Hit, name: FilterDimension): string => (name === "page" ? hit.page : hit.type);
