import { sampleId } from "../../../core/events/sample.ts";
import { byStatus } from "../../resource/declaration.ts";
import { siteResource } from "../../resource/resource.ts";
import { findSite } from "../../sites/service.ts";
import { tellOfChange, tellOfNew } from "../mails/tell.ts";
import { RESERVATION } from "../reservation.ts";
import { changed } from "./change.ts";
import { ListReservationsQuery, ReservationBodies, ReservationSchema } from "./contract.ts";
import { newReservation, wakeWhenUp } from "./create.ts";
import { requireUntaken } from "./rules.ts";
import { asOf, hasTable, isNow } from "./status.ts";
import { RESERVATION_STATUSES, type ReservationCustomer, reservations } from "./table.ts";

const SAMPLE = {
  tableId: sampleId("tbl"),
  status: "confirmed" as const,
  date: "2026-12-24",
  time: "19:30",
  startAt: "2026-12-24T18:30:00.000Z",
  endAt: "2026-12-24T20:30:00.000Z",
  heldUntil: null,
  partySize: 4,
  customer: { name: "Ada Baker", email: "ada@example.com", phone: null },
  note: "A high chair, please",
  reason: null,
  walkIn: false,
  source: "visitor" as const,
  emailConfirmedAt: null,
  locale: null,
};

const SEATED = { status: "seated" as const, version: 2 };

/** Days that no two examples share. */
const dayOf = (nth: number): string => new Date(Date.UTC(2030, 0, 1 + nth)).toISOString().slice(0, 10);

/** Reservations are cancelled, not deleted: a table was kept for them. */
export const RESERVATIONS = siteResource({
  ...RESERVATION,
  name: "reservation",
  label: "Reservation",
  path: "/reservation/reservations",
  idPrefix: "resv",
  table: reservations,
  schema: ReservationSchema,
  personal: ["customer", "note"],
  events: {
    sample: SAMPLE,
    verbs: { created: {}, updated: { note: "Two high chairs, please", version: 2 } },
    turns: {
      confirmed: { sample: {}, isNow: isNow("confirmed") },
      seated: { sample: SEATED, isNow: isNow("seated") },
      completed: { sample: { status: "completed", version: 2 }, isNow: isNow("completed") },
      cancelled: { sample: { status: "cancelled", reason: "Ill", version: 2 }, isNow: isNow("cancelled") },
      no_show: { sample: { status: "no_show", version: 2 }, isNow: isNow("no_show") },
    },
  },
  list: {
    query: ListReservationsQuery,
    orders: {
      createdAt: reservations.createdAt,
      updatedAt: reservations.updatedAt,
      startAt: reservations.startAt,
    },
    state: byStatus(reservations.status, RESERVATION_STATUSES),
    filters: { date: reservations.date, tableId: reservations.tableId },
    ranges: { from: { column: reservations.startAt, is: "least" }, to: { column: reservations.startAt, is: "below" } },
    search: [
      {
        column: reservations.customer,
        read: ({ name, email, phone }: ReservationCustomer) => [name, email, phone].filter(Boolean).join(" "),
      },
      reservations.note,
    ],
  },
  create: {
    schema: ReservationBodies.create,
    description:
      "At one of the times that the website's settings offer, at the smallest table that is free and large enough; or, with `walkIn`, at any time and out of what is kept for guests who come without: `walkIn` and `partySize` alone seat a party now. 409 with the reason `no_table` where no table is free.",
    errors: ["conflict"],
    async columns({ ctx, site, id, body }) {
      const row = await newReservation(ctx, site, ReservationBodies.fill(body));
      await tellOfNew(ctx, site, { ...row, id, siteId: site.id });
      return row;
    },
    example: (_, nth) => ({ date: dayOf(nth), walkIn: true, tableId: null }),
  },
  update: {
    schema: ReservationBodies.update,
    description:
      "A reservation goes from pending to confirmed, seated and completed; it can be cancelled, and a party that does not come is a no-show. It is seated on its day at the earliest, and completed or a no-show once its time has come. Another time, size or table is a move: 409 with the reason `no_table` where no table is free then, and the old one stays.",
    errors: ["conflict"],
    columns: ({ ctx, before, changes }) => changed(ctx, before, changes),
  },
  follow: async ({ ctx, ...states }) => tellOfChange(ctx, await findSite(ctx, states.row.siteId), states),
  current: async ({ ctx, rows }) => rows.map((row) => asOf(row, ctx.now)),
  check({ ctx, row, before }) {
    if (before === null) requireUntaken(ctx, row);
    if (row.heldUntil !== before?.heldUntil) wakeWhenUp(ctx, row);
  },
  archived: {
    alone: true,
    made: ({ status, endAt }) => ({ busyUntil: hasTable(status) ? Date.parse(endAt) : null }),
  },
});
