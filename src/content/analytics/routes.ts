import type { Endpoint } from "../../core/http/endpoint.ts";
import { contentEndpoint } from "../define.ts";
import { AnalyticsQuery, AnalyticsSchema, ExportAnalyticsQuery, RealtimeSchema } from "./contract.ts";
import { analyticsCsv } from "./csv.ts";
import { analyticsFor, realtimeFor } from "./service.ts";
import { pathParams } from "../../core/http/path-params.ts";

const tag = "Analytics";
const scope = "analytics:read";
const SiteParams = pathParams("siteId");

export const analyticsRoutes: Endpoint[] = [
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/analytics",
    operationId: "getAnalytics",
    tag,
    summary: "Figures about a website's visitors",
    description:
      "What the pixel has counted, exact and up to this moment: in all, and by up to two dimensions. Days and hours are those of the website's time zone. A visit counts in the time it began in; page views, events and visitors in the time they happened in. A visitor is told from others for one day, so that one who comes on two days is counted twice. Any dimension but time can be a parameter: only what has this value counts. At most 400 days.",
    scope,
    params: SiteParams,
    query: AnalyticsQuery,
    success: { status: 200, description: "The figures", data: AnalyticsSchema },
    handle: async ({ ctx, input: { params, query } }) => ({
      data: await analyticsFor({ ctx, input: { ...params, ...query } }),
    }),
  }),
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/analytics/export.csv",
    operationId: "exportAnalytics",
    tag,
    summary: "Export figures about a website's visitors",
    description:
      "The same as CSV: a line for each group, below the names of its dimensions and metrics. Revenue is in whole units of its currency. Cells that a spreadsheet would take for a formula begin with an apostrophe.",
    scope,
    params: SiteParams,
    query: ExportAnalyticsQuery,
    byItself: true,
    success: { status: 200, description: "Lines of CSV", textType: "text/csv" },
    handle: async ({ ctx, input: { params, query } }) => {
      const analytics = await analyticsFor({ ctx, input: { ...params, ...query } });
      return {
        parts: sent(analyticsCsv(analytics, query)),
        headers: { "Content-Disposition": 'attachment; filename="analytics.csv"' },
      };
    },
  }),
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/analytics/realtime",
    operationId: "getRealtimeAnalytics",
    tag,
    summary: "Who is at a website right now",
    description: "The visitors of the last five minutes, and the pages they are at.",
    scope,
    params: SiteParams,
    success: { status: 200, description: "The visitors", data: RealtimeSchema },
    handle: async ({ ctx, input: { params } }) => ({ data: await realtimeFor({ ctx, input: params }) }),
  }),
];

async function* sent(lines: Iterable<string>): AsyncIterable<string> {
  yield* lines;
}
