import { z } from "@hono/zod-openapi";
import { TableOnDaySchema, TablesOnQuery } from "../../content/reservation/free/contract.ts";
import { VisitorReservationSchema } from "../../content/reservation/visitors/contract.ts";
import { CustomerReservationSchema, VisitorMoveSchema } from "../../content/reservation/visitors/customer-contract.ts";
import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";
import { idempotencyKeyOf } from "../../core/http/idempotency.ts";
import { MailedQuery, SiteQuery, TokenQuery } from "../live/linked.ts";
import {
  cancelReservation,
  confirmReservation,
  reservationOfCustomer,
  rescheduleReservation,
  reserveFor,
  tablesForVisitor,
} from "./reservations.ts";
import { pathParams } from "../../core/http/path-params.ts";

const ofVisitors = { tag: "Bookings of visitors", scope: "public", cors: true } as const;
const counted = { ...ofVisitors, ipLimit: "booking" } as const;

const ReservationParams = pathParams("reservationId");
const behind = { params: ReservationParams, query: TokenQuery };
const success = { status: 200, description: "The reservation", data: CustomerReservationSchema } as const;

/** What restaurants with pages of their own need of reservations. */
export const reservationRoutes: Endpoint[] = [
  defineEndpoint({
    ...ofVisitors,
    method: "get",
    path: "/reservation/tables",
    operationId: "listShownTables",
    summary: "Tables of a day, and the times at which they are free",
    query: SiteQuery.extend(TablesOnQuery.shape),
    success: {
      status: 200,
      description: "The tables, in the order in which they are given away",
      data: z.object({ items: z.array(TableOnDaySchema) }).openapi("ShownTables"),
    },
    errors: ["not_found"],
    handle: async ({ ctx, input }) => ({ data: await tablesForVisitor(ctx, input.query) }),
  }),
  defineEndpoint({
    ...counted,
    method: "post",
    path: "/reservation/reservations",
    operationId: "reserveForVisitor",
    summary: "Reserve a table",
    description:
      "The smallest that is free and large enough; 409 where there is none. Of all calls with one `Idempotency-Key` one reserves and the others answer it. 10 calls at once from one address, then 1 in 6 seconds.",
    needsIdempotencyKey: true,
    byItself: true,
    query: SiteQuery,
    body: VisitorReservationSchema,
    success: { ...success, status: 201 },
    errors: ["not_found", "conflict", "idempotency_mismatch"],
    handle: async ({ ctx, input, request }) => {
      const data = await reserveFor(ctx, input.query.site, { key: idempotencyKeyOf(request), body: input.body });
      return { data, headers: { Location: `/api/reservation/reservations/${data.id}?token=${data.token}` } };
    },
  }),
  defineEndpoint({
    ...ofVisitors,
    ...behind,
    method: "get",
    path: "/reservation/reservations/{reservationId}",
    operationId: "getCustomerReservation",
    summary: "A reservation by its signed link",
    success,
    errors: ["not_found"],
    handle: async ({ ctx, input: { params, query } }) => ({
      data: await reservationOfCustomer(ctx, { id: params.reservationId, ...query }),
    }),
  }),
  defineEndpoint({
    ...counted,
    ...behind,
    method: "post",
    path: "/reservation/reservations/{reservationId}/cancel",
    operationId: "cancelCustomerReservation",
    summary: "Cancel a reservation by its signed link",
    description: "Cancelled already, it stays as it is; 409 when it is too late by the website's settings.",
    success,
    errors: ["not_found", "conflict"],
    handle: async ({ ctx, input: { params, query } }) => ({
      data: await cancelReservation(ctx, { id: params.reservationId, ...query }),
    }),
  }),
  defineEndpoint({
    ...counted,
    ...behind,
    method: "post",
    path: "/reservation/reservations/{reservationId}/reschedule",
    operationId: "rescheduleCustomerReservation",
    summary: "Move a reservation by its signed link",
    description:
      "At whichever table is free then; 409 where none is, and when it is too late by the website's settings.",
    body: VisitorMoveSchema,
    success,
    errors: ["not_found", "conflict"],
    handle: async ({ ctx, input: { params, query, body } }) => ({
      data: await rescheduleReservation(ctx, { id: params.reservationId, ...query }, body),
    }),
  }),
  defineEndpoint({
    ...counted,
    method: "post",
    path: "/reservation/reservations/{reservationId}/confirm",
    operationId: "confirmCustomerReservation",
    summary: "Confirm a reservation by the link in a mail",
    description: "Where the website's settings ask for that. Confirmed already, it stays as it is.",
    params: ReservationParams,
    query: MailedQuery,
    success,
    errors: ["not_found", "conflict"],
    handle: async ({ ctx, input: { params, query } }) => ({
      data: await confirmReservation(ctx, { id: params.reservationId, ...query }),
    }),
  }),
];
