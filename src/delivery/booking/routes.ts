import { z } from "@hono/zod-openapi";
import { SlotSchema, SlotsQuery } from "../../content/booking/slots/contract.ts";
import { VisitorBookingSchema, VisitorRescheduleSchema } from "../../content/booking/visitors/contract.ts";
import { CustomerBookingSchema, ShownServiceSchema } from "../../content/booking/visitors/customer-contract.ts";
import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";
import { idempotencyKeyOf } from "../../core/http/idempotency.ts";
import { MailedQuery, SiteQuery, TokenQuery } from "../live/linked.ts";
import { bookFor, bookingOfCustomer, cancelBooking, confirmBooking, rescheduleBooking } from "./bookings.ts";
import { servicesForVisitor, slotsForVisitor } from "./services.ts";
import { pathParams } from "../../core/http/path-params.ts";

const ofVisitors = { tag: "Bookings of visitors", scope: "public", cors: true } as const;
const counted = { ...ofVisitors, ipLimit: "booking" } as const;

const BookingParams = pathParams("bookingId");
const { serviceId, date, staffId, people } = SlotsQuery.shape;
const ShownSlotsQuery = SiteQuery.extend({ serviceId, date, staffId, people });

const behind = { params: BookingParams, query: TokenQuery };
const success = { status: 200, description: "The booking", data: CustomerBookingSchema } as const;

/** What websites with pages of their own need of bookings. Their visitors have no key, and are counted by address. */
export const bookingRoutes: Endpoint[] = [
  defineEndpoint({
    ...ofVisitors,
    method: "get",
    path: "/booking/services",
    operationId: "listShownServices",
    summary: "What can be booked",
    query: SiteQuery,
    success: {
      status: 200,
      description: "The services, in the order of their owner",
      data: z.object({ items: z.array(ShownServiceSchema) }).openapi("ShownServices"),
    },
    errors: ["not_found"],
    handle: async ({ ctx, input }) => ({ data: await servicesForVisitor(ctx, input.query.site) }),
  }),
  defineEndpoint({
    ...ofVisitors,
    method: "get",
    path: "/booking/slots",
    operationId: "listShownSlots",
    summary: "The times of a day at which a service can be booked",
    description: "Taken times among them. A slot's `startTime` is what is booked.",
    query: ShownSlotsQuery,
    success: {
      status: 200,
      description: "The slots, in order",
      data: z.object({ items: z.array(SlotSchema) }).openapi("ShownSlots"),
    },
    errors: ["not_found"],
    handle: async ({ ctx, input }) => ({ data: await slotsForVisitor(ctx, input.query) }),
  }),
  defineEndpoint({
    ...counted,
    method: "post",
    path: "/booking/bookings",
    operationId: "bookForVisitor",
    summary: "Book a time",
    description:
      "Of all calls for one time as many succeed as it has room for; the others are told 409 `slot_taken`. Of all calls with one `Idempotency-Key` one books and the others answer it. 10 calls at once from one address, then 1 in 6 seconds.",
    needsIdempotencyKey: true,
    byItself: true,
    query: SiteQuery,
    body: VisitorBookingSchema,
    success: { ...success, status: 201 },
    errors: ["not_found", "conflict", "idempotency_mismatch"],
    handle: async ({ ctx, input, request }) => {
      const data = await bookFor(ctx, input.query.site, { key: idempotencyKeyOf(request), body: input.body });
      return { data, headers: { Location: `/api/booking/bookings/${data.id}?token=${data.token}` } };
    },
  }),
  defineEndpoint({
    ...ofVisitors,
    ...behind,
    method: "get",
    path: "/booking/bookings/{bookingId}",
    operationId: "getCustomerBooking",
    summary: "A booking by its signed link",
    success,
    errors: ["not_found"],
    handle: async ({ ctx, input: { params, query } }) => ({
      data: await bookingOfCustomer(ctx, { id: params.bookingId, ...query }),
    }),
  }),
  defineEndpoint({
    ...counted,
    ...behind,
    method: "post",
    path: "/booking/bookings/{bookingId}/cancel",
    operationId: "cancelCustomerBooking",
    summary: "Cancel a booking by its signed link",
    description: "Cancelled already, it stays as it is; 409 when it is too late by the website's settings.",
    success,
    errors: ["not_found", "conflict"],
    handle: async ({ ctx, input: { params, query } }) => ({
      data: await cancelBooking(ctx, { id: params.bookingId, ...query }),
    }),
  }),
  defineEndpoint({
    ...counted,
    ...behind,
    method: "post",
    path: "/booking/bookings/{bookingId}/reschedule",
    operationId: "rescheduleCustomerBooking",
    summary: "Move a booking to another time by its signed link",
    description: "409 when it is too late by the website's settings, and `slot_taken` where somebody was faster.",
    body: VisitorRescheduleSchema,
    success,
    errors: ["not_found", "conflict"],
    handle: async ({ ctx, input: { params, query, body } }) => ({
      data: await rescheduleBooking(ctx, { id: params.bookingId, ...query }, body),
    }),
  }),
  defineEndpoint({
    ...counted,
    method: "post",
    path: "/booking/bookings/{bookingId}/confirm",
    operationId: "confirmCustomerBooking",
    summary: "Confirm a booking by the link in a mail",
    description:
      "Where the website's settings ask for that. Confirmed already, it stays as it is; 409 when its hold has run out.",
    params: BookingParams,
    query: MailedQuery,
    success,
    errors: ["not_found", "conflict"],
    handle: async ({ ctx, input: { params, query } }) => ({
      data: await confirmBooking(ctx, { id: params.bookingId, ...query }),
    }),
  }),
];
