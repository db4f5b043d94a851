import { z } from "@hono/zod-openapi";
import type { Endpoint } from "../../../core/http/endpoint.ts";
import { personalAttributes } from "../../../core/keys/attributes.ts";
import { contentEndpoint } from "../../define.ts";
import { findItem } from "../../resource/find.ts";
import { findSite } from "../../sites/service.ts";
import { BOOKINGS } from "../bookings/resource.ts";
import { BOOKING } from "../booking.ts";
import { entryOf, serviceName } from "./entries.ts";
import { CALENDAR_TYPE, calendarOf } from "./ics.ts";
import { calendarLink, turnLink } from "./link.ts";
import { pathParams } from "../../../core/http/path-params.ts";

const { tag, integrations, scopes } = BOOKING;
const SiteParams = pathParams("siteId");
const path = "/sites/{siteId}/booking/calendar";

const CalendarLinkSchema = z
  .object({
    url: z.string().nullable().register(z.globalRegistry, {
      example: "https://api.example.com/api/booking/calendar?site=site_01KAGW6PSZ0000000000000000&view=whole&token=1.x",
      description: "Where calendars subscribe to the bookings; null: nowhere",
    }),
  })
  .openapi("BookingCalendarLink");

export const calendarRoutes: Endpoint[] = [
  contentEndpoint({
    method: "get",
    path: "/sites/{siteId}/booking/bookings/{bookingId}/calendar",
    operationId: "getBookingCalendar",
    tag,
    summary: "Get a booking as a calendar file",
    description:
      "iCalendar (RFC 5545). The appointment has the same UID whenever it is asked for, and a higher SEQUENCE after every change: a calendar that has it already moves it, or takes it away once it is cancelled.",
    integrations,
    scope: scopes.read,
    params: pathParams("siteId", "bookingId"),
    byItself: true,
    etag: true,
    success: { status: 200, description: "The calendar file", textType: CALENDAR_TYPE },
    handle: async ({ ctx, input: { params } }) => {
      const { siteId, bookingId } = params;
      const booking = await findItem(ctx, BOOKINGS, { siteId, id: bookingId });
      const { locale } = await findSite(ctx, siteId);
      const name = await serviceName(ctx, booking, locale);
      const entry = entryOf(booking, name, personalAttributes(ctx.caller)("customer"));
      const isGone = booking.status === "cancelled" || booking.status === "expired";
      return {
        text: await calendarOf([entry], { name, method: isGone ? "CANCEL" : "PUBLISH" }),
        headers: { "Content-Disposition": `attachment; filename="${booking.id}.ics"` },
      };
    },
  }),
  contentEndpoint({
    method: "get",
    path,
    operationId: "getBookingCalendarLink",
    tag,
    summary: "Get the link of the calendar",
    description:
      "Whoever has the link reads the bookings of the last month and from now on: it is a secret. A key that may not see who comes gets one that does not show it.",
    integrations,
    scope: scopes.read,
    params: SiteParams,
    success: { status: 200, description: "The link", data: CalendarLinkSchema },
    handle: async ({ ctx, input }) => ({ data: await calendarLink(ctx, input.params.siteId) }),
  }),
  contentEndpoint({
    method: "post",
    path,
    operationId: "changeBookingCalendarLink",
    tag,
    summary: "Change the link of the calendar",
    description: "The link of before is dead from this moment on.",
    integrations,
    scope: scopes.write,
    params: SiteParams,
    success: { status: 200, description: "The new link", data: CalendarLinkSchema },
    handle: async ({ ctx, input }) => ({ data: await turnLink(ctx, input.params.siteId, true) }),
  }),
  contentEndpoint({
    method: "delete",
    path,
    operationId: "revokeBookingCalendarLink",
    tag,
    summary: "Revoke the link of the calendar",
    description: "The link is dead from this moment on; there is another one once it is asked for.",
    integrations,
    scope: scopes.write,
    params: SiteParams,
    success: { status: 204, description: "Nobody can subscribe" },
    handle: async ({ ctx, input }) => {
      await turnLink(ctx, input.params.siteId, false);
      return {};
    },
  }),
];
