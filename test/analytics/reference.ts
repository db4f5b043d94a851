import type { Dimension, FilterDimension } from "../../src/analytics/figures/dimensions.ts";
import type { TrackedEvent } from "../../src/analytics/tracked-event.ts";

/** What the reference counts; made of plain lists of events, with the runtime's own calendar. */
export interface Naive {
  visitors: number;
  pageViews: number;
  events: number;
  sessions: number;
  bounceRate: number | null;
  averageDuration: number | null;
}

interface Asked {
  from: number;
  until: number;
  zone: string;
  groupBy: readonly Dimension[];
  filters: Readonly<Partial<Record<FilterDimension, string>>>;
}

type Session = TrackedEvent[];

const unique = <Value>(values: Iterable<Value>): Value[] => [...new Set(values)];

function sessionsOf(events: readonly TrackedEvent[]): Session[] {
  const sessions: Session[] = [];
  const sorted = [...events].sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
  for (const event of sorted) {
    const own = sessions.findLast(
      ([first]) => first?.day === event.day && first.visitor === event.visitor && first.session === event.session,
    );
    const isIdle = event.session === null && event.at - (own?.at(-1)?.at ?? 0) > 30 * 60_000;
    if (own && !isIdle) own.push(event);
    else sessions.push([event]);
  }
  return sessions;
}

function timeOf(dimension: Dimension, zone: string, at: number): string {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", timeZoneName: "longOffset" },
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const day = `${parts.year}-${parts.month}-${parts.day}`;
  if (dimension === "day") return day;
  if (dimension === "month") return day.slice(0, 7);
  if (dimension === "hour")
    return `${day}T${parts.hour}:00:00${(parts.timeZoneName ?? "").replace("GMT", "") || "+00:00"}`;
  const noon = new Date(`${day}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() - ((noon.getUTCDay() + 6) % 7));
  return noon.toISOString().slice(0, 10);
}

/** Counts events by definition: every figure from all of them anew. */
export function naive(
  sent: readonly TrackedEvent[],
  { from, until, zone, groupBy, filters }: Asked,
): Map<string, Naive> {
  const events = [...new Map(sent.map((it) => [`${it.day} ${it.visitor} ${it.id}`, it])).values()];
  const sessions = sessionsOf(events);
  const isIn = (at: number) => at >= from && at < until;
  const views = (of: Session) => of.filter(({ type }) => type === "pageview");
  const saidOf = (session: Session, event: TrackedEvent | null, at: number) => (dimension: Dimension) => {
    const first = session[0] as TrackedEvent;
    if (dimension === "page") return event?.page ?? "";
    if (dimension === "event") return event?.type ?? "";
    if (dimension === "entryPage") return (views(session)[0] ?? first).page;
    if (dimension === "exitPage") return (views(session).at(-1) ?? (session.at(-1) as TrackedEvent)).page;
    if (["hour", "day", "week", "month"].includes(dimension)) return timeOf(dimension, zone, at);
    return first.about[dimension as keyof TrackedEvent["about"]];
  };
  const keyOf = (session: Session, event: TrackedEvent | null, at: number) =>
    JSON.stringify(groupBy.map(saidOf(session, event, at)));
  const matches = (session: Session, event: TrackedEvent) =>
    Object.entries(filters).every(([name, value]) => saidOf(session, event, event.at)(name as Dimension) === value);
  const hits = sessions.flatMap((session) =>
    session.filter((event) => matches(session, event)).map((event) => ({ session, event })),
  );
  const within = hits.filter(({ event }) => isIn(event.at));
  const isOfHits = groupBy.some((it) => it === "page" || it === "event");
  const begun = hits
    .filter(({ session }) => isIn(session[0]?.at as number))
    .map(({ session, event }) => ({ session, key: keyOf(session, isOfHits ? event : null, session[0]?.at as number) }));
  const keys = unique([
    ...within.map(({ session, event }) => keyOf(session, event, event.at)),
    ...begun.map((it) => it.key),
  ]);
  return new Map(
    keys.map((key) => {
      const its = within.filter(({ session, event }) => keyOf(session, event, event.at) === key);
      const own = unique(begun.filter((it) => it.key === key).map(({ session }) => session));
      const duration = own.reduce((sum, it) => sum + (it.at(-1)?.at as number) - (it[0]?.at as number), 0);
      const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;
      return [
        key,
        {
          visitors: unique(its.map(({ event }) => `${event.day} ${event.visitor}`)).length,
          pageViews: its.filter(({ event }) => event.type === "pageview").length,
          events: its.filter(({ event }) => event.type !== "pageview").length,
          sessions: own.length,
          bounceRate: own.length === 0 ? null : round(own.filter((it) => it.length === 1).length / own.length, 4),
          averageDuration: own.length === 0 ? null : round(duration / 1000 / own.length, 1),
        },
      ];
    }),
  );
}
