import type { About } from "../tracked-event.ts";

/** What figures are counted in: spans of time in the site's zone. */
export const TIMES = ["hour", "day", "week", "month"] as const;
export type TimeDimension = (typeof TIMES)[number];

/** What is told of a whole visit. */
const VISIT = [
  ...["entryPage", "exitPage", "referrer", "source", "medium", "campaign", "term", "content"],
  ...["device", "browser", "os", "country"],
] as const;
/** What is told of each thing that happened in it. */
const HIT = ["page", "event"] as const;

export type VisitDimension = "entryPage" | "exitPage" | keyof About;
export type HitDimension = (typeof HIT)[number];
/** What figures can be filtered by. */
export type FilterDimension = VisitDimension | HitDimension;
export type Dimension = TimeDimension | FilterDimension;

export const FILTERS = [...HIT, ...VISIT] as readonly FilterDimension[];
export const DIMENSIONS: readonly Dimension[] = [...TIMES, ...FILTERS];

export const isTime = (dimension: string): dimension is TimeDimension => TIMES.some((it) => it === dimension);
export const isHit = (dimension: string): dimension is HitDimension => HIT.some((it) => it === dimension);

/** What is known of orders: those of what is told of a visit that is over only once it has ended. */
export const isOfOrders = (dimension: Dimension): boolean => !isHit(dimension) && dimension !== "exitPage";

export const METRICS = [
  ...(["visitors", "pageViews", "sessions", "bounceRate", "averageDuration", "events"] as const),
  ...(["orders", "revenue", "conversionRate"] as const),
] as const;
export type Metric = (typeof METRICS)[number];

const OF_ORDERS: readonly Metric[] = ["orders", "revenue", "conversionRate"];
export const asksOrders = (metrics: readonly Metric[]): boolean => metrics.some((it) => OF_ORDERS.includes(it));
export const asksVisits = (metrics: readonly Metric[]): boolean =>
  metrics.some((it) => it !== "orders" && it !== "revenue");
