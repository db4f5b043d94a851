import { z } from "@hono/zod-openapi";
import {
  DIMENSIONS,
  FILTERS,
  type Dimension,
  type FilterDimension,
  METRICS,
  type Metric,
} from "../../analytics/figures/dimensions.ts";
import { text, TimestampSchema } from "../../core/fields.ts";
import { MOMENT, namesOf, wholeQuery } from "../../core/http/query-fields.ts";

const MOST_DIMENSIONS = 2;

/** Names joined by commas, each one of these and named once. */
function namesQuery<Name extends string>(names: readonly Name[], most: number) {
  const isName = (it: string): it is Name => names.some((name) => name === it);
  return z
    .string()
    .transform((value) => value.split(",").map((it) => it.trim()))
    .refine((all) => all.every(isName), `must be one of ${names.join(", ")}`)
    .refine((all) => new Set(all).size === all.length, "names one twice")
    .refine((all) => all.length <= most, `must have at most ${most} entries`)
    .transform((all) => all as Name[]);
}

const WhenSchema = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], "must be a date, or an ISO 8601 date and time")
  .optional();

/** One schema for all of them: making schemas is most of what a start-up takes. */
const ValueSchema = text(500).optional().register(z.globalRegistry, { description: "Only what has this value counts" });

const filters = Object.fromEntries(FILTERS.map((name) => [name, ValueSchema])) as Record<
  FilterDimension,
  typeof ValueSchema
>;

const asked = {
  from: WhenSchema.meta({
    ...MOMENT,
    description: "A day of the website's time zone, or a moment; 30 days before the end when left out",
  }),
  to: WhenSchema.meta({
    ...MOMENT,
    description: "The last day, which is part of it, or a moment, which is not; today when left out",
  }),
  metric: namesQuery<Metric>(METRICS, METRICS.length)
    .default(["visitors", "pageViews", "sessions"])
    .register(z.globalRegistry, { ...namesOf(METRICS), description: "What is counted" }),
  groupBy: namesQuery<Dimension>(DIMENSIONS, MOST_DIMENSIONS)
    .default([])
    .register(z.globalRegistry, {
      ...namesOf(DIMENSIONS),
      maxItems: MOST_DIMENSIONS,
      description: "What the groups are of: up to two",
    }),
  orderBy: z
    .enum([...METRICS, ...DIMENSIONS], "must be one of the metrics or dimensions of the question")
    .optional()
    .register(z.globalRegistry, {
      description: "A metric or dimension of the question; time goes first, then the first metric",
    }),
  direction: z
    .enum(["asc", "desc"], "must be asc or desc")
    .optional()
    .register(z.globalRegistry, { description: "`desc` of metrics, `asc` of dimensions when left out" }),
  ...filters,
};

export const AnalyticsQuery = z.strictObject({
  ...asked,
  limit: wholeQuery(1, 10_000).default(100).register(z.globalRegistry, {
    description: "How many groups are shown; those by nothing but time are all shown",
  }),
  compare: z
    .enum(["previous"], "must be previous")
    .optional()
    .register(z.globalRegistry, { description: "`previous`: with the figures of as long a time before it" }),
});

export const ExportAnalyticsQuery = z.strictObject({
  ...asked,
  limit: wholeQuery(1, 10_000).default(10_000).register(z.globalRegistry, { description: "How many lines there are" }),
});

const MoneySchema = z
  .object({
    currency: z.string().meta({ description: "Its ISO 4217 code" }),
    amount: z.int().meta({ description: "In minor units" }),
  })
  .openapi("AnalyticsMoney");

const count = (description: string) => z.int().optional().register(z.globalRegistry, { description });
const rate = (description: string) => z.number().nullable().optional().register(z.globalRegistry, { description });

const FiguresSchema = z
  .object({
    visitors: count("Different visitors of each day, added up"),
    pageViews: count("Pages that were seen"),
    sessions: count("Visits that began; 30 idle minutes end one"),
    bounceRate: rate("Share of visits of which there is nothing but one page or event; null without visits"),
    averageDuration: rate("Seconds from a visit's first event to its last; null without visits"),
    events: count("Events other than page views"),
    orders: count("Orders that were placed and are not cancelled"),
    revenue: z
      .array(MoneySchema)
      .optional()
      .register(z.globalRegistry, { description: "What was paid for them less what went back, in minor units" }),
    conversionRate: rate("Orders for each visit; null without visits"),
  })
  .openapi("AnalyticsFigures");

const PeriodSchema = z.object({
  from: TimestampSchema.meta({ description: "When it begins" }),
  to: TimestampSchema.meta({ description: "When it ends; that moment is not part of it" }),
  totals: FiguresSchema.meta({ description: "All that was counted in it" }),
});

export const AnalyticsSchema = PeriodSchema.extend({
  timezone: z.string().meta({ description: "The website's `settings.timezone`, in which days and hours are counted" }),
  groups: z
    .array(
      z.object({
        dimensions: z.record(z.string(), z.string()).meta({ description: "What the group is of, by dimension" }),
        metrics: FiguresSchema.meta({ description: "What was counted of it" }),
        previous: FiguresSchema.optional().register(z.globalRegistry, {
          description: "The same of the time before, of groups that are not of a time",
        }),
      }),
    )
    .meta({ description: "What was counted, by the dimensions asked for" }),
  groupCount: z.int().meta({ description: "How many groups there are, shown or not" }),
  previous: PeriodSchema.nullable().register(z.globalRegistry, {
    description: "The time before, where it is compared with",
  }),
}).openapi("Analytics", {
  example: {
    from: "2026-11-01T00:00:00.000Z",
    to: "2026-12-01T00:00:00.000Z",
    timezone: "UTC",
    totals: { visitors: 120, pageViews: 410 },
    groups: [{ dimensions: { source: "google" }, metrics: { visitors: 80, pageViews: 300 } }],
    groupCount: 4,
    previous: null,
  },
});

export const RealtimeSchema = z
  .object({
    visitors: z.int().meta({ description: "Different visitors of the last five minutes" }),
    pages: z
      .array(
        z.object({
          page: z.string().meta({ description: "Its path" }),
          visitors: z.int().meta({ description: "Visitors who were there" }),
          pageViews: z.int().meta({ description: "How often it was seen" }),
        }),
      )
      .meta({ description: "Where they are: at most 100 pages, those with most visitors first" }),
    since: TimestampSchema.meta({ description: "Five minutes ago" }),
  })
  .openapi("RealtimeAnalytics");

export type AnalyticsQuestion = z.output<typeof AnalyticsQuery>;
