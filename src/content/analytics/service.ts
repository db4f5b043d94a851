import { Calendar } from "../../analytics/figures/calendar.ts";
import { Counter, type Counts, type Group, type Question, TooManyGroups } from "../../analytics/figures/count.ts";
import { asksOrders, asksVisits, FILTERS, isOfOrders, isTime } from "../../analytics/figures/dimensions.ts";
import { type Shown, shown } from "../../analytics/figures/shown.ts";
import { visitsWithin } from "../../analytics/figures/stored.ts";
import { callObject } from "../../core/call-object.ts";
import { analyticsOf } from "../../analytics/object/client.ts";
import { invalid } from "../../core/errors.ts";
import { timestamp } from "../../core/fields.ts";
import type { Ctx } from "../../core/work/context.ts";
import { zoneOf } from "../../core/zoned.ts";
import { findSite } from "../sites/service.ts";
import type { AnalyticsQuestion } from "./contract.ts";
import { ordered } from "./order.ts";
import { countOrders } from "./orders.ts";
import { type Period, periodOf } from "./period.ts";

const REALTIME_MS = 5 * 60_000;

type Asked = Omit<AnalyticsQuestion, "compare"> & Pick<Partial<AnalyticsQuestion>, "compare">;

/** The figures of a period. */
interface Totals {
  from: string;
  to: string;
  totals: Shown;
}

export interface Analytics extends Totals {
  timezone: string;
  groups: { dimensions: Record<string, string>; metrics: Shown; previous?: Shown }[];
  groupCount: number;
  previous: Totals | null;
}

/** What a question cannot ask, by its parameter. */
function check({ metric, groupBy, orderBy, ...rest }: Asked): void {
  if (asksOrders(metric)) {
    const isUnknown = (it: (typeof groupBy)[number]) => !isOfOrders(it);
    const message =
      "does not go with the metrics orders, revenue and conversionRate: of an order only the visit before it is known";
    const filter = FILTERS.find((it) => rest[it] !== undefined && isUnknown(it));
    if (filter) throw invalid(filter, message);
    if (groupBy.some(isUnknown)) throw invalid("groupBy", `page, event or exitPage ${message}`);
  }
  const mayOrder: readonly string[] = [...metric, ...groupBy];
  if (orderBy && !mayOrder.includes(orderBy)) throw invalid("orderBy", "must be a metric or dimension of the question");
  if (groupBy.filter(isTime).length > 1) throw invalid("groupBy", "can have one of hour, day, week and month");
}

/** Whether none of the metrics has anything to tell. */
const isEmpty = (counts: Counts, metric: Asked["metric"]): boolean =>
  Object.values(shown(counts, metric)).every((it) => (Array.isArray(it) ? it.length === 0 : !it));

/** What a site's visitors did, and what it came to. Throws `not_found`, and `validation_failed` for what cannot be asked. */
export async function analyticsFor({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Asked & { siteId: string };
}): Promise<Analytics> {
  const site = await findSite(ctx, input.siteId);
  check(input);
  const zone = zoneOf(site.settings);
  const { period, previous, zones } = await periodOf(zone, ctx.now, input);
  const calendar = new Calendar(zones, zone);
  const counter = await counted(ctx, input, period, calendar);
  const before = input.compare ? await counted(ctx, input, previous, calendar) : null;
  const { groupBy, metric } = input;
  const [dimension] = groupBy;
  if (groupBy.length === 1 && dimension && isTime(dimension))
    for (const name of calendar.namesWithin(dimension, period.from, period.until)) counter.group([name]);
  const isSeries = groupBy.length === 1 && groupBy.some(isTime);
  // A page that was looked at has no events, and is no row of a list of events. Of times nothing is worth telling, too.
  const isTold = ({ counts, key }: Group) =>
    groupBy.some(isTime) || !isEmpty(counts, metric) || (before !== null && !isEmpty(before.group(key).counts, metric));
  const all = ordered([...counter.groups.values()].filter(isTold), input);
  const shownGroup = ({ key, counts }: Group) => ({
    dimensions: Object.fromEntries(groupBy.map((name, index) => [name, key[index] as string])),
    metrics: shown(counts, metric),
    ...(before && !groupBy.some(isTime) && { previous: shown(before.group(key).counts, metric) }),
  });
  return {
    ...totals(counter, period, input),
    timezone: zone,
    groups: (isSeries ? all : all.slice(0, input.limit)).map(shownGroup),
    groupCount: all.length,
    previous: before && totals(before, previous, input),
  };
}

const totals = (counter: Counter, { from, until }: Period, { metric }: Asked): Totals => ({
  from: timestamp(from),
  to: timestamp(until),
  totals: shown(counter.totals.counts, metric),
});

async function counted(
  ctx: Ctx,
  input: Asked & { siteId: string },
  { from, until }: Period,
  calendar: Calendar,
): Promise<Counter> {
  const { siteId, groupBy, metric } = input;
  const filters = Object.fromEntries(FILTERS.flatMap((it) => (input[it] === undefined ? [] : [[it, input[it]]])));
  const question: Question = { from, until, groupBy, filters };
  const counter = new Counter(question, calendar);
  try {
    if (asksVisits(metric)) for await (const visit of visitsWithin(ctx, { siteId, from, until })) counter.add(visit);
    if (asksOrders(metric)) await countOrders(ctx, { siteId, question, counter, calendar });
  } catch (error) {
    if (!(error instanceof TooManyGroups)) throw error;
    throw invalid("groupBy", "makes too many groups: ask about a shorter time, or filter");
  }
  return counter;
}

/** Who is there: visitors of the last five minutes, and the pages they are at. */
export async function realtimeFor({ ctx, input }: { ctx: Ctx; input: { siteId: string } }) {
  await findSite(ctx, input.siteId);
  const since = ctx.now - REALTIME_MS;
  type Recent = { visitors: number; pages: { page: string; visitors: number; views: number }[] };
  const recent = await callObject<Recent>(() => analyticsOf(ctx.env, input.siteId).recent(since));
  const pages = recent.pages.map(({ page, visitors, views }) => ({ page, visitors, pageViews: views }));
  return { visitors: recent.visitors, pages, since: timestamp(since) };
}
