import { z } from "@hono/zod-openapi";
import { feedEntries } from "../../content/booking/calendar/entries.ts";
import { CALENDAR_TYPE, calendarOf } from "../../content/booking/calendar/ics.ts";
import { calendarSite, VIEWS, viewOfLink } from "../../content/booking/calendar/link.ts";
import { visitorContext } from "../../content/live/visitor.ts";
import { text } from "../../core/fields.ts";
import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";

const CalendarQuery = z.strictObject({
  site: text(64).meta({ description: "The id of the site" }),
  view: z.enum(VIEWS, "must be whole or times").meta({ description: "What the link shows" }),
  token: text(100).min(1, "must not be empty").meta({ description: "What the link is signed with" }),
});

/** The calendar of a site, for programs that subscribe to it by its secret link. */
export const calendarRoutes: Endpoint[] = [
  defineEndpoint({
    method: "get",
    path: "/booking/calendar",
    operationId: "readBookingCalendar",
    tag: "Storefront",
    summary: "The bookings of a website as a calendar",
    description:
      "iCalendar (RFC 5545), for programs that subscribe to it: `GET …/booking/calendar` of the Content API has the link. It answers 304 while nothing has changed.",
    scope: "public",
    query: CalendarQuery,
    etag: true,
    success: { status: 200, description: "The calendar file", textType: CALENDAR_TYPE },
    errors: ["not_found"],
    handle: async ({ ctx, input: { query } }) => {
      const site = await calendarSite(ctx.env, query.site);
      const reader = visitorContext(ctx, site);
      const { showsCustomer } = await viewOfLink(reader, { ...query, siteId: site.siteId });
      const entries = await feedEntries(reader, site, showsCustomer);
      return { text: await calendarOf(entries, { name: site.name, method: "PUBLISH" }) };
    },
  }),
];
